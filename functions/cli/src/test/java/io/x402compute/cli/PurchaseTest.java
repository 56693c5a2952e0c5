package io.x402compute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.x402compute.cli.ApiDouble.Received;
import io.x402compute.cli.ApiDouble.Sent;
import io.x402compute.cli.Desk.Run;

/** Buying: asked before, never twice, and over when the answer has been told. */
class PurchaseTest extends AtTheDesk {
    private static final String PROVISION = "/compute/provision";
    private static final String[] BUY = {"provision", "vcg-a16-2c-8g-2vram", "--region", "ewr"};

    @Test
    void aPersonIsToldThePriceAndAsked() {
        Run run = desk.typing("y\n").run(BUY);

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("vcg-a16-2c-8g-2vram in ewr for 24 hours costs 1.6992 USDC.",
                "Pay 1.6992 USDC? [y/N] ", "Paid 1.6992 USDC from 0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
                "Bought instance " + ApiDouble.ID);
        assertThat(run.out()).contains("instance  " + ApiDouble.ID).doesNotContain("Pay");
        assertThat(api.bought()).hasSize(1);
    }

    @Test
    void aPersonWhoDoesNotSayYesPaysNothing() {
        for (String word : new String[]{"n\n", "\n", "", "maybe\n"}) {
            assertThat(desk.typing(word).run(BUY).code()).isEqualTo(3);
        }
        assertThat(api.requests("POST", PROVISION)).isEmpty();
    }

    @Test
    void whereNobodyCanBeAskedItSaysWhatToPass() {
        Run run = desk.run(BUY);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err().lines().toList().getLast()).startsWith("error: ").contains("--yes",
                "--confirm-above 1.6992");
        assertThat(api.requests("POST", PROVISION)).isEmpty();
        assertThat(desk.run(and("--confirm-above", "1.6992")).code()).isZero();
        assertThat(desk.run(and("--yes")).code()).isZero();
    }

    @Test
    void whatIsCheapIsNotAskedFor() {
        api.quotes(1_000_000);
        assertThat(desk.run(BUY).code()).isZero();
    }

    @Test
    void anAnswerThatGotLostIsFetchedByTheSameCommandAndPaidOnce() {
        api.loseAnswerOf(PROVISION);
        Run lost = desk.run(and("--yes"));
        assertThat(lost.code()).isEqualTo(4);
        assertThat(lost.err()).contains("run the same command again: it is not paid twice");
        desk.pass(Duration.ofDays(3));

        Run again = desk.run(and("--json"));

        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("Going on with what was begun at 2026-11-21T09:00:00Z");
        assertThat(again.json().path("order_id").textValue()).isEqualTo("order-0");
        assertThat(api.bought()).hasSize(1);
        assertThat(api.requests("POST", PROVISION).stream().flatMap(request -> request.payment().stream()).distinct())
                .hasSize(1);
    }

    @Test
    void theSameCommandAfterItsAnswerIsAnotherPurchase() {
        desk.run(and("--yes"));
        desk.run(and("--yes"));
        assertThat(api.bought()).hasSize(2);
    }

    @Test
    void whatWasBegunCanBeLeftForSomethingNew() {
        api.loseAnswerOf(PROVISION);
        desk.run(and("--yes"));
        assertThat(desk.run(and("--yes", "--new")).code()).isZero();
        assertThat(api.bought()).hasSize(2);
    }

    @Test
    void aNameBuysOnceForEver() {
        desk.run(and("--yes", "--idempotency-key", "nightly-17"));
        Run again = desk.run(and("--idempotency-key", "nightly-17", "--json"));
        assertThat(again.code()).isZero();
        assertThat(again.json().path("order_id").textValue()).isEqualTo("order-0");
        assertThat(api.bought()).containsExactly("nightly-17");

        Run other = desk.run(and("--yes", "--idempotency-key", "nightly-17", "--hours", "48"));
        assertThat(other.code()).isEqualTo(2);
    }

    @Test
    void theLimitsHold() {
        Run dear = desk.run(and("--yes", "--max-usdc", "1.69"));
        assertThat(dear.code()).isEqualTo(3);
        assertThat(dear.err()).contains("raise --max-usdc");

        desk.with("X402COMPUTE_MAX_USDC_PER_DAY", "2");
        assertThat(desk.run(and("--yes")).code()).isZero();
        Run second = desk.run(and("--yes"));
        assertThat(second.code()).isEqualTo(3);
        assertThat(second.err()).contains("only 0.3008 USDC are left: raise --max-usdc-per-day");
        desk.pass(Duration.ofDays(1));
        assertThat(desk.run(and("--yes")).code()).isZero();
        assertThat(api.bought()).hasSize(2);
    }

    @Test
    void moreThanWasAgreedToIsNotPaid() {
        api.asksFor(1_700_000);
        Run run = desk.run(and("--yes"));
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("it costs 1.70 USDC now, and you have agreed to 1.6992 USDC");
        assertThat(api.requests("POST", PROVISION)).noneMatch(request -> request.payment().isPresent());
    }

    @Test
    void creditIsSpentOnceByAnApiKeyAlone() {
        desk.without("X402COMPUTE_KEY_FILE").with("X402COMPUTE_API_KEY", "x402c_abc");
        api.loseAnswerOf(PROVISION);
        assertThat(desk.run(and("--yes", "--use-credits")).code()).isEqualTo(4);

        Run again = desk.run(and("--use-credits"));

        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("Paid with credit.");
        assertThat(api.bought()).hasSize(1);
        assertThat(api.requests("POST", PROVISION)).allSatisfy(request -> {
            assertThat(request.header("X-API-Key")).contains("x402c_abc");
            assertThat(request.payment()).isEmpty();
        });
    }

    @Test
    void tooLittleCreditIsNotPaidFromTheWallet() {
        api.answers(PROVISION, Sent.of(402, "{\"error\": \"Too little credit\", \"code\": \"insufficient_credits\"}"));
        Run run = desk.run(and("--yes", "--use-credits"));
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("x402compute credits topup");
        assertThat(api.requests()).noneMatch(request -> request.payment().isPresent());
    }

    @Test
    void aPaymentCarriesNoCredentials() {
        desk.with("X402COMPUTE_API_KEY", "x402c_abc").run(and("--yes"));
        assertThat(api.requests("POST", PROVISION)).hasSize(2).allSatisfy(request -> {
            assertThat(request.header("X-API-Key")).isEmpty();
            assertThat(request.header("X-Auth-Signature")).isEmpty();
        });
    }

    @Test
    void moreTimeAndCreditAreBoughtTheSameWay() {
        assertThat(desk.run("extend", ApiDouble.ID, "--hours", "48", "--yes").code()).isZero();
        assertThat(desk.run("credits", "topup", "1.6992", "--yes").out()).contains("deposited    1.70 USDC");
        assertThat(api.requests("POST", "/compute/instances/" + ApiDouble.ID + "/extend").getLast().body())
                .isEqualTo("{\"extend_hours\":48}");
        assertThat(api.requests("POST", "/compute/credits/topup").getLast().body())
                .isEqualTo("{\"amount\":\"1.699200\"}");
        assertThat(api.bought()).hasSize(2);
    }

    @Test
    void whileOneBuysAnotherHasToWait() throws IOException {
        desk.run(and("--yes"));
        try (FileChannel lock = FileChannel.open(desk.state().resolve("lock"), StandardOpenOption.WRITE)) {
            lock.lock();
            Run run = desk.run(and("--yes"));
            assertThat(run.code()).isEqualTo(4);
            assertThat(run.err()).contains("another x402compute is at work");
        }
        assertThat(api.bought()).hasSize(1);
    }

    @Test
    void whatIsWrittenDownIsItsOwnersAlone() throws IOException {
        api.loseAnswerOf(PROVISION);
        desk.run(and("--yes"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(desk.state()))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                Files.getPosixFilePermissions(desk.state().resolve("payments.journal")))).isEqualTo("rw-------");
        try (Stream<Path> unfinished = Files.list(desk.state().resolve("unfinished"))) {
            assertThat(unfinished).singleElement().satisfies(file -> assertThat(Files.readString(file))
                    .contains("\"agreed_micro_usdc\":1699200"));
        }
    }

    @Test
    void aDamagedNoteStopsThePurchase() throws IOException {
        api.loseAnswerOf(PROVISION);
        desk.run(and("--yes"));
        try (Stream<Path> unfinished = Files.list(desk.state().resolve("unfinished"))) {
            Files.writeString(unfinished.findFirst().orElseThrow(), "{");
        }
        int before = api.requests().size();

        Run run = desk.run(and("--yes"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("not as it was written");
        assertThat(api.requests()).hasSize(before);
    }

    @Test
    void theRequestSaysWhatWasAskedFor() {
        Path key = desk.keyFile("id.pub", "ssh-ed25519 AAAA me\n");
        desk.run(and("--yes", "--os", "1743", "--label", "box", "--hostname", "box-1", "--ssh-key", key.toString()));
        Received sent = api.requests("POST", PROVISION).getLast();
        assertThat(sent.body()).isEqualTo("{\"plan\":\"vcg-a16-2c-8g-2vram\",\"region\":\"ewr\",\"prepaid_hours\":24,"
                + "\"os_id\":1743,\"label\":\"box\",\"hostname\":\"box-1\",\"ssh_public_key\":\"ssh-ed25519 AAAA me\"}");
    }

    @Test
    void aPrivateSshKeyIsNotSent() {
        Path key = desk.keyFile("id", "-----BEGIN OPENSSH PRIVATE KEY-----\nsecret\n");
        Run run = desk.run(and("--yes", "--ssh-key", key.toString()));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("id.pub").doesNotContain("secret");
        assertThat(api.requests()).isEmpty();
    }

    private static String[] and(String... flags) {
        return Stream.concat(Stream.of(BUY), Stream.of(flags)).toArray(String[]::new);
    }
}
