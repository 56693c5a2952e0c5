package io.x402compute.x402.client;

import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.solana.SolanaChain;
import io.x402compute.x402.solana.SolanaWallet;

/** What a {@link PayingClient} may be told beyond its first wallet and its limit. */
public final class PayingClientBuilder {
    final Usdc limit;
    HttpClient http;
    Clock clock = Clock.systemUTC();
    RandomGenerator random = new SecureRandom();
    Waiter waiter = Thread::sleep;
    int pendingQuestions = 10;
    Duration requestTimeout = Duration.ofMinutes(2);

    private Optional<EvmWallet> evm = Optional.empty();
    private Optional<SolanaWallet> solana = Optional.empty();
    private Optional<SolanaChain> chain = Optional.empty();

    PayingClientBuilder(Usdc limit) {
        this.limit = limit;
    }

    /** Pays from this wallet too. Of what each can pay, the cheapest is paid. */
    public PayingClientBuilder evm(EvmWallet wallet) {
        this.evm = Optional.of(wallet);
        return this;
    }

    /**
     * Pays from this wallet too. Of what each can pay, the cheapest is paid.
     *
     * @param node asked for a recent blockhash where an offer has none
     */
    public PayingClientBuilder solana(SolanaWallet wallet, SolanaChain node) {
        this.solana = Optional.of(wallet);
        this.chain = Optional.of(node);
        return this;
    }

    List<Payer> payers() {
        List<Payer> payers = new ArrayList<>();
        evm.ifPresent(wallet -> payers.add(new EvmPayer(wallet, clock, random)));
        solana.ifPresent(wallet -> payers.add(new SolanaPayer(wallet, chain.orElseThrow(), random)));
        return List.copyOf(payers);
    }

    /** Default: one that connects within 10 seconds and follows no redirects, which could lead a payment elsewhere. */
    public PayingClientBuilder httpClient(HttpClient client) {
        this.http = client;
        return this;
    }

    /** Default: the system's. What is signed is valid from and until times read here. */
    public PayingClientBuilder clock(Clock source) {
        this.clock = source;
        return this;
    }

    /** Default: {@link SecureRandom}. A nonce that others can guess lets them block the payment. */
    public PayingClientBuilder random(RandomGenerator source) {
        this.random = source;
        return this;
    }

    /** Default: sleeps. */
    public PayingClientBuilder waiter(Waiter strategy) {
        this.waiter = strategy;
        return this;
    }

    /** How often a payment is sent again while its settlement is pending. Default: 10 times. */
    public PayingClientBuilder pendingQuestions(int times) {
        this.pendingQuestions = times;
        return this;
    }

    /** For requests that have no timeout of their own. Default: 2 minutes. */
    public PayingClientBuilder requestTimeout(Duration timeout) {
        this.requestTimeout = timeout;
        return this;
    }

    public PayingClient build() {
        if (http == null) {
            http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
        }
        return new PayingClient(this);
    }
}
