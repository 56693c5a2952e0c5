package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;

/** Requests that a wallet signs, as every version of the public skill signs them, and what such a signature is good for. */
class SignedRequestsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final byte[] NO_BODY = new byte[0];
    private static final String INSTANCES = "/compute/instances";

    private final Agent agent = running.agent(3);

    @Test
    void walletsOfBothChainsSignRequests() {
        assertThat(agent.signed("GET", INSTANCES).status()).isEqualTo(200);

        Answer answer = list(new SolanaWallet().credentials().sign("GET", INSTANCES, NO_BODY, running.now()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("instances")).isEmpty();
    }

    @Test
    void theEncodingOfASignatureIsTheChainsUsualOneUnlessItIsSaid() {
        Map<String, String> base = agent.credentials().sign("GET", INSTANCES, NO_BODY, running.now());
        Map<String, String> solana = new SolanaWallet().credentials().sign("GET", INSTANCES, NO_BODY, running.now());
        base.remove("X-Auth-Sig-Encoding");
        solana.remove("X-Auth-Sig-Encoding");

        assertThat(list(base).status()).isEqualTo(200);
        assertThat(list(solana).status()).isEqualTo(200);
    }

    @Test
    void headerNamesMayBeInAnyCase() {
        Map<String, String> headers = new TreeMap<>();
        agent.credentials().sign("GET", INSTANCES, NO_BODY, running.now())
                .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));

        assertThat(list(headers).status()).isEqualTo(200);
    }

    @Test
    void aNonceIsBurntByItsFirstRequestEvenIfThatIsOnlyAnsweredWithAPrice() {
        byte[] body = WalletHeaders.bytes(Json.write(MachineRequest.body()));
        Map<String, String> headers = agent.credentials().sign("POST", PROVISION, body, running.now());

        assertThat(agent.send("POST", PROVISION, headers, body).status()).isEqualTo(402);
        Answer again = agent.send("POST", PROVISION, headers, body);

        assertThat(again.status()).isEqualTo(401);
        assertThat(again.body().path("code").textValue()).isEqualTo("replayed_nonce");
    }

    @Test
    void aNonceOfOneWalletDoesNotBurnAnothers() {
        String nonce = "0123456789abcdef0123456789abcdef";

        assertThat(list(agent.credentials().sign("GET", INSTANCES, NO_BODY, running.now(), nonce)).status())
                .isEqualTo(200);
        assertThat(list(running.agent(4).credentials().sign("GET", INSTANCES, NO_BODY, running.now(), nonce)).status())
                .isEqualTo(200);
        assertThat(list(agent.credentials().sign("GET", INSTANCES, NO_BODY, running.now(), nonce)).status())
                .isEqualTo(401);
    }

    @Test
    void anEarlyClientSignsTheQueryWithThePathAndSeesOnlyItsOwn() {
        String foreign = running.agent(1).machine();
        String path = INSTANCES + "?wallet=" + running.agent(1).address();

        Answer withQuery = agent.send("GET", path, agent.credentials().sign("GET", path, NO_BODY, running.now()),
                NO_BODY);
        Answer withoutQuery = agent.send("GET", path,
                agent.credentials().sign("GET", INSTANCES, NO_BODY, running.now()),
                NO_BODY);

        assertThat(List.of(withQuery, withoutQuery)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(Json.write(answer.body())).doesNotContain(foreign);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {-290, 290})
    void aClockMayBeFiveMinutesOff(int seconds) {
        assertThat(signedAt(running.now().plusSeconds(seconds)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {-301, 310})
    void aClockMayNotBeFurtherOff(int seconds) {
        Answer answer = signedAt(running.now().plusSeconds(seconds));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().path("code").textValue()).isEqualTo("expired_auth");
    }

    @Test
    void aSignatureIsForItsBodyMethodAndPathOnly() {
        String id = agent.machine();
        Map<String, String> read = agent.credentials().sign("GET", MachineRequest.instance(id), NO_BODY, running.now());
        byte[] signed = WalletHeaders.bytes(Json.write(MachineRequest.body()));
        Map<String, String> order = agent.credentials().sign("POST", PROVISION, signed, running.now());

        assertThat(agent.send("DELETE", MachineRequest.instance(id), read, NO_BODY).status()).isEqualTo(401);
        assertThat(list(read).status()).isEqualTo(401);
        assertThat(agent.post(PROVISION, MachineRequest.body(), order).status()).isEqualTo(401);
        assertThat(agent.instance(id).path("status").textValue()).isNotEqualTo("destroyed");
    }

    private Answer list(Map<String, String> headers) {
        return agent.send("GET", INSTANCES, headers, NO_BODY);
    }

    private Answer signedAt(Instant time) {
        return list(agent.credentials().sign("GET", INSTANCES, NO_BODY, time));
    }
}
