package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.commons.codec.digest.Crypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;

/** A machine that was bought without an SSH key is entered by a password that its owner sees once. */
class OneTimePasswordTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final int AT_ONCE = 50;
    private static final byte[] NO_BODY = new byte[0];
    private static final Pattern PART = Pattern.compile("Content-Transfer-Encoding: base64\n\n(\\S+)\n");
    private static final Pattern HASH = Pattern.compile("\\$6\\$[./0-9A-Za-z]+\\$[./0-9A-Za-z]{86}");

    private final Agent owner = running.agent(3);

    @Test
    void aMachineWithoutAKeyIsEnteredByThePasswordThatIsShownOnce() {
        String id = owner.machine(MachineRequest.keyless());
        Answer early = owner.password(id);
        assertThat(early.status()).isEqualTo(425);
        assertThat(early.body().path("code").textValue()).isEqualTo("password_not_ready");
        assertThat(early.headers().firstValue("retry-after")).hasValueSatisfying(
                seconds -> assertThat(Integer.parseInt(seconds)).isPositive());
        running.awaitBoot();

        // Asking is what tells that it is up.
        Answer shown = owner.password(id);

        JsonNode instance = owner.instance(id);
        assertThat(instance.path("access_method").textValue()).isEqualTo("one_time_password_fallback");
        String password = shown.body().at("/access/password").textValue();
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.headers().firstValue("cache-control")).hasValue("no-store");
        ObjectNode expected = Json.object().put("success", true);
        expected.putObject("access").put("method", "one_time_password").put("username", "root")
                .put("ip_address", instance.path("ip_address").textValue()).put("password", password);
        assertThat(shown.body()).isEqualTo(expected);
        assertThat(hashesAtTheProvider(id)).isNotEmpty()
                .allSatisfy(hash -> assertThat(Crypt.crypt(password, hash)).isEqualTo(hash));
        assertThat(parts(id)).noneMatch(part -> part.contains(password));
        assertRefused(owner.password(id), 409, "password_already_revealed");
    }

    @Test
    void theCustomersUserDataComesAlong() {
        String own = "#!/bin/sh\necho 'mine, too' > /root/mine\n";
        String id = owner.machine(MachineRequest.keyless().put("user_data", own));
        running.awaitBoot();

        String password = owner.password(id).body().at("/access/password").textValue();

        assertThat(parts(id)).hasSize(4).element(2).isEqualTo(own);
        assertThat(hashesAtTheProvider(id)).isNotEmpty()
                .allSatisfy(hash -> assertThat(Crypt.crypt(password, hash)).isEqualTo(hash));
    }

    @Test
    void ofFiftyRequestsAtOnceOneGetsIt() throws InterruptedException {
        String id = owner.machine(MachineRequest.keyless());
        running.awaitBoot();

        List<Answer> answers = atOnce(() -> owner.password(id));

        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() != 200)).hasSize(AT_ONCE - 1)
                .allSatisfy(answer -> assertRefused(answer, 409, "password_already_revealed"));
    }

    @Test
    void nobodyElseGetsItOrUsesItUp() {
        Agent stranger = running.agent(4);
        String id = owner.machine(MachineRequest.keyless());
        running.awaitBoot();

        assertRefused(stranger.password(id), 404, "not_found");
        assertRefused(stranger.password(id, keyOf(stranger)), 404, "not_found");
        assertRefused(owner.password(UUID.randomUUID().toString()), 404, "not_found");
        assertRefused(owner.password(id, Map.of()), 401, "missing_auth");
        assertThat(owner.password(id, keyOf(owner)).status()).isEqualTo(200);
    }

    @Test
    void aMachineWithAKeyHasNone() {
        String id = owner.machine();

        assertThat(owner.instance(id).path("access_method").textValue()).isEqualTo("ssh_key");
        assertRefused(owner.password(id), 409, "no_password");
        running.awaitBoot();
        assertRefused(owner.password(id), 409, "no_password");
    }

    @Test
    void whenAMachineEndsItsPasswordIsErased() {
        String id = owner.machine(MachineRequest.keyless());
        running.awaitBoot();
        owner.instance(id);
        assertThat(row(id)).containsKey("password");

        owner.signed("DELETE", MachineRequest.instance(id));

        assertThat(row(id)).doesNotContainKeys("password", "password_revealed_at");
        assertRefused(owner.password(id), 409, "instance_gone");
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().path("code").textValue()).isEqualTo(code);
    }

    private static Map<String, String> keyOf(Agent agent) {
        Answer created = agent.send("POST", "/compute/api-keys",
                agent.credentials().sign("POST", "/compute/api-keys", NO_BODY, running.now()), NO_BODY);
        return Map.of("X-API-Key", UsedSecrets.rememberUnkept(created.body().path("api_key").textValue()));
    }

    private static List<String> hashesAtTheProvider(String id) {
        return parts(id).stream().flatMap(part -> HASH.matcher(part).results()).map(MatchResult::group).toList();
    }

    /** What the provider was told to give the machine's cloud-init, part by part. */
    private static List<String> parts(String id) {
        String archive = running.provider().machines().stream()
                .filter(machine -> machine.tags().contains("op-" + id))
                .map(machine -> text(machine.userData())).findFirst().orElseThrow();
        Matcher parts = PART.matcher(archive);
        return parts.results().map(part -> text(part.group(1))).toList();
    }

    private static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static Map<String, AttributeValue> row(String id) {
        String table = running.cloud().tables().listTables().tableNames().stream()
                .filter(name -> name.contains("Instances")).findFirst().orElseThrow();
        return running.cloud().tables().getItem(
                get -> get.tableName(table).key(Map.of("id", AttributeValue.fromS(id))).consistentRead(true)).item();
    }

    private static List<Answer> atOnce(Callable<Answer> request) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(Collections.nCopies(AT_ONCE, request)).stream().map(Future::resultNow).toList();
        }
    }
}
