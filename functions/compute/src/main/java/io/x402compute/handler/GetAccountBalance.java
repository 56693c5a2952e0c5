package io.x402compute.handler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.x402compute.access.CallKind;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.payment.CreditEntry;
import io.x402compute.payment.Credits;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** {@code GET /account/balance}: the caller's credit, in the words of those who know an account with a key. */
public final class GetAccountBalance extends WalletEndpoint {
    /** Whoever does more in a day has to count himself. */
    private static final int MOST_ENTRIES = 100;
    private static final Duration DAY = Duration.ofDays(1);

    private final Credits credits;
    private final Clock clock;

    public GetAccountBalance() {
        this(System.getenv());
    }

    public GetAccountBalance(Map<String, String> environment) {
        this(new Application(environment));
    }

    GetAccountBalance(Application application) {
        super(application, new AccessServices(application).authenticator()::require, CallKind.READS);
        credits = new PaymentServices(application).credits();
        clock = application.clock();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller) {
        return ApiResponse.ok(CreditJson.account(credits.balance(caller), spentOfLate(caller)));
    }

    /** In a day up to now; empty where there are too many entries to be counted in one reading. */
    private Optional<Usdc> spentOfLate(Wallet caller) {
        Instant since = clock.instant().minus(DAY);
        Page<CreditEntry> newest = credits.entries(caller, PageRequest.newest(MOST_ENTRIES));
        boolean whole = newest.next().filter(place -> !place.createdAt().isBefore(since)).isEmpty();
        return whole
                ? Optional.of(newest.rows().stream()
                        .filter(entry -> entry.kind() == CreditEntry.Kind.SPENT && !entry.createdAt().isBefore(since))
                        .map(CreditEntry::amount).reduce(Usdc.ZERO, Usdc::plus))
                : Optional.empty();
    }

    @Override
    protected void prime() {
        rehearse(new GetAccountBalance(application().rehearsal()), "GET", RehearsedRequests.LIST,
                RehearsedRequests.SIGNED, "");
    }
}
