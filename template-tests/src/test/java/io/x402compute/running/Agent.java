package io.x402compute.running;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.LocalCloud;
import io.x402compute.local.chain.LocalEvm;
import io.x402compute.local.client.Answer;
import io.x402compute.local.client.ComputeClient;
import io.x402compute.local.client.PaidResponse;
import io.x402compute.x402.client.OfferSigner;
import io.x402compute.x402.client.PayingClient;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.ReceivedOffers;
import io.x402compute.x402.protocol.Usdc;

/** A customer with one wallet, who also does by hand what clients do by themselves. */
final class Agent {
    private static final Usdc NO_LIMIT = new Usdc(Long.MAX_VALUE);
    private static final byte[] NO_BODY = new byte[0];

    private final URI api;
    private final LocalEvm chain;
    private final Clock clock;
    private final EvmWallet wallet;
    private final ComputeClient client;
    private final OfferSigner signer;

    Agent(LocalCloud cloud, int account) {
        this.api = cloud.apiUrl();
        this.chain = cloud.evm();
        this.clock = cloud.clock();
        this.wallet = EvmWallet.of(UsedSecrets.remember(chain.privateKey(account)));
        this.client = cloud.client(account);
        this.signer = PayingClient.of(wallet, NO_LIMIT).clock(clock).signer();
    }

    EvmWallet wallet() {
        return wallet;
    }

    /** Lower case, as the API names wallets. */
    String address() {
        return wallet.address().toLowerCase(Locale.ROOT);
    }

    /** Micro-USDC on the chain. */
    long balance() {
        return chain.balanceOf(wallet.address());
    }

    /** Asks for the price and pays it, as the project's own client does. */
    PaidResponse buy(String path, ObjectNode body) {
        PaidResponse paid = client.pay(path, body);
        paid.payment().ifPresent(Agent::remember);
        return paid;
    }

    /** Buys a machine of the usual kind; its id. */
    String machine() {
        return machine(MachineRequest.body());
    }

    String machine(ObjectNode wanted) {
        Answer answer = Answer.of(buy(MachineRequest.PROVISION, wanted).response());
        if (answer.status() != 201) {
            throw new AssertionError("provision answered %d %s".formatted(answer.status(), answer.body()));
        }
        return answer.order().path("id").asText();
    }

    /** The offer of version 2, in the header of a 402. */
    ReceivedOffer quote(String path, ObjectNode body) {
        return only(offers(path, body).filter(offer -> !offer.requirements().isByPermit2()).toList());
    }

    /** The same, for whoever pays by Permit2. */
    ReceivedOffer permit2Quote(String path, ObjectNode body) {
        return only(offers(path, body).filter(offer -> offer.requirements().isByPermit2()).toList());
    }

    private Stream<ReceivedOffer> offers(String path, ObjectNode body) {
        return ReceivedOffers
                .inHeader(post(path, body, Map.of()).headers().firstValue("PAYMENT-REQUIRED").orElseThrow())
                .stream();
    }

    /** The offer of version 1, in the body of a 402. */
    ReceivedOffer quoteV1(String path, ObjectNode body) {
        return only(ReceivedOffers.inBody(WalletHeaders.bytes(Json.write(post(path, body, Map.of()).body()))));
    }

    PaymentPayload sign(ReceivedOffer offer) {
        return remember(signer.sign(offer));
    }

    Answer pay(String path, ObjectNode body, PaymentPayload payment) {
        remember(payment);
        return post(path, body, Map.of(payment.headerName(), payment.headerText()));
    }

    /** Posts without credentials. */
    Answer post(String path, ObjectNode body, Map<String, String> headers) {
        return send("POST", path, headers, WalletHeaders.bytes(Json.write(body)));
    }

    /** A request that the wallet signs, without a body. */
    Answer signed(String method, String path) {
        return send(method, path, credentials().sign(method, path, NO_BODY, clock.instant()), NO_BODY);
    }

    /** A request that the wallet signs with its body. */
    Answer signed(String path, ObjectNode body) {
        return signed(path, body, Map.of());
    }

    /** As {@link #signed(String, ObjectNode)}, with more headers. */
    Answer signed(String path, ObjectNode body, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.putAll(credentials().sign("POST", path, WalletHeaders.bytes(Json.write(body)), clock.instant()));
        return post(path, body, headers);
    }

    /** A request that the wallet signs without its query. */
    Answer signed(String method, String path, String query) {
        return send(method, path + "?" + query, credentials().sign(method, path, NO_BODY, clock.instant()), NO_BODY);
    }

    /** Asks for a machine's password as known clients do: without a body, and calling it JSON. */
    Answer password(String id) {
        return password(id, credentials().sign("POST", MachineRequest.password(id), NO_BODY, clock.instant()));
    }

    Answer password(String id, Map<String, String> credentials) {
        Map<String, String> headers = new LinkedHashMap<>(credentials);
        headers.put("Content-Type", "application/json");
        Answer answer = send("POST", MachineRequest.password(id), headers, NO_BODY);
        Optional.ofNullable(answer.body().at("/access/password").textValue()).ifPresent(UsedSecrets::rememberUnkept);
        return answer;
    }

    /** What the API shows of the instance now. */
    JsonNode instance(String id) {
        Answer answer = signed("GET", MachineRequest.instance(id));
        if (answer.status() != 200) {
            throw new AssertionError("GET instance answered %d %s".formatted(answer.status(), answer.body()));
        }
        return answer.order();
    }

    /** Credentials of this wallet, as clients on Base make them. */
    WalletHeaders credentials() {
        return new WalletHeaders("base", address(), "hex",
                message -> UsedSecrets.remember(wallet.signMessage(message)));
    }

    Answer send(String method, String path, Map<String, String> headers, byte[] body) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (body.length > 0) {
            all.putIfAbsent("Content-Type", "application/json");
        }
        return Http.send(api, method, path, all, body);
    }

    private static PaymentPayload remember(PaymentPayload payment) {
        UsedSecrets.remember(payment.headerText());
        UsedSecrets.remember(payment.schemePayload().toJson().path("signature").asText());
        return payment;
    }

    private static ReceivedOffer only(List<ReceivedOffer> offers) {
        List<ReceivedOffer> payable = offers.stream().filter(offer -> offer.requirements().network().isEvm()).toList();
        if (payable.size() != 1) {
            throw new AssertionError(payable.size() + " offers on Base");
        }
        return payable.getFirst();
    }
}
