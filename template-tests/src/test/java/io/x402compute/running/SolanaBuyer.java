package io.x402compute.running;

import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.chain.LocalSolana;
import io.x402compute.local.client.Answer;
import io.x402compute.x402.client.OfferSigner;
import io.x402compute.x402.client.PayingClient;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.ReceivedOffers;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.solana.RpcSolanaChain;
import io.x402compute.x402.solana.SolanaWallet;

/** A customer with a wallet on Solana alone. */
final class SolanaBuyer {
    private static final Duration NODE = Duration.ofSeconds(20);
    private static final byte[] NO_BODY = new byte[0];

    private final RunningCloud running;
    private final LocalSolana chain;
    private final SolanaWallet wallet;
    private final OfferSigner signer;

    SolanaBuyer(RunningCloud running, int account) {
        this.running = running;
        this.chain = running.cloud().solana();
        UsedSecrets.remember(chain.privateKey(account).substring(2));
        this.wallet = chain.wallet(account);
        this.signer = PayingClient.of(wallet, new RpcSolanaChain(chain.rpcUrl(), NODE, NODE), new Usdc(Long.MAX_VALUE))
                .signer();
    }

    String address() {
        return wallet.address();
    }

    /** Micro-USDC on Solana. */
    long balance() {
        return chain.balanceOf(wallet.address());
    }

    /** A machine of the usual kind, to be paid there. */
    static ObjectNode machine() {
        return MachineRequest.body().put("network", "solana");
    }

    /** What is asked there, as that version of the protocol tells it. */
    ReceivedOffer offer(int version, String path, ObjectNode body) {
        Answer asked = post(path, body, Map.of());
        List<ReceivedOffer> offers = version == 1
                ? ReceivedOffers.inBody(WalletHeaders.bytes(Json.write(asked.body())))
                : ReceivedOffers.inHeader(asked.headers().firstValue("PAYMENT-REQUIRED").orElseThrow());
        return offers.stream().filter(offer -> !offer.requirements().network().isEvm()).findFirst().orElseThrow();
    }

    PaymentPayload sign(ReceivedOffer offer) {
        PaymentPayload payment = signer.sign(offer);
        UsedSecrets.remember(payment.headerText());
        UsedSecrets.remember(payment.schemePayload().toJson().path("transaction").asText());
        return payment;
    }

    Answer pay(String path, ObjectNode body, PaymentPayload payment) {
        return post(path, body, Map.of(payment.headerName(), payment.headerText()));
    }

    Answer buy(String path, ObjectNode body) {
        return pay(path, body, sign(offer(2, path, body)));
    }

    /** What the API shows of the instance to this wallet. */
    JsonNode instance(String id) {
        String path = MachineRequest.instance(id);
        return Http.send(running.cloud().apiUrl(), "GET", path,
                credentials().sign("GET", path, NO_BODY, running.now()), NO_BODY).order();
    }

    private WalletHeaders credentials() {
        return new WalletHeaders("solana", address(), "base64", message -> UsedSecrets
                .remember(Base64.getEncoder().encodeToString(wallet.sign(WalletHeaders.bytes(message)))));
    }

    private Answer post(String path, ObjectNode body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return Http.send(running.cloud().apiUrl(), "POST", path, all, WalletHeaders.bytes(Json.write(body)));
    }
}
