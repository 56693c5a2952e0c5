package io.x402compute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.x402compute.cli.ApiDouble.Sent;
import io.x402compute.cli.Desk.Run;
import io.x402compute.cli.shell.Terminals;

/** What is said while a machine boots. */
class WaitTest extends AtTheDesk {
    private static final String[] BUY = {"provision", "vcg-a16-2c-8g-2vram", "--region", "ewr", "--yes", "--wait"};
    private static final String[] WATCH = {"show", ApiDouble.ID, "--wait"};

    @Test
    void aTerminalHasOneLineThatIsWrittenOverAndOver() {
        api.bootsAfter(3);
        Run run = desk.at(Desk.PERSON).run(BUY);

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("\rprovisioning, 0 s", "\rprovisioning, 10 s", "\ractive at 198.18.0.3, 15 s\n");
        assertThat(run.out()).contains("ssh root@198.18.0.3, password by: x402compute password " + ApiDouble.ID);
    }

    @Test
    void elsewhereThereIsALineWhenSomethingIsNewAndOneEachHalfMinute() {
        api.bootsAfter(14);
        Run run = desk.at(new Terminals(true, true, false)).run(BUY);

        assertThat(run.err()).doesNotContain("\r").doesNotContain("\u001b");
        assertThat(run.err().lines().filter(line -> line.endsWith(" s"))).containsExactly(
                "provisioning, 0 s", "provisioning, 30 s", "provisioning, 60 s", "active at 198.18.0.3, 70 s");
    }

    @Test
    void itEndsWithTheMachineAsItIs() {
        api.bootsAfter(1);
        Run run = desk.run("provision", "vcg-a16-2c-8g-2vram", "--region", "ewr", "--yes", "--wait", "--json");
        assertThat(run.json().at("/instance/ip_address").textValue()).isEqualTo("198.18.0.3");
        assertThat(run.json().at("/order/status").textValue()).isEqualTo("active");
        assertThat(run.json().path("tx_hash").textValue()).isEqualTo("0xabc");
    }

    @Test
    void itDoesNotWaitForEver() {
        api.bootsAfter(Integer.MAX_VALUE);
        Run run = desk.run(BUY);
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err())
                .contains("not up after 10 minutes; run the same command again to wait on");

        api.bootsAfter(1);
        assertThat(desk.run(BUY).code()).isZero();
        assertThat(api.bought()).as("waited for the same machine").hasSize(1);
    }

    @Test
    void whatFailedIsNotGoneOnWith() {
        api.endsAs("failed");
        assertThat(desk.run(BUY).code()).isEqualTo(1);
        api.endsAs("");
        desk.run(BUY);
        assertThat(api.bought()).hasSize(2);
    }

    @Test
    void aMachineThatFailedIsAFailure() {
        api.endsAs("failed");
        Run run = desk.run(WATCH);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("the machine is failed; x402compute orders");
    }

    @Test
    void troubleThatPassesIsWaitedThrough() {
        api.bootsAfter(1);
        api.answers("/compute/instances/" + ApiDouble.ID,
                Sent.of(503, "{\"error\": \"Busy\"}").with("Retry-After", "5"));
        api.loseAnswerOf("/compute/instances/" + ApiDouble.ID);
        assertThat(desk.run(WATCH).code()).isZero();
    }

    @Test
    void somebodyElsesMachineIsNotWaitedFor() {
        assertThat(desk.run("show", "0199a1b2-0000-7000-8000-000000000002", "--wait").code()).isEqualTo(1);
    }
}
