package io.x402compute.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.x402.solana.FeeLimits;

class OperatorSettingsTest {
    private static final SynthesizedTemplate TEMPLATE = SynthesizedTemplate.read();

    @Test
    void defaultsAreThoseThatTheOperatorExpects() {
        assertThat(TEMPLATE.parameters().propertyStream()).extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "PayTo", "EvmRpcUrl", "Facilitator", "CoinbaseSecret", "EvmNetwork", "MarkupPercent",
                        "X402Versions", "MinHours",
                        "MaxHours",
                        "ProviderUrl", "ProviderRequestsPerSecond", "PublicUrl", "ReadsPerMinute", "WritesPerMinute",
                        "SettlementFeeCap", "RefundSecret", "ReceiptSecret", "SolanaPayTo", "SolanaFeePayer",
                        "SolanaRpcUrl", "SolanaSecret", "SolanaFeeCap", "AlarmEmail", "SmartWalletFactories",
                        "FacilitatorService", "FacilitatorMinimum", "FacilitatorRecipients",
                        "FacilitatorCallsPerAddress", "FacilitatorCallsPerMinute", "Permit2", "HashProofs",
                        "InferenceUpstreams", "InferenceSecret", "JobConcurrency");
        assertThat(parameter("FacilitatorService").path("Default").asText()).isEqualTo("off");
        assertThat(parameter("FacilitatorMinimum").path("Default").asInt()).isEqualTo(10_000);
        assertThat(parameter("JobConcurrency").path("Default").asInt()).isEqualTo(10);
        assertThat(parameter("PayTo").has("Default")).isFalse();
        assertThat(parameter("EvmRpcUrl").has("Default")).isFalse();
        assertThat(parameter("Facilitator").path("Default").asText()).isEqualTo("onchain");
        assertThat(parameter("CoinbaseSecret").path("Default").asText("missing")).isEmpty();
        assertThat(parameter("EvmNetwork").path("Default").asText()).isEqualTo("base");
        assertThat(parameter("MarkupPercent").path("Default").asInt()).isEqualTo(20);
        assertThat(parameter("X402Versions").path("Default").asText()).isEqualTo("1,2");
        assertThat(parameter("MinHours").path("Default").asInt()).isEqualTo(24);
        assertThat(parameter("MaxHours").path("Default").asInt()).isEqualTo(4320);
        assertThat(parameter("ReadsPerMinute").path("Default").asInt()).isEqualTo(240);
        assertThat(parameter("WritesPerMinute").path("Default").asInt()).isEqualTo(60);
        assertThat(parameter("ProviderUrl").path("Default").asText()).isEqualTo("https://api.vultr.com/v2");
        assertThat(parameter("SettlementFeeCap").path("Default").asInt()).isEqualTo(1_000_000);
        assertThat(parameter("RefundSecret").path("Default").asText("missing")).isEmpty();
        assertThat(parameter("Permit2").path("Default").asText()).isEqualTo("off");
        assertThat(parameter("HashProofs").path("Default").asText()).isEqualTo("off");
        assertThat(List.of("InferenceUpstreams", "InferenceSecret")).allSatisfy(
                setting -> assertThat(parameter(setting).path("Default").asText("missing")).isEmpty());
        assertThat(parameter("SmartWalletFactories").path("Default").asText("missing")).isEmpty();
        assertThat(parameter("ReceiptSecret").path("Default").asText("missing")).isEmpty();
        assertThat(parameter("PublicUrl").path("Default").asText("missing")).isEmpty();
        assertThat(List.of("SolanaPayTo", "SolanaFeePayer", "SolanaRpcUrl", "SolanaSecret")).allSatisfy(
                setting -> assertThat(parameter(setting).path("Default").asText("missing")).isEmpty());
        assertThat(parameter("SolanaFeeCap").path("Default").asLong()).isEqualTo(FeeLimits.DEFAULT.lamports());
    }

    @Test
    void everySettingIsConstrained() {
        assertThat(TEMPLATE.parameters().properties()).allSatisfy(setting -> {
            if (setting.getValue().path("Type").asText().equals("Number")) {
                assertThat(setting.getValue().has("MinValue")).isTrue();
                assertThat(setting.getValue().has("MaxValue")).isTrue();
            } else {
                assertThat(setting.getValue().has("AllowedPattern") || setting.getValue().has("AllowedValues"))
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"PayTo,0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "EvmRpcUrl,https://mainnet.base.org",
        "EvmRpcUrl,http://127.0.0.1:8545", "ProviderUrl,http://localhost:4021/v2", "Facilitator,onchain",
        "Facilitator,https://x402.org/facilitator", "Facilitator,coinbase",
        "Facilitator,'https://x402.org/facilitator,http://127.0.0.1:4030,coinbase,onchain'",
        "CoinbaseSecret,''", "CoinbaseSecret,arn:aws:secretsmanager:us-east-1:123456789012:secret:coinbase-AbCdEf",
        "PublicUrl,''", "PublicUrl,https://compute.example",
        "RefundSecret,''", "SmartWalletFactories,''",
        "SmartWalletFactories,'0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266,0x70997970C51812dc3A010C7d01b50e0d17dc79C8'",
        "ReceiptSecret,''",
        "ReceiptSecret,arn:aws:secretsmanager:us-east-1:123456789012:secret:receipts-AbCdEf",
        "RefundSecret,arn:aws:secretsmanager:us-east-1:123456789012:secret:refund-wallet-AbCdEf",
        "SolanaPayTo,''", "SolanaPayTo,EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
        "SolanaRpcUrl,''", "SolanaRpcUrl,https://api.mainnet-beta.solana.com",
        "SolanaSecret,arn:aws:secretsmanager:us-east-1:123456789012:secret:solana-AbCdEf",
        "FacilitatorRecipients,''",
        "FacilitatorRecipients,'0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266,EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'",
        "AlarmEmail,''", "AlarmEmail,on-call@compute.example"})
    void acceptsWhatAnOperatorWouldSet(String setting, String value) {
        assertThat(value).matches(parameter(setting).path("AllowedPattern").asText());
    }

    @ParameterizedTest
    @CsvSource({"PayTo,f39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "PayTo,0xf39F", "PayTo,''",
        "EvmRpcUrl,http://node.example:8545", "EvmRpcUrl,https://node.example/?key=k",
        "EvmRpcUrl,''", "SmartWalletFactories,0xf39F", "SmartWalletFactories,'0x,'",
        "ProviderUrl,http://localhost.example/v2",
        "SolanaPayTo,0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "SolanaFeePayer,l0OI", "SolanaRpcUrl,solana",
        "SolanaSecret,solana", "Facilitator,chain", "Facilitator,''", "Facilitator,'onchain,'",
        "Facilitator,'onchain, coinbase'", "Facilitator,'onchain,http://facilitator.example'",
        "CoinbaseSecret,coinbase",
        "PublicUrl,compute.example", "RefundSecret,refund-wallet",
        "ReceiptSecret,receipts",
        "RefundSecret,arn:aws:secretsmanager:us-east-1:123456789012:secret:*", "AlarmEmail,me",
        "FacilitatorRecipients,me", "AlarmEmail,a@b@c"})
    void refusesWhatWouldFailLater(String setting, String value) {
        assertThat(value).doesNotMatch(parameter(setting).path("AllowedPattern").asText());
    }

    @Test
    void outputsNameWhatTheOperatorNeedsNext() {
        assertThat(TEMPLATE.outputs().propertyStream()).extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("ApiUrl", "EventBusName", "ProviderSecret", "SettlementSecret",
                        "AlarmTopicArn", "InstancesTableName", "PaymentsTableName", "CreditsTableName",
                        "UndeliveredTicksUrl");
    }

    private static JsonNode parameter(String name) {
        return TEMPLATE.parameters().path(name);
    }
}
