package io.x402compute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.x402compute.cli.ApiDouble.Received;
import io.x402compute.cli.ApiDouble.Sent;
import io.x402compute.cli.Desk.Run;

/** Looking, and managing what was bought. */
class ManagementTest extends AtTheDesk {
    private static final String MACHINE = "/compute/instances/" + ApiDouble.ID;

    @Test
    void plansAreATableForPeopleAndTheApisJsonForPrograms() {
        assertThat(desk.run("plans", "--gpu", "A16", "--max-hourly", "0.08").out()).isEqualTo("""
                PLAN                 GPU         VRAM  VCPU   RAM   DISK  USDC/H  USDC/DAY  REGIONS
                vcg-a16-2c-8g-2vram  NVIDIA A16  2 GB     2  8 GB  50 GB  0.0708    1.6992  ewr atl
                """);
        assertThat(desk.run("plans", "--json").json().at("/plans/0/our_hourly").decimalValue())
                .isEqualByComparingTo("0.0708");
        assertThat(api.requests().getFirst().target())
                .isEqualTo("/compute/plans?gpu=A16&max_hourly=0.080000&sort=price");
        assertThat(api.requests()).allSatisfy(request -> assertThat(request.header("X-Auth-Address")).isEmpty());
    }

    @Test
    void ownersSignTheirRequestsOrSendAnApiKey() {
        desk.run("show", ApiDouble.ID);
        Received signed = api.requests().getLast();
        assertThat(signed.header("X-Auth-Address")).contains("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
        assertThat(signed.header("X-Auth-Signature")).isPresent();

        // With a key nobody looks at the wallet.
        desk.with("X402COMPUTE_API_KEY", "x402c_abc").with("X402COMPUTE_KEY_FILE", "/nowhere").run("show",
                ApiDouble.ID);
        Received keyed = api.requests().getLast();
        assertThat(keyed.header("X-API-Key")).contains("x402c_abc");
        assertThat(keyed.header("X-Auth-Signature")).isEmpty();
    }

    @Test
    void whoNamesNeitherIsToldHow() {
        Run run = desk.without("X402COMPUTE_KEY_FILE").run("list");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("X402COMPUTE_API_KEY", "--key-file");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void destroyingAsksAndTellsWhatComesBack() {
        Run no = desk.run("destroy", ApiDouble.ID);
        assertThat(no.code()).isEqualTo(3);
        assertThat(no.err()).contains("--yes");
        assertThat(api.requests()).isEmpty();

        Run yes = desk.typing("yes\n").run("destroy", ApiDouble.ID);
        assertThat(yes.code()).isZero();
        assertThat(yes.err()).contains("address   198.18.0.3", "Destroy it, with all that is on it? [y/N]");
        assertThat(yes.out()).contains("credited  1.6284 USDC");
        assertThat(api.requests("DELETE", MACHINE)).hasSize(1);
    }

    @Test
    void aPasswordWhoseAnswerGotLostIsShownAgainAndOneThatWasShownIsNot() {
        api.loseAnswerOf(MACHINE + "/password");
        Run lost = desk.run("password", ApiDouble.ID);
        assertThat(lost.code()).isEqualTo(4);

        Run shown = desk.run("password", ApiDouble.ID);
        assertThat(shown.code()).isZero();
        assertThat(shown.out()).contains("password  pa55-word", "ssh root@198.18.0.3");
        assertThat(shown.err()).contains("Write it down");

        Run again = desk.run("password", ApiDouble.ID);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).doesNotContain("pa55-word");
    }

    @Test
    void aPasswordThatIsNotReadyIsAskedForLater() {
        api.answers(MACHINE + "/password",
                Sent.of(425, "{\"error\": \"The machine is not up yet\", \"code\": \"password_not_ready\"}")
                        .with("Retry-After", "5"));
        Run early = desk.run("password", ApiDouble.ID);
        assertThat(early.code()).isEqualTo(4);
        assertThat(early.err()).contains("run the same command again in 5 s");
        assertThat(desk.run("password", ApiDouble.ID).code()).isZero();
    }

    @Test
    void keysAreMadeByTheWalletEvenWhereThereIsAKeyAlready() {
        Run run = desk.with("X402COMPUTE_API_KEY", "x402c_abc").run("keys", "create", "--label", "ci", "--json");
        assertThat(run.json().path("api_key").textValue()).isEqualTo("x402c_secret");
        Received made = api.requests().getLast();
        assertThat(made.header("X-Auth-Signature")).isPresent();
        assertThat(made.header("X-API-Key")).isEmpty();
        assertThat(made.body()).isEqualTo("{\"label\":\"ci\"}");
    }

    @Test
    void standingOrdersNeedConsentAndACeiling() {
        assertThat(desk.run("auto-extend", ApiDouble.ID).code()).isEqualTo(2);
        assertThat(desk.run("auto-extend", ApiDouble.ID, "--max-total", "50").code()).isEqualTo(3);
        api.answers(MACHINE + "/auto-extend", Sent.of(200, "{\"instance\": {\"id\": \"x\"}}"));
        assertThat(desk.run("auto-extend", ApiDouble.ID, "--max-total", "50", "--yes").code()).isZero();
        assertThat(api.requests()).singleElement().satisfies(request -> assertThat(request.body())
                .isEqualTo("{\"enabled\":true,\"extend_hours\":24,\"max_total\":\"50.000000\"}"));
    }

    @Test
    void aMachineIsMovedAndSwitchedByItsOwner() {
        api.answers(MACHINE + "/resize", Sent.of(200, """
                {"instance_id": "i", "from_plan": "small", "to_plan": "large", "old_expires_at": "2026-11-23T00:00:00Z",
                 "new_expires_at": "2026-11-22T00:00:00Z", "operation": {"kind": "resize", "status": "pending"}}"""));
        Run resized = desk.run("resize", ApiDouble.ID, "--plan", "large", "--yes");
        assertThat(resized.out()).contains("large, was small", "2026-11-22T00:00:00Z, was 2026-11-23T00:00:00Z");

        api.answers(MACHINE + "/stop", Sent.of(202,
                """
                        {"success": false, "message": "A stopped machine costs the same", "instance": {"id": "i", "status": "active"}}"""));
        Run stopped = desk.run("stop", ApiDouble.ID);
        assertThat(stopped.code()).isZero();
        assertThat(stopped.err()).contains("costs the same.", "The provider has not taken it yet");
    }

    @Test
    void aRebootWhoseAnswerGotLostIsAskedForByTheSameName() {
        Sent done = Sent.of(200, "{\"instance\": {\"id\": \"i\"}}");
        api.answers(MACHINE + "/reboot", done);
        api.loseAnswerOf(MACHINE + "/reboot");
        assertThat(desk.run("reboot", ApiDouble.ID).code()).isEqualTo(4);
        api.answers(MACHINE + "/reboot", done);
        assertThat(desk.run("reboot", ApiDouble.ID).code()).isZero();
        api.answers(MACHINE + "/reboot", done);
        desk.run("reboot", ApiDouble.ID);

        List<String> names = api.requests("POST", MACHINE + "/reboot").stream()
                .map(request -> request.header("Idempotency-Key").orElseThrow()).toList();
        assertThat(names.get(0)).isEqualTo(names.get(1)).isNotEqualTo(names.get(2));
    }

    @Test
    void aListSaysHowToGoOn() {
        api.answers("/compute/instances", Sent.of(200,
                """
                        {"instances": [{"id": "i-1", "status": "active", "plan": "p", "region": "ewr", "label": "a\\u001b[31mb\\nc",
                         "ip_address": "198.18.0.4", "expires_at": "2026-11-22T00:00:00Z"}], "has_more": true, "next_cursor": "c2"}"""));
        Run run = desk.run("list", "--status", "live", "--limit", "1");
        assertThat(run.out()).isEqualTo("""
                INSTANCE  STATUS  PLAN  REGION  ADDRESS     EXPIRES               LABEL
                i-1       active  p     ewr     198.18.0.4  2026-11-22T00:00:00Z  a?[31mb?c
                """);
        assertThat(run.err()).isEqualTo("There are more: --cursor c2\n");
        assertThat(api.requests().getLast().target()).isEqualTo("/compute/instances?status=live&limit=1");
    }

    @Test
    void creditIsShownWhetherTheApiWritesItAsTextOrAsANumber() {
        api.answers("/compute/credits/balance",
                Sent.of(200,
                        "{\"wallet\": \"0x1\", \"balance\": \"1.628400\", \"total_deposited\": 0, \"total_spent\": \"10\"}"));
        assertThat(desk.run("credits", "balance").out()).isEqualTo("""
                balance    1.6284 USDC
                deposited  0.00 USDC
                spent      10.00 USDC
                wallet     0x1
                """);
    }

    @Test
    void anErrorIsOneLineWithTheRequestItsOperatorFindsItBy() {
        Run run = desk.run("orders", "no-such-order");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("error: the API answered 404: Not found (request r-1)\n");
        assertThat(run.out()).isEmpty();
    }
}
