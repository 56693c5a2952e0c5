package io.x402compute.bench;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.acinq.secp256k1.Secp256k1;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import io.x402compute.http.Json;
import io.x402compute.x402.client.OfferSigner;
import io.x402compute.x402.client.PayingClient;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.PayerSignature;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.FeeCap;
import io.x402compute.x402.facilitator.OnchainFacilitator;
import io.x402compute.x402.facilitator.SolanaFacilitator;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.ReceivedOffers;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.UsdcMint;
import io.x402compute.x402.protocol.UsdcToken;
import io.x402compute.x402.solana.FeeLimits;
import io.x402compute.x402.solana.SolanaWallet;

/**
 * How many payments one thread verifies in a second, from the text of their header to the facilitator's word, with chains that
 * answer at once; beside the ecosystem's reference, and beside the one operation on curves that cannot be left out.
 */
@EnabledIfSystemProperty(named = "benchmarks", matches = "true", disabledReason = "takes a minute: -Pbenchmarks")
class VerificationBenchmark {
    private static final int PAYMENTS = 500;
    private static final int KEY_BYTES = 32;
    private static final int AN_HOUR = 3600;
    private static final String OURS = "ours";
    private static final String SIGNATURE = "ours, the signature alone";
    private static final String REFERENCE = "the reference";
    private static final String NATIVE = "libsecp256k1, bare recovery";

    private final Clock clock = Clock.systemUTC();
    private final EvmWallet payer = EvmWallet.of(Hex.of(random(KEY_BYTES)));
    private final SolanaWallet solanaPayer = SolanaWallet.ofSeed(random(KEY_BYTES));
    private final SolanaWallet feePayer = SolanaWallet.ofSeed(random(KEY_BYTES));
    private final String solanaSeller = SolanaWallet.ofSeed(random(KEY_BYTES)).address();
    private final AgreeableSolanaChain solana = new AgreeableSolanaChain(UsdcMint.PROGRAM);
    private final AgreeableEvmChain base = new AgreeableEvmChain(UsdcToken.BASE.asset());

    private final PaymentRequirements baseOffer = new PaymentRequirements(PaymentRequirements.EXACT, Network.BASE,
            new Usdc(10_000), UsdcToken.BASE.asset(), "0x209693Bc6afc0C5328bA36FaF03C514EF312287C", AN_HOUR,
            Map.of("name", UsdcToken.BASE.domainName(), "version", UsdcToken.BASE.domainVersion()));
    private final PaymentRequirements solanaOffer = new PaymentRequirements(PaymentRequirements.EXACT, Network.SOLANA,
            new Usdc(10_000), UsdcMint.SOLANA.asset(), solanaSeller, AN_HOUR,
            Map.of(PaymentRequirements.FEE_PAYER, feePayer.address(), "recentBlockhash", solanaSeller));

    private final Facilitator onBase = new OnchainFacilitator(base, () -> payer, (signer, count) -> count,
            Network.BASE, FeeCap.ofGwei(1), clock);
    private final Facilitator onSolana = new SolanaFacilitator(solana, () -> feePayer, Network.SOLANA,
            FeeLimits.DEFAULT, Set.of(solanaSeller), clock);

    @Test
    void printsHowManyPaymentsAreVerifiedInASecond() throws IOException {
        List<String> evm = headers(baseOffer);
        List<String> svm = headers(solanaOffer);
        try (var reference = new ReferenceVerification(forReference(evm, svm))) {
            print("Base, exact (EIP-3009, secp256k1)", new Race()
                    .enter(OURS, verifying(onBase, evm, baseOffer))
                    .enter(SIGNATURE, checkingSignatures(evm))
                    .enter(NATIVE, recovering())
                    .enter(REFERENCE, reference.on("evm")).run());
            print("Solana, exact (Ed25519)", new Race()
                    .enter(OURS, verifying(onSolana, svm, solanaOffer))
                    .enter(REFERENCE, reference.on("svm")).run());
        }
    }

    private List<String> headers(PaymentRequirements offer) {
        OfferSigner signer = PayingClient.of(payer, offer.amount()).solana(solanaPayer, solana).signer();
        var asked = ReceivedOffers.inHeader(new PaymentRequired("Payment required",
                new Resource("https://api.example.com/data", "", "application/json"), List.of(offer)).v2Header());
        return Stream.generate(() -> signer.sign(asked.getFirst()).headerText()).limit(PAYMENTS).toList();
    }

    private static Contender verifying(Facilitator facilitator, List<String> headers, PaymentRequirements offer) {
        return Contender.of(number -> facilitator.verify(new Payment(decoded(headers, number),
                offer)) instanceof Verification.Verified);
    }

    private Contender checkingSignatures(List<String> headers) {
        PayerSignature signature = new PayerSignature(base);
        List<Payment> payments = Stream.iterate(0, number -> number + 1).limit(headers.size())
                .map(number -> new Payment(decoded(headers, number), baseOffer)).toList();
        return Contender.of(number -> signature.checkKnown(
                payments.get(number % PAYMENTS)) instanceof PayerSignature.Outcome.Authentic);
    }

    private static PaymentPayload decoded(List<String> headers, int number) {
        var header = Optional.of(headers.get(number % headers.size()));
        return ((DecodedPayment.Decoded) PaymentHeaders.decode(header, Optional.empty())).payload();
    }

    private static Contender recovering() {
        Secp256k1 library = Secp256k1.get();
        byte[] key = random(KEY_BYTES);
        List<byte[]> digests = Stream.generate(() -> random(KEY_BYTES)).limit(PAYMENTS).toList();
        List<byte[]> signatures = digests.stream().map(digest -> library.sign(digest, key, null)).toList();
        return Contender.of(number -> library.ecdsaRecover(signatures.get(number % PAYMENTS),
                digests.get(number % PAYMENTS), 0).length > 0);
    }

    private ObjectNode forReference(List<String> evm, List<String> svm) {
        ObjectNode all = Json.object().put("feePayer", feePayer.address());
        Map.of("evm", evm, "svm", svm).forEach((chain, headers) -> {
            ObjectNode given = all.putObject(chain);
            given.set("requirements", (chain.equals("evm") ? baseOffer : solanaOffer).toV2Json());
            ArrayNode payments = given.putArray("payments");
            headers.forEach(payments::add);
        });
        return all;
    }

    private static void print(String what, Map<String, Double> perSecond) {
        double ours = perSecond.get(OURS);
        System.out.printf("%n%-40s %12s %22s%n", what, "per second", "ours is so many times");
        perSecond.forEach((name, rate) -> System.out.printf("  %-38s %,12.0f %22.2f%n", name, rate, ours / rate));
        if (perSecond.containsKey(SIGNATURE)) {
            System.out.printf("  the signature alone is %.2f times the bare recovery%n",
                    perSecond.get(SIGNATURE) / perSecond.get(NATIVE));
        }
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return random;
    }
}
