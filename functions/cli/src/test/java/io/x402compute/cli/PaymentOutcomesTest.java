package io.x402compute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.x402compute.cli.ApiDouble.Sent;
import io.x402compute.cli.Desk.Run;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.SettlementResponse;
import io.x402compute.x402.solana.Base58;
import io.x402compute.x402.solana.SolanaWallet;

/** What can become of a payment, and how the command ends for it. */
class PaymentOutcomesTest extends AtTheDesk {
    private static final String PROVISION = "/compute/provision";
    private static final String[] BUY = {"provision", "vcg-a16-2c-8g-2vram", "--region", "ewr"};
    private static final Sent REFUSED = Sent
            .of(402, "{\"error\": \"insufficient_funds\", \"code\": \"payment_required\"}")
            .with(PaymentHeaders.PAYMENT_RESPONSE,
                    SettlementResponse.failed("insufficient_funds", "", Network.BASE, "").header(2));

    @Test
    void aPendingSettlementIsWaitedForAndThenLeftToTheNextRun() {
        Sent pending = Sent.of(202, "{\"status\": \"pending\"}").with("Retry-After", "5");
        api.answers(PROVISION, pending);
        Run run = desk.run(and("--yes"));
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("asking again in 5 s");

        for (int i = 0; i < 11; i++) {
            api.answers(PROVISION, pending);
        }
        assertThat(desk.run(and("--yes")).code()).isEqualTo(4);
        assertThat(desk.run(BUY).code()).isZero();
        assertThat(api.bought()).hasSize(2);
    }

    @Test
    void aRefusedPaymentIsToldAndIsTheOneThatIsSentAgain() {
        api.answers(PROVISION, REFUSED);
        Run refused = desk.run(and("--yes"));
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("the payment of 1.6992 USDC was refused", "insufficient_funds");

        assertThat(desk.run(BUY).code()).isZero();
        assertThat(api.requests("POST", PROVISION).stream().flatMap(request -> request.payment().stream()).distinct())
                .hasSize(1);
    }

    @Test
    void whatWasPaidForAndCannotBeDeliveredIsToldAsAFailure() {
        api.answers(PROVISION, Sent.of(503, """
                {"error": "What was paid for cannot be delivered; 1.6992 USDC is credited", "code": "out_of_stock",
                 "request_id": "r-9", "details": {"credited": 1.6992}}""").with(PaymentHeaders.PAYMENT_RESPONSE,
                SettlementResponse.settled("0xabc", Network.BASE, "").header(2)));

        Run run = desk.run(and("--yes", "--json"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().toList().getLast())
                .contains("1.6992 USDC is credited", "\"code\":\"out_of_stock\"", "\"request_id\":\"r-9\"",
                        "\"exit_code\":1");
    }

    @Test
    void aPaymentThatMayHaveBeenTakenIsNeverReplacedByItself() {
        api.loseAnswerOf(PROVISION);
        desk.run(and("--yes"));
        api.answers(PROVISION, REFUSED);

        Run run = desk.run(BUY);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("it may have been taken earlier: look on the chain", "--new");
    }

    @Test
    void whatTheWalletCannotPayIsNotBought() {
        Run run = desk.with("X402COMPUTE_KEY_FILE", desk.keyFile("id.key", solanaKey()).toString()).run(and("--yes"));
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("no payment that the wallet");
        assertThat(api.requests("POST", PROVISION)).singleElement()
                .satisfies(request -> assertThat(request.body()).contains("\"network\":\"solana\""));
    }

    @Test
    void whatTheApiRefusesToSellIsToldAsItPutsIt() {
        api.answersUnpaid(Sent.of(400, "{\"error\": \"No such machine left\", \"code\": \"out_of_stock\"}"));
        Run run = desk.run(and("--yes"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("the API answered 400: No such machine left");
        api.answersUnpaid(Sent.of(503, "{\"error\": \"Busy\"}").with("Retry-After", "2"));
        assertThat(desk.run(and("--yes")).code()).isEqualTo(4);
    }

    @Test
    void whatIsGivenAwayIsTaken() {
        api.answersUnpaid(Sent.of(201, "{\"instance\": {\"id\": \"i-1\", \"status\": \"active\"}}"));
        Run run = desk.run(and("--yes"));
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("Nothing was asked for it.", "Bought instance i-1.");
    }

    @Test
    void aDamagedJournalStopsThePurchase() throws IOException {
        desk.run(and("--yes"));
        Files.writeString(desk.state().resolve("payments.journal"), "damaged\n");
        int before = api.requests().size();

        Run run = desk.run(and("--yes"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("line 1 of the journal is not as it was written");
        assertThat(api.requests()).hasSize(before);
    }

    @Test
    void aLimitThatIsNoAmountIsNoLimit() {
        Run run = desk.with("X402COMPUTE_MAX_USDC", "plenty").run(and("--yes"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("X402COMPUTE_MAX_USDC: 'plenty' is no amount of USDC");
        assertThat(api.requests()).isEmpty();
    }

    private static String solanaKey() {
        byte[] seed = HexFormat.of().parseHex(Desk.PRIVATE_KEY);
        byte[] address = Base58.decode(SolanaWallet.ofSeed(seed).address()).orElseThrow();
        return Base58.encode(ByteBuffer.allocate(64).put(seed).put(address).array());
    }

    private static String[] and(String... flags) {
        return Stream.concat(Stream.of(BUY), Stream.of(flags)).toArray(String[]::new);
    }
}
