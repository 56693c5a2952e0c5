package io.x402compute.x402.client;

import java.io.IOException;
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

/** What a {@link PayingClient} may be told beyond its first wallet and its limit for one payment. */
public final class PayingClientBuilder {
    Waiter waiter = Thread::sleep;
    int pendingQuestions = 10;

    private final Usdc perPayment;
    private Optional<Usdc> perDay = Optional.empty();
    private Journal journal = Journal.inMemory();
    private List<JournalEntry> past = List.of();
    private Optional<HttpClient> http = Optional.empty();
    private Clock clock = Clock.systemUTC();
    private RandomGenerator random = new SecureRandom();
    private Duration requestTimeout = Duration.ofMinutes(2);
    private Optional<EvmWallet> evm = Optional.empty();
    private Optional<SolanaWallet> solana = Optional.empty();
    private Optional<SolanaChain> chain = Optional.empty();

    PayingClientBuilder(Usdc perPayment) {
        this.perPayment = perPayment;
    }

    /**
     * The most that the payments of one UTC day may cost together. What was signed counts, taken or not: only the chain
     * could tell. Default: no limit.
     */
    public PayingClientBuilder perDay(Usdc limit) {
        this.perDay = Optional.of(limit);
        return this;
    }

    /**
     * Where payments are written down before they are sent. Default: {@link Journal#inMemory}.
     *
     * @param kept written by nobody else
     * @throws IOException when it cannot be read
     */
    public PayingClientBuilder journal(Journal kept) throws IOException {
        this.past = kept.entries();
        this.journal = kept;
        return this;
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

    /** A signer with the wallets of this client, for those who send payments themselves. */
    public OfferSigner signer() {
        List<Payer> payers = new ArrayList<>();
        evm.ifPresent(wallet -> payers.add(new EvmPayer(wallet, clock, random)));
        solana.ifPresent(wallet -> payers.add(new SolanaPayer(wallet, chain.orElseThrow(), random)));
        return new OfferSigner(List.copyOf(payers));
    }

    /** Default: one that connects within 10 seconds and follows no redirects, which could lead a payment elsewhere. */
    public PayingClientBuilder httpClient(HttpClient client) {
        this.http = Optional.of(client);
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

    /** How often a payment is sent again while its settlement is pending. Default: 10 times, then it is the caller's to go on. */
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
        HttpClient client = http
                .orElseGet(() -> HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build());
        return new PayingClient(this,
                new PaymentBook(journal, past, new SpendingLimits(perPayment, perDay), clock),
                new SellerCalls(client, requestTimeout));
    }
}
