package io.x402compute.vultr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VultrClientReadTest {
    private static final String ID = "4f0f12e5-1f84-404f-aa84-85f431ea5ec2";
    private static final String NOT_FOUND = "{\"error\": \"instance not found\", \"status\": 404}";

    private final ScriptedProvider provider = new ScriptedProvider();
    private final VultrClient client = provider.client(new TestTime());

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void aListIsReadToItsLastPage() throws VultrException {
        provider.then(200, page("b", "2026-01-02T00:00:00+00:00", "two ?&", 3))
                .then(200, page("a", "2026-01-02T00:00:00+00:00", "three", 3))
                .then(200, page("c", "2026-01-01T23:00:00-02:00", "", 3));

        assertThat(client.allInstances()).extracting(VultrInstance::id).containsExactly("a", "b", "c");
        assertThat(provider.requests()).element(1).isEqualTo("GET /instances?per_page=500&cursor=two+%3F%26");
    }

    @Test
    void aPageThatMovedWhileReadingIsNotCountedTwice() throws VultrException {
        provider.then(200, page("a", "", "two", 2)).then(200, page("a", "", "three", 2)).then(200,
                page("b", "", "", 2));

        assertThat(client.allInstances()).extracting(VultrInstance::id).containsExactly("a", "b");
    }

    @Test
    void pagesInCirclesEndAndAreNoWholeList() {
        provider.then(200, page("a", "", "two", 9)).then(200, page("b", "", "two", 9));

        assertThat(failure(client::allInstances).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
    }

    @Test
    void pagesInCirclesAreAWholeListIfNothingIsMissing() throws VultrException {
        provider.then(200, page("a", "", "two", 2)).then(200, page("b", "", "two", 2));

        assertThat(client.allInstances()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"instances\": []}", "{}", "[]", "<html>", "", "{\"meta\": {\"links\": {}}}",
        "{\"instances\": {}, \"meta\": {\"total\": 0, \"links\": {\"next\": \"\"}}}"})
    void anAnswerThatIsNoListIsNotAnEmptyOne(String body) {
        provider.then(200, body).then(200, body);

        assertThat(failure(client::allInstances).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
    }

    @Test
    void bareMetalIsListedToItsLastPageToo() throws VultrException {
        provider.then(200, bareMetals("a", "two", 2)).then(200, bareMetals("b", "", 2));

        assertThat(client.bareMetals()).extracting(VultrBareMetal::id).containsExactly("a", "b");
        assertThat(provider.requests())
                .containsExactly("GET /bare-metals?per_page=500", "GET /bare-metals?per_page=500&cursor=two");
    }

    @Test
    void aListOfInstancesIsNoListOfBareMetal() {
        provider.then(200, page("a", "", "", 1)).then(200, page("a", "", "", 1));

        assertThat(failure(client::bareMetals).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
    }

    /** Memory and disks are text, there is no power state, and the address is empty until there is one. */
    @Test
    void oneBareMetalMachineIsReadAndDestroyedOnItsOwnPath() {
        provider.then(200,
                """
                        {"bare_metal": {"id": "%s", "ram": "32768 MB", "disk": "2x 240GB SSD", "main_ip": "", "status": "pending",
                         "label": "op-1", "tags": ["x402compute:t"], "date_created": "2026-01-01T23:00:00-02:00"}}"""
                        .formatted(ID))
                .then(204, "").then(404, NOT_FOUND);

        assertThat(client.bareMetal(ID)).isEqualTo(new Lookup.Found<>(new VultrBareMetal(ID, "", "", "op-1",
                List.of("x402compute:t"), "", "pending", Optional.of(Instant.parse("2026-01-02T01:00:00Z")))));
        assertThat(client.deleteBareMetal(ID)).isEqualTo(new Delete.Accepted());
        assertThat(client.bareMetal(ID)).isEqualTo(new Lookup.Missing<>());
        assertThat(provider.requests()).containsExactly("GET /bare-metals/" + ID, "DELETE /bare-metals/" + ID,
                "GET /bare-metals/" + ID);
    }

    @Test
    void anIgnoredFilterHandsUsNobodyElsesMachine() throws VultrException {
        provider.then(200, page("a", "", "", 1)).then(200, page("a", "", "", 1));

        assertThat(client.findByOperation("op-1")).isEmpty();
        assertThat(provider.requests())
                .containsExactly("GET /instances?tag=op-1&per_page=500", "GET /instances?label=op-1&per_page=500");
    }

    @Test
    void aReadIsRepeatedOnceAfterAnOutage() {
        provider.then(503, "<html>").then(404, NOT_FOUND);

        assertThat(client.instance(ID)).isEqualTo(new Lookup.Missing<>());
    }

    @Test
    void aReadIsRepeatedAfterTheSilenceTheProviderAskedFor() {
        TestTime time = new TestTime();
        provider.then(429, "{\"error\": \"rate limit exceeded\"}", Map.of("Retry-After", "7")).then(404, NOT_FOUND);

        assertThat(provider.client(time).instance(ID)).isEqualTo(new Lookup.Missing<>());
        assertThat(time.slept()).hasSeconds(7);
    }

    /** How often depends on the JDK too, which repeats a read by itself when a connection is cut before the answer. */
    @Test
    void lostAnswersSayNothingAboutTheMachine() {
        for (int i = 0; i < 20; i++) {
            provider.thenCut();
        }

        assertThat(client.instance(ID)).isInstanceOf(Lookup.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>404 Not Found</html>", "{}", "[]"})
    void aNotFoundOfSomethingInFrontDoesNotMeanTheMachineIsGone(String body) {
        provider.then(404, body).then(404, body);

        assertThat(client.instance(ID)).isInstanceOf(Lookup.Unavailable.class);
        assertThat(client.deleteInstance(ID)).isInstanceOf(Delete.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Unable to destroy server: This subscription is not currently active, you cannot destroy it.",
        "Unable to destroy server: Unable to remove VM: Server is currently locked"})
    void aMachineThatIsStillBeingSetUpIsDestroyedLater(String text) {
        provider.then(500, "{\"error\": \"" + text + "\", \"status\": 500}");

        assertThat(client.deleteInstance(ID)).isEqualTo(new Delete.Busy(text));
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void aSecondDeletionIsUnderWayAndALateOneIsDone() {
        provider.then(400, "{\"error\": \"Unable to destroy server: Server is already pending destruction.\"}")
                .then(404, NOT_FOUND);

        assertThat(client.deleteInstance(ID)).isEqualTo(new Delete.Accepted());
        assertThat(client.deleteInstance(ID)).isEqualTo(new Delete.Gone());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "a?b", "a b", "instances/../x"})
    void whatIsNoIdIsNeverSent(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> client.deleteInstance(id));
        assertThatIllegalArgumentException().isThrownBy(() -> client.instance(id));
        assertThatIllegalArgumentException().isThrownBy(() -> client.deleteBareMetal(id));
        assertThatIllegalArgumentException().isThrownBy(() -> client.bareMetal(id));
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void anAddressThatIsNotAllowedIsTheOperatorsBusiness() {
        provider.then(401, "{\"error\": \"Unauthorized IP address: 198.51.100.7\", \"status\": 401}");

        Failure failure = failure(client::account);

        assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
        assertThat(failure.why()).contains("Unauthorized IP address");
    }

    @Test
    void creditIsANegativeBalance() throws VultrException {
        provider.then(200, "{\"account\": {\"balance\": -100.55, \"pending_charges\": 60.25}}");

        assertThat(client.account().remainingCredit()).isEqualTo(new BigDecimal("40.30"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}", "{\"account\": {}}", "{\"account\": {\"balance\": -1}}",
        "{\"account\": {\"balance\": \"-1\", \"pending_charges\": 0}}"})
    void aMalformedAccountIsNotAnEmptyOne(String body) {
        provider.then(200, body);

        assertThat(failure(client::account).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
    }

    @Test
    void aPlanTypeThatIsWithdrawnDoesNotTakeTheOthersWithIt() throws VultrException {
        String plans = "{\"plans\": [{\"id\": \"%s\"}], \"meta\": {\"total\": 1, \"links\": {\"next\": \"\"}}}";
        provider.then(200, plans.formatted("vc2-1c-1gb"))
                .then(200, plans.formatted("vcg-a16-2c-8g-2vram"))
                .then(400, "{\"error\": \"Please provide a valid type: all\", \"status\": 400}");

        assertThat(client.plans()).extracting(VultrPlan::id).isEqualTo(List.of("vc2-1c-1gb", "vcg-a16-2c-8g-2vram"));
    }

    private static Failure failure(ThrowingCallable call) {
        VultrException[] caught = new VultrException[1];
        assertThatExceptionOfType(VultrException.class).isThrownBy(call).satisfies(e -> caught[0] = e);
        return caught[0].failure();
    }

    private static String page(String id, String created, String next, int total) {
        return """
                {"instances": [{"id": "%s", "date_created": "%s", "status": "never seen", "tags": null, "label": "other"}],
                 "meta": {"total": %d, "links": {"next": "%s", "prev": ""}}}
                """
                .formatted(id, created, total, next);
    }

    private static String bareMetals(String id, String next, int total) {
        return """
                {"bare_metals": [{"id": "%s"}], "meta": {"total": %d, "links": {"next": "%s", "prev": ""}}}
                """.formatted(id, total, next);
    }
}
