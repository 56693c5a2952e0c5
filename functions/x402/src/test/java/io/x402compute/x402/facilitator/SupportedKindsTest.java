package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.x402.evm.UptoEvmReason;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Vectors;
import io.x402compute.x402.protocol.WireJson;
import io.x402compute.x402.solana.ExactSvmReason;

class SupportedKindsTest {
    private static final String FEE_PAYER = io.x402compute.x402.solana.Vectors.FEE_PAYER.address();
    private static final String SETTLER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private static final String OTHER = io.x402compute.x402.solana.Vectors.PAYER.address();

    /** What the sample payments are made of, in both versions, among what we know nothing of. */
    static final String SAMPLES = """
            {"kinds":[
              {"x402Version":1,"scheme":"exact","network":"base-sepolia"},
              {"x402Version":2,"scheme":"exact","network":"eip155:84532"},
              {"x402Version":2,"scheme":"upto","network":"eip155:84532","extra":{"facilitatorAddress":"0x00"}},
              {"x402Version":2,"scheme":"exact","network":"aptos:1"},
              {"x402Version":2,"scheme":"exact","network":"%1$s","extra":{"feePayer":"%2$s","features":{}}},
              {"x402Version":1,"scheme":"exact","network":"solana-devnet","extra":{"feePayer":"%2$s"}}],
             "extensions":["bazaar"],"signers":{"eip155:*":["0x00"],"solana:*":["%2$s"]}}"""
            .formatted(Network.SOLANA_DEVNET.caip2(), FEE_PAYER);

    @Test
    void whatIsListedIsSupported() {
        assertThat(kinds(SAMPLES).support(evm(1))).isEqualTo(new Support.Supported());
        assertThat(kinds(SAMPLES).support(evm(2))).isEqualTo(new Support.Supported());
        assertThat(kinds(SAMPLES).support(solana())).isEqualTo(new Support.Supported());
    }

    @Test
    void aVersionASchemeAndANetworkThatAreNotListedAreNot() {
        assertThat(reason("{'kinds':[{'x402Version':2,'scheme':'exact','network':'eip155:8453'}]}", evm(2)))
                .isEqualTo("invalid_network");
        assertThat(reason("{'kinds':[{'x402Version':2,'scheme':'upto','network':'eip155:84532'}]}", evm(2)))
                .isEqualTo("unsupported_scheme");
        assertThat(reason("""
                {'kinds':[{'x402Version':2,'scheme':'exact','network':'eip155:84532'},
                          {'x402Version':1,'scheme':'upto','network':'base-sepolia'}]}""", evm(1)))
                .isEqualTo("invalid_x402_version");
        assertThat(reason("{'kinds':[]}", evm(2))).isEqualTo("invalid_network");
    }

    @Test
    void feePayerMustBeOneOfTheFacilitators() {
        assertThat(reason(solanaKind(OTHER, "{}"), solana())).isEqualTo(ExactSvmReason.FEE_PAYER_NOT_MANAGED);
        // Facilitators with several signers name another at each look.
        assertThat(kinds(solanaKind(OTHER, "{'solana:*':['" + FEE_PAYER + "']}")).support(solana()))
                .isEqualTo(new Support.Supported());
        assertThat(reason(solanaKind(OTHER, "{'%s':['%s']}".formatted(Network.SOLANA.caip2(), FEE_PAYER)), solana()))
                .isEqualTo(ExactSvmReason.FEE_PAYER_NOT_MANAGED);
    }

    @Test
    void whatOneAccountMaySettleIsSupportedWhereThatIsTheFacilitators() {
        Payment metered = new Payment(evm(2).payload(), Vectors.OFFER.upTo(SETTLER));
        String kind = "{'kinds':[{'x402Version':2,'scheme':'upto','network':'eip155:84532','extra':{%s}}]}";

        assertThat(kinds(kind.formatted("'facilitatorAddress':'" + SETTLER.toLowerCase(Locale.ROOT) + "'"))
                .support(metered)).isEqualTo(new Support.Supported());
        assertThat(kinds(kind.formatted("")).support(metered)).isEqualTo(new Support.Supported());
        assertThat(reason(kind.formatted("'facilitatorAddress':'" + Vectors.OFFER.asset() + "'"), metered))
                .isEqualTo(UptoEvmReason.FACILITATOR_MISMATCH);
    }

    @Test
    void whoeverNamesNoFeePayerMayHaveAny() {
        assertThat(kinds(solanaKind(OTHER, "{}").replace("feePayer", "other")).support(solana()))
                .isEqualTo(new Support.Supported());
    }

    @Test
    void feePayerIsTheSameWhicheverSignerIsNamedToday() {
        String signers = "{'solana:*':['%s','%s']}".formatted(FEE_PAYER, OTHER);
        Optional<String> first = kinds(solanaKind(FEE_PAYER, signers)).feePayer(Network.SOLANA_DEVNET);

        assertThat(first).isPresent().isEqualTo(kinds(solanaKind(OTHER, signers)).feePayer(Network.SOLANA_DEVNET));
        assertThat(kinds(solanaKind(OTHER, "{}")).feePayer(Network.SOLANA_DEVNET)).contains(OTHER);
        assertThat(kinds(SAMPLES).feePayer(Network.SOLANA)).isEmpty();
        assertThat(kinds(SAMPLES).feePayer(Network.BASE_SEPOLIA)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'kinds':{}}", "{'kinds':null}", "{'kinds':'exact'}", "{'signers':{}}"})
    void whatIsNoListIsNone(String text) {
        assertThat(SupportedKinds.of(json(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "[]", "{}", "{'x402Version':'2','scheme':'exact','network':'eip155:84532'}",
        "{'x402Version':2,'scheme':null,'network':'eip155:84532'}",
        "{'x402Version':2,'scheme':'exact','network':84532}",
        "{'x402Version':2.5,'scheme':'exact','network':'eip155:84532'}",
        "{'x402Version':99999999999,'scheme':'exact','network':'eip155:84532'}"})
    void anEntryThatCannotBeReadDoesNotSpoilTheOthers(String entry) {
        String others = "{'x402Version':1,'scheme':'exact','network':'base-sepolia'}";

        assertThat(kinds("{'kinds':[" + entry + "," + others + "],'signers':[" + entry + "]}").kinds()).singleElement()
                .isEqualTo(
                        new SupportedKinds.Kind(1, "exact", Network.BASE_SEPOLIA, Optional.empty(), Optional.empty()));
    }

    @Test
    void anAddressThatIsNoneIsNoFeePayer() {
        SupportedKinds listed = kinds(solanaKind("line\\nbreak", "{'solana:*':['no address',7,null],'solana:x':7}"));

        assertThat(listed.feePayer(Network.SOLANA_DEVNET)).isEmpty();
    }

    private static String reason(String text, Payment payment) {
        return ((Support.Unsupported) kinds(text).support(payment)).reason();
    }

    private static String solanaKind(String feePayer, String signers) {
        return "{'kinds':[{'x402Version':2,'scheme':'exact','network':'%s','extra':{'feePayer':'%s'}}],'signers':%s}"
                .formatted(Network.SOLANA_DEVNET.caip2(), feePayer, signers);
    }

    private static SupportedKinds kinds(String text) {
        return SupportedKinds.of(json(text)).orElseThrow();
    }

    private static ObjectNode json(String text) {
        return WireJson.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static Payment evm(int version) {
        return new Payment(new PaymentPayload(version, PaymentRequirements.EXACT, Network.BASE_SEPOLIA,
                Vectors.signedBy(Vectors.PAYER, Vectors.SIGNATURE), Optional.empty(), Optional.empty()), Vectors.OFFER);
    }

    private static Payment solana() {
        Payment payment = new SolanaBench(3).payment();
        assertThat(payment.requirements().extra()).isEqualTo(Map.of(PaymentRequirements.FEE_PAYER, FEE_PAYER));
        return payment;
    }
}
