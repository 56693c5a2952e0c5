package io.x402compute.x402.client;

import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Usdc;

/** What a {@link PayingClient} may be told beyond its wallet and limit. */
public final class PayingClientBuilder {
    final EvmWallet wallet;
    final Usdc limit;
    HttpClient http;
    Clock clock = Clock.systemUTC();
    RandomGenerator random = new SecureRandom();
    Waiter waiter = Thread::sleep;
    int pendingQuestions = 10;
    Duration requestTimeout = Duration.ofMinutes(2);

    PayingClientBuilder(EvmWallet wallet, Usdc limit) {
        this.wallet = wallet;
        this.limit = limit;
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
