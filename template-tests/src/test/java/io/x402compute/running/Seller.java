package io.x402compute.running;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;
import io.x402compute.x402.protocol.FacilitatorRequest;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.UsdcMint;
import io.x402compute.x402.protocol.UsdcToken;

/** Somebody who sells something of his own, and has our facilitator settle. */
final class Seller {
    static final Usdc PRICE = new Usdc(50_000);
    /** Of the chains' accounts: neither an agent nor the operator. */
    private static final int ACCOUNT = 9;
    private static final Resource SOLD = new Resource("https://seller.example/report", "a report", "application/json");

    private final RunningCloud running;

    Seller(RunningCloud running) {
        this.running = running;
    }

    String address() {
        return running.chain().address(ACCOUNT);
    }

    /** Micro-USDC on Base. */
    long balance() {
        return running.chain().balanceOf(address());
    }

    String addressOnSolana() {
        return running.cloud().solana().address(ACCOUNT);
    }

    long balanceOnSolana() {
        return running.cloud().solana().balanceOf(addressOnSolana());
    }

    /** A payment of version 2 by that account, on Base. */
    FacilitatorRequest payment(int account) {
        return payment(account, 2);
    }

    FacilitatorRequest payment(int account, int version) {
        PaymentRequirements terms = offer(address(), PRICE);
        return new FacilitatorRequest(new Payment(running.agent(account).sign(asked(terms, version)), terms));
    }

    /** The same payment as it would be presented in the other version. */
    static FacilitatorRequest inTheOtherVersion(FacilitatorRequest request) {
        Payment payment = request.payment();
        ReceivedOffer asked = asked(payment.requirements(), 3 - payment.payload().version());
        return new FacilitatorRequest(
                new Payment(asked.paidWith(payment.payload().schemePayload()), payment.requirements()));
    }

    /** A payment of version 2 by that account, on Solana. */
    FacilitatorRequest paymentOnSolana(int account) {
        // Whose token accounts do not exist are not opened at our expense.
        running.cloud().solana().fund(addressOnSolana(), 0);
        PaymentRequirements terms = new PaymentRequirements(PaymentRequirements.EXACT, Network.SOLANA, PRICE,
                UsdcMint.SOLANA.asset(), addressOnSolana(), 60,
                Map.of(PaymentRequirements.FEE_PAYER, running.cloud().solana().address(0)));
        return new FacilitatorRequest(
                new Payment(new SolanaBuyer(running, account).sign(asked(terms, 2)), terms));
    }

    static PaymentRequirements offer(String receiver, Usdc price) {
        UsdcToken token = UsdcToken.on(Network.BASE).orElseThrow();
        return new PaymentRequirements(PaymentRequirements.EXACT, Network.BASE, price, token.asset(), receiver, 300,
                Map.of("name", token.domainName(), "version", token.domainVersion()));
    }

    private static ReceivedOffer asked(PaymentRequirements terms, int version) {
        ObjectNode resource = Json.object().put("url", SOLD.url());
        return version == 1
                ? new ReceivedOffer(1, terms, terms.toV1Json(SOLD), Optional.empty())
                : new ReceivedOffer(2, terms, terms.toV2Json(), Optional.of(resource));
    }

    Answer verify(FacilitatorRequest request) {
        return post("/verify", text(request), Map.of());
    }

    Answer settle(FacilitatorRequest request) {
        return settle(text(request));
    }

    Answer settle(String text) {
        return post("/settle", text, Map.of());
    }

    /** Under a name, so that it can be made again. */
    Answer settle(FacilitatorRequest request, String name) {
        return post("/settle", text(request), Map.of("Idempotency-Key", name));
    }

    static String text(FacilitatorRequest request) {
        return Json.write(request.toJson(SOLD));
    }

    Answer post(String path, String text, Map<String, String> headers) {
        return Http.send(running.cloud().apiUrl(), "POST", path, headers, WalletHeaders.bytes(text));
    }
}
