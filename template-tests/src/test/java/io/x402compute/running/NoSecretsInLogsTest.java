package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;
import io.x402compute.local.provider.Fault;
import io.x402compute.x402.protocol.PaymentPayload;

/** What a payment, a signature or a key says stays between client and function. */
class NoSecretsInLogsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private final Agent agent = running.agent(5);

    @Test
    void whateverGoesRightOrWrongNothingSecretIsLoggedOrPublished() {
        String lastLine = running.cloud().logLines().getLast();
        ObjectNode body = MachineRequest.body().put("user_data", UsedSecrets.remember("#!/bin/sh\nTOKEN=3f9c1b5e7d"));
        PaymentPayload payment = agent.sign(agent.quote(PROVISION, body));
        String id = agent.pay(PROVISION, body, payment).order().path("id").textValue();
        agent.pay(PROVISION, body.put("label", "used"), payment);
        agent.pay(PROVISION, body,
                Draft.of(agent.quote(PROVISION, body), agent.wallet(), running.now()).value(1).payment());
        agent.instance(id);
        agent.buy(MachineRequest.extend(id), Json.object());
        agent.send("GET", MachineRequest.instance(id),
                Map.of("X-API-Key", UsedSecrets.rememberUnkept("x402c_5d1f7a9e")),
                new byte[0]);
        running.provider().inject(new Fault.AddressNotAllowed("203.0.113.9"));
        Answer refusedByProvider = Answer.of(agent.buy(PROVISION, MachineRequest.body()).response());
        running.provider().heal();
        running.awaitBoot();
        agent.signed("DELETE", MachineRequest.instance(id));
        running.awaitBoot();

        assertThat(refusedByProvider.status()).isGreaterThan(200);
        assertThat(UsedSecrets.all()).hasSizeGreaterThan(10).contains(payment.headerText());
        assertThat(running.cloud().logLines().getLast()).as("something was logged").isNotEqualTo(lastLine);
        Leaks.assertNone(running.cloud());
    }

    @Test
    void aLeakWouldBeFound() {
        PaymentPayload payment = agent.sign(agent.quote(PROVISION, MachineRequest.body()));
        List<String> lines = List.of(
                "a line without any", "paid with " + payment.headerText(), "{\"key\":\"hunter2\"}",
                "root: password-1f2e{Fk#", "root:$6$salt$hash");

        assertThat(Leaks.in(lines.stream(), Set.of("hunter2"))).hasSize(4);
        assertThat(Leaks.in(Stream.of("0x" + "ab".repeat(32)), Set.of())).as("a transaction hash").isEmpty();
    }
}
