package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.x402.protocol.Network;

class SettingsTest {

    @Test
    void defaultsAreTheDocumentedOnes() {
        Settings settings = new Settings(Map.of());

        assertThat(settings.markupPercent()).isEqualTo(20);
        assertThat(settings.minHours()).isEqualTo(24);
        assertThat(settings.maxHours()).isEqualTo(4320);
        assertThat(settings.x402Versions()).containsExactlyInAnyOrder(1, 2);
        assertThat(settings.evmNetwork()).isEqualTo(Network.BASE);
        assertThat(settings.providerUrl()).isEqualTo(URI.create("https://api.vultr.com/v2"));
        assertThat(settings.publicUrl()).isEmpty();
        assertThat(settings.readsPerMinute()).isEqualTo(240);
        assertThat(settings.writesPerMinute()).isEqualTo(60);
        assertThat(settings.offersPermit2()).isFalse();
        assertThat(settings.smartWalletFactories().addresses()).isEmpty();
    }

    @Test
    void everyVariableIsReadUnderItsName() {
        Settings settings = new Settings(Map.ofEntries(Map.entry("INSTANCES_TABLE", "i"),
                Map.entry("PAYMENTS_TABLE", "p"),
                Map.entry("CREDITS_TABLE", "c"), Map.entry("NONCES_TABLE", "n"), Map.entry("CATALOG_TABLE", "k"),
                Map.entry("EVENT_BUS", "b"), Map.entry("PROVIDER_SECRET", "ps"), Map.entry("SETTLEMENT_SECRET", "ss"),
                Map.entry("PROVIDER_URL", "http://localhost:4021/v2/"), Map.entry("FACILITATOR", "onchain"),
                Map.entry("EVM_NETWORK", "base-sepolia"), Map.entry("EVM_RPC_URL", "http://localhost:8545"),
                Map.entry("PAY_TO", "0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF"), Map.entry("X402_VERSIONS", "2"),
                Map.entry("MARKUP_PERCENT", "0"), Map.entry("MIN_HOURS", "1"), Map.entry("MAX_HOURS", "48"),
                Map.entry("API_KEYS_TABLE", "a"), Map.entry("PEPPER_SECRET", "pp"),
                Map.entry("READS_PER_MINUTE", "7"), Map.entry("WRITES_PER_MINUTE", "3"),
                Map.entry("SOLANA_PAY_TO", "7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU"),
                Map.entry("SOLANA_FEE_PAYER", "9C6hybhQ6Aycep9jaUnP6uL9ZYvDjUp1aSkFWPUFJtpj"),
                Map.entry("SOLANA_RPC_URL", "http://localhost:8899"), Map.entry("SOLANA_SECRET", "sol"),
                Map.entry("SOLANA_FEE_CAP", "5"), Map.entry("PERMIT2", "on"),
                Map.entry("SMART_WALLET_FACTORIES", "0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF,0x"
                        + "0a".repeat(20)),
                Map.entry("PUBLIC_URL", "https://compute.example/")));

        assertThat(List.of(settings.instancesTable(), settings.paymentsTable(), settings.creditsTable(),
                settings.noncesTable(), settings.catalogTable(), settings.eventBus(), settings.providerSecret(),
                settings.settlementSecret(), settings.apiKeysTable(), settings.pepperSecret()))
                .containsExactly("i", "p", "c", "n", "k", "b", "ps", "ss", "a", "pp");
        assertThat(settings.providerUrl()).isEqualTo(URI.create("http://localhost:4021/v2"));
        assertThat(settings.facilitators()).containsExactly("onchain");
        assertThat(settings.evmNetwork()).isEqualTo(Network.BASE_SEPOLIA);
        assertThat(settings.evmRpcUrl()).isEqualTo(URI.create("http://localhost:8545"));
        assertThat(settings.payTo()).isEqualTo("0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF");
        assertThat(settings.x402Versions()).containsExactly(2);
        assertThat(settings.markupPercent()).isZero();
        assertThat(settings.minHours()).isEqualTo(1);
        assertThat(settings.maxHours()).isEqualTo(48);
        assertThat(settings.readsPerMinute()).isEqualTo(7);
        assertThat(settings.writesPerMinute()).isEqualTo(3);
        assertThat(settings.publicUrl()).isEqualTo("https://compute.example");
        assertThat(settings.offersSolana()).isTrue();
        assertThat(settings.solanaPayTo()).isEqualTo("7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU");
        assertThat(settings.solanaFeePayer()).isEqualTo("9C6hybhQ6Aycep9jaUnP6uL9ZYvDjUp1aSkFWPUFJtpj");
        assertThat(settings.solanaRpcUrl()).isEqualTo(URI.create("http://localhost:8899"));
        assertThat(settings.solanaSecret()).isEqualTo("sol");
        assertThat(settings.solanaFeeLimits().lamports()).isEqualTo(5);
        assertThat(settings.offersPermit2()).isTrue();
        assertThat(settings.smartWalletFactories().addresses())
                .containsExactlyInAnyOrder("0x2b5ad5c4795c026514f8317c7a215e218dccd6cf", "0x" + "0a".repeat(20));
    }

    @Test
    void realMoneyAndTestMoneyAreNeverTakenTogether() {
        assertThat(new Settings(Map.of("EVM_NETWORK", "base")).solanaNetwork()).isEqualTo(Network.SOLANA);
        assertThat(new Settings(Map.of("EVM_NETWORK", "base-sepolia")).solanaNetwork())
                .isEqualTo(Network.SOLANA_DEVNET);
    }

    @Test
    void solanaIsNotOfferedUnlessItIsConfiguredAndSettledByTheOperator() {
        String address = "7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU";

        assertThat(new Settings(Map.of("FACILITATOR", "onchain")).offersSolana()).isFalse();
        assertThat(new Settings(Map.of("FACILITATOR", "https://x402.org/facilitator", "SOLANA_PAY_TO", address))
                .offersSolana()).isFalse();
        assertThat(new Settings(Map.of("FACILITATOR", "https://x402.org/facilitator,onchain", "SOLANA_PAY_TO", address))
                .offersSolana()).isTrue();
    }

    @Test
    void facilitatorsAreInTheirOrderAndGoByTheSameNameHoweverItIsSpelt() {
        assertThat(new Settings(Map.of("FACILITATOR", "https://x402.org/facilitator/, onchain,http://localhost:4030"))
                .facilitators())
                .containsExactly("https://x402.org/facilitator", "onchain", "http://localhost:4030");
    }

    @Test
    void coinbaseTakesAKey() {
        assertThat(new Settings(Map.of("FACILITATOR", "coinbase", "COINBASE_SECRET", "c")).coinbaseSecret())
                .isEqualTo("c");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(Map.of("FACILITATOR", "onchain,coinbase")).coinbaseSecret())
                .withMessage("COINBASE_SECRET is not set, and FACILITATOR names coinbase");
    }

    @ParameterizedTest
    @CsvSource({"SOLANA_PAY_TO, 0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF", "SOLANA_FEE_PAYER, l0OI",
        "PERMIT2, yes",
        "FACILITATOR, chain", "FACILITATOR, 'onchain,'", "FACILITATOR, 'onchain,onchain'",
        "FACILITATOR, 'coinbase;onchain'",
        "FACILITATOR, 'https://x402.org/facilitator,https://x402.org/facilitator/'",
        "SMART_WALLET_FACTORIES, 0x12", "SMART_WALLET_FACTORIES, 'none'", "SOLANA_FEE_CAP, -1",
        "SOLANA_FEE_CAP, 10000001", "MARKUP_PERCENT, -1", "MARKUP_PERCENT, 1001",
        "MARKUP_PERCENT, 12.5", "MARKUP_PERCENT, many",
        "READS_PER_MINUTE, 0", "WRITES_PER_MINUTE, 100001", "MIN_HOURS, 0", "MIN_HOURS, 4321", "MAX_HOURS, 23",
        "MAX_HOURS, 8761", "MAX_HOURS, 99999999999",
        "X402_VERSIONS, 3", "X402_VERSIONS, '1,'", "EVM_NETWORK, solana", "EVM_NETWORK, ethereum",
        "PROVIDER_URL, ftp://x", "PROVIDER_URL, nowhere", "PUBLIC_URL, compute.example", "PAY_TO, 0x12"})
    void wrongValueIsRefusedAtOnceByItsName(String name, String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Settings(Map.of(name, value))).withMessageContaining(
                name.equals("MAX_HOURS") ? "HOURS" : name);
    }

    @Test
    void absentVariableIsRefusedWhenItIsNeeded() {
        Settings settings = new Settings(Map.of("CATALOG_TABLE", ""));

        for (Function<Settings, ?> needed : List.<Function<Settings, ?>>of(Settings::catalogTable, Settings::payTo,
                Settings::facilitators, Settings::evmRpcUrl, Settings::providerSecret)) {
            assertThatIllegalStateException().isThrownBy(() -> needed.apply(settings))
                    .withMessageEndingWith("is not set");
        }
    }
}
