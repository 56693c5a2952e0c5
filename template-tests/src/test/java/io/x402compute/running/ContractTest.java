package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PROVISION;
import static io.x402compute.running.MachineRequest.extend;
import static io.x402compute.running.MachineRequest.instance;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;

/** An agent that knows nothing but the address of a deployment, and what it finds there. */
class ContractTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final byte[] NO_BODY = new byte[0];
    private static final String MACHINES = "/compute/instances";
    private static final String KEYS = "/compute/api-keys";
    private static final String TOP_UP = "/compute/credits/topup";
    /** The operator of this one settles for nobody else. */
    private static final Set<String> NOT_SERVED = Set.of("POST /verify", "POST /settle", "GET /supported");

    private final Agent agent = running.agent(1);
    private final PublishedContract contract = new PublishedContract(asked("/openapi.json"));

    @Test
    void everyRouteAnswersAsItsContractSays() {
        // Whoever has moved the time may have left the catalogue too old to be healthy.
        running.cloud().fire("RefreshCatalog");
        anybody("/openapi.json", "/llms.txt", "/.well-known/x402", "/.well-known/refund-policy.json", "/health",
                "/compute/plans", "/compute/regions", "/compute/os", "/catalog");
        contract.kept("GET /catalog/estimate", asked("/catalog/estimate?service=flux-schnell"));
        contract.kept("GET /compute/quote", asked(MachineRequest.QUOTE));
        contract.kept("POST " + ToolClient.PATH, agent.post(ToolClient.PATH,
                ToolClient.message("list_plans", Json.object(), Optional.empty()), Map.of()));
        String sealed = machine(MachineRequest.keyless());
        String id = machine(MachineRequest.body());
        bought("POST /compute/instances/{id}/extend", extend(id), Json.object().put("extend_hours", 24));
        bought("POST " + TOP_UP, TOP_UP, Json.object().put("amount", 5));
        contract.kept("POST /compute/instances/{id}/password", agent.password(sealed));
        running.awaitBoot();
        look("/compute/instances/{id}", instance(id));
        look("/compute/instances/{id}", instance(sealed));
        contract.kept("POST /compute/instances/{id}/password", agent.password(sealed));
        told(id, "auto-extend", MachineRequest.autoExtend());
        told(sealed, "stop", Json.object());
        told(sealed, "start", Json.object());
        told(sealed, "reboot", Json.object());
        told(id, "resize", MachineRequest.resize());
        running.awaitBoot();
        look("/compute/instances/{id}", instance(id));
        look("/compute/instances/{id}", instance(sealed));
        told(sealed, "start", Json.object());
        running.awaitBoot();
        look("/compute/instances/{id}", instance(sealed));
        told(sealed, "reboot", Json.object());
        look("/compute/instances/{id}/events", MachineRequest.events(id));
        look(MACHINES, MACHINES);
        contract.kept("DELETE /compute/instances/{id}", agent.signed("DELETE", instance(id)));
        look(MACHINES, MACHINES);
        runs();
        look("/account/balance", "/account/balance");
        look("/compute/credits/balance", "/compute/credits/balance");
        look("/compute/credits/entries", "/compute/credits/entries");
        JsonNode orders = look("/compute/orders", "/compute/orders").body().path("orders");
        look("/compute/orders/{id}", "/compute/orders/" + orders.path(0).path("order_id").asText());
        keys();
        boughtRuns();

        Set<String> promised = new TreeSet<>(contract.routes());
        promised.removeAll(NOT_SERVED);
        assertThat(contract.served()).isEqualTo(promised);
    }

    @Test
    void whatIsListedAsSoldAsksForMoney() {
        JsonNode sold = asked("/.well-known/x402").body();

        assertThat(sold.path("version").intValue()).isEqualTo(1);
        assertThat(sold.path("resources")).hasSize(4).allSatisfy(resource -> {
            URI address = URI.create(resource.asText());
            Answer probed = agent.send("POST", address.getPath(), Map.of(), NO_BODY);
            assertThat(probed.status()).isEqualTo(402);
            assertThat(probed.body().at("/accepts/0/resource")).isEqualTo(resource);
        });
        ObjectNode asked = agent.quote(PROVISION, MachineRequest.body()).requirements().toV2Json();
        asked.remove("amount");
        asked.withObject("extra").remove("paymentFlow");
        assertThat(sold.at("/items/0/accepts")).contains(asked);
    }

    private void anybody(String... paths) {
        for (String path : paths) {
            contract.kept("GET " + path, asked(path));
        }
    }

    private Answer asked(String path) {
        return agent.send("GET", path, Map.of(), NO_BODY);
    }

    private String machine(ObjectNode wanted) {
        return bought("POST " + PROVISION, PROVISION, wanted).order().path("id").asText();
    }

    private Answer bought(String route, String path, ObjectNode body) {
        assertThat(contract.kept(route, agent.post(path, body, Map.of())).status()).isEqualTo(402);
        return contract.kept(route, agent.pay(path, body, agent.sign(agent.quote(path, body))));
    }

    private Answer look(String route, String path) {
        return contract.kept("GET " + route, agent.signed("GET", path));
    }

    private void told(String id, String verb, ObjectNode body) {
        contract.kept("POST /compute/instances/{id}/" + verb, agent.signed(instance(id) + "/" + verb, body));
    }

    private void runs() {
        KeptJobs jobs = new KeptJobs(running);
        String spoken = "/status/" + jobs.spoken(agent.address());
        String waiting = "/status/" + jobs.waiting(agent.address());
        contract.kept("GET /status/{id}", asked(waiting));
        contract.kept("DELETE /status/{id}", agent.signed("DELETE", waiting));
        contract.kept("GET /status/{id}", asked("/status/" + jobs.owedBack(agent.address())));
        String sound = contract.kept("GET /status/{id}", asked(spoken)).body().at("/result/audio_url").asText();
        assertThat(contract.kept("GET /results/{id}/{field}", asked(URI.create(sound).getPath())).headers()
                .firstValue("Content-Type")).contains("audio/mpeg");
    }

    private void boughtRuns() {
        ObjectNode chat = Json.object().put("service", "llm-4090");
        chat.putObject("input").put("prompt", "Say hello");
        ObjectNode video = Json.object().put("service", "video");
        video.putObject("input").put("prompt", "Waves on a beach at sunset");
        assertThat(bought("POST /v1/run", "/v1/run", chat).status()).isEqualTo(200);
        assertThat(bought("POST /run", "/run", video).status()).isEqualTo(202);
    }

    private void keys() {
        Answer made = contract.kept("POST " + KEYS, agent.signed(KEYS, Json.object().put("label", "found")));
        UsedSecrets.rememberUnkept(made.body().path("api_key").asText());
        look(KEYS, KEYS);
        String key = KEYS + "/" + made.body().path("id").asText();
        contract.kept("DELETE " + KEYS + "/{id}", agent.signed("DELETE", key));
        look(KEYS, KEYS);
    }
}
