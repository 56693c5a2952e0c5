package io.x402compute.local.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.local.provider.RawApi.Answer;
import io.x402compute.vultr.Create;
import io.x402compute.vultr.Delete;
import io.x402compute.vultr.Lookup;
import io.x402compute.vultr.VultrException;

/** What a person commands with curl has the effect that a test has by a method. */
class ControlRoutesTest {
    private final Provider provider = new Provider();

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void everyFaultHasAName() {
        assertThat(command("GET", "/faults", "").body().path("faults"))
                .hasSize(Fault.class.getPermittedSubclasses().length);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"fault": "answer_lost", "loss": "connection_cut"}              | AnswerLost[loss=CONNECTION_CUT]
            {"fault": "answer_withheld"}                                    | AnswerWithheld[]
            {"fault": "create_refused", "text": "Invalid plan chosen."}     | CreateRefused[status=400, text=Invalid plan chosen.]
            {"fault": "create_refused", "status": 404, "text": "gone"}      | CreateRefused[status=404, text=gone]
            {"fault": "change_lost", "loss": "bad_gateway"}                 | ChangeLost[loss=BAD_GATEWAY]
            {"fault": "change_refused", "text": "Invalid plan chosen."}     | ChangeRefused[status=400, text=Invalid plan chosen.]
            {"fault": "too_many_requests"}                                  | TooManyRequests[retryAfter=Optional.empty]
            {"fault": "too_many_requests", "retry_after": "3600"}           | TooManyRequests[retryAfter=Optional[3600]]
            {"fault": "address_not_allowed", "address": "198.51.100.7"}     | AddressNotAllowed[address=198.51.100.7]
            {"fault": "outage"}                                             | Outage[]
            {"fault": "proxy_page", "path": "/instances", "status": 502}    | ProxyPage[path=/instances, status=502]
            {"fault": "call_fails", "path": "/", "status": 500, "text": ""} | CallFails[path=/, status=500, text=]
            {"fault": "answer_truncated", "path": "/account"}               | AnswerTruncated[path=/account]
            {"fault": "field_missing", "path": "/instances", "field": "id"} | FieldMissing[path=/instances, field=id]
            {"fault": "cursor_repeated", "path": "/instances"}              | CursorRepeated[path=/instances]
            {"fault": "dates_in_offset", "offset": "-05:00"}                | DatesInOffset[offset=-05:00]
            """)
    void everyFaultCanBeCommandedAndHealed(String body, String fault) {
        assertThat(command("POST", "/faults", body).status()).isEqualTo(200);
        assertThat(provider.simulator.faults()).extracting(Object::toString).containsExactly(fault);
        assertThat(command("GET", "/faults", "").body().path("waiting").path(0).asText())
                .isEqualTo(Stream.of(body.split("\"", -1)).skip(3).findFirst().orElseThrow());

        assertThat(command("DELETE", "/faults", "").status()).isEqualTo(200);
        assertThat(provider.simulator.faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /faults        | {"fault": "earthquake"}                                 | 400 | no fault earthquake; there are answer_lost,
            POST   | /faults        | {"fault": "answer_lost"}                                | 400 | loss must be text
            POST   | /faults        | {"fault": "answer_lost", "loss": "all"}                 | 400 | loss must be one of connection_cut,
            POST   | /faults        | {"fault": "outage", "for": 1}                           | 400 | no field for; there are fault
            POST   | /faults        | []                                                      | 400 | Bad request.
            POST   | /faults        | nonsense                                                | 400 | Bad request.
            POST   | /stock         | {"plan": "none", "region": "ewr", "available": false}   | 400 | no such plan: none
            POST   | /stock         | {"plan": "vc2-1c-1gb", "region": "ewr"}                 | 400 | available must be true or false
            POST   | /prices        | {"plan": "vc2-1c-1gb", "hourly_cost": "1"}              | 400 | hourly_cost must be a number of US dollars
            POST   | /plans/none    | {}                                                      | 400 | no such plan: none
            POST   | /lag           | {"get_seconds": -1}                                     | 400 | get_seconds must be a whole number from 0
            POST   | /limits        | {"page": 0}                                             | 400 | page must be a whole number from 1
            POST   | /machines      | {"kind": "mainframe"}                                   | 400 | kind must be one of instance, bare_metal
            POST   | /machines      | {"tags": "one"}                                         | 400 | tags must be a list of texts
            POST   | /machines/none | {"status": "suspended"}                                 | 400 | no such machine: none
            POST   | /twins         | {"operation": "op-9"}                                   | 400 | no machine is tagged op-9
            PUT    | /faults        | {}                                                      | 404 | Invalid API endpoint.
            GET    | /weather       | {}                                                      | 404 | Invalid API endpoint.
            """)
    void aCommandThatCannotBeMeantIsRefused(String method, String path, String body, int status, String text) {
        Answer answer = command(method, path, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("error").textValue()).startsWith(text);
        assertThat(provider.simulator.faults()).isEmpty();
        assertThat(provider.simulator.machines()).isEmpty();
    }

    @Test
    void stockPricesAndPlansAreChanged() throws VultrException {
        command("POST", "/stock", "{\"plan\": \"" + Provider.GPU + "\", \"region\": \"ewr\", \"available\": false}");
        assertThat(provider.client.availability("ewr")).doesNotContain(Provider.GPU);
        command("POST", "/stock", "{\"plan\": \"" + Provider.GPU + "\", \"region\": \"ewr\", \"available\": true}");
        assertThat(provider.client.availability("ewr")).contains(Provider.GPU);

        command("POST", "/prices", "{\"plan\": \"" + Provider.GPU + "\", \"hourly_cost\": 0.25}");
        command("POST", "/plans/" + Provider.GPU, "{\"deploy_ondemand\": false, \"gpu_type\": null}");

        assertThat(provider.client.plans()).filteredOn(plan -> plan.id().equals(Provider.GPU))
                .singleElement().satisfies(plan -> {
                    assertThat(plan.cost().hourly()).isEqualByComparingTo("0.25");
                    assertThat(plan.deployOndemand()).isFalse();
                    assertThat(plan.gpuType()).isEmpty();
                });
    }

    @Test
    void balanceLimitAndLagAreSet() throws VultrException {
        command("POST", "/balance", "{\"balance\": 12.5}");
        assertThat(provider.client.account().remainingCredit()).isEqualByComparingTo("-12.5");

        command("POST", "/lag", "{\"get_seconds\": 30, \"destroyed_seconds\": 5}");
        command("POST", "/limits", "{\"instances\": 1}");
        String id = provider.create(Provider.GPU, "op-1").id();
        assertThat(provider.client.createInstance(Provider.order(Provider.GPU, "op-2")))
                .isInstanceOf(Create.Refused.class);
        provider.clock.advance(Duration.ofSeconds(29));
        assertThat(provider.client.instance(id)).isEqualTo(new Lookup.Missing<>());
        provider.clock.advance(Duration.ofMinutes(5));
        assertThat(provider.client.deleteInstance(id)).isEqualTo(new Delete.Accepted());
        assertThat(provider.client.instance(id)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void machinesAreAddedDoubledHeldAndShown() {
        JsonNode added = command("POST", "/machines",
                "{\"kind\": \"bare_metal\", \"label\": \"theirs\", \"tags\": [\"A\"], \"age_seconds\": 3600}").body();
        provider.create(Provider.GPU, "op-1");
        JsonNode twin = command("POST", "/twins", "{\"operation\": \"op-1\"}").body();
        provider.clock.advance(Duration.ofMinutes(5));
        command("POST", "/machines/" + twin.path("id").asText(), "{\"status\": \"suspended\", \"main_ip\": \"\"}");

        assertThat(added.path("tags").path(0).asText()).isEqualTo("A");
        assertThat(provider.see(twin.path("id").asText()).status()).isEqualTo("suspended");
        assertThat(provider.see(twin.path("id").asText()).address()).isEmpty();
        command("POST", "/machines/" + twin.path("id").asText(), "{}");
        assertThat(provider.see(twin.path("id").asText()).ready()).isTrue();
        JsonNode machines = command("GET", "/machines", "").body().path("machines");
        assertThat(machines.findValuesAsText("kind")).containsExactly("bare_metal", "instance", "instance");
        assertThat(command("GET", "/bill", "").body().path("us_dollars").decimalValue())
                .isEqualByComparingTo(provider.simulator.bill());
        assertThat(command("GET", "/requests", "").body().path("requests").path(0).path("path").asText())
                .isEqualTo("/instances");
    }

    @Test
    void commandsAreNoRequestsAndNoFaultStrikesThem() {
        provider.simulator.inject(new Fault.Outage());

        assertThat(command("GET", "/machines", "").status()).isEqualTo(200);
        assertThat(provider.simulator.requests()).isEmpty();
    }

    private Answer command(String method, String path, String body) {
        return RawApi.send(method, URI.create(provider.simulator.controlUrl() + path), body);
    }
}
