package io.x402compute.inference.tariff;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.x402compute.http.ApiException;
import io.x402compute.inference.Estimate;
import io.x402compute.inference.Meter;
import io.x402compute.inference.MostUsed;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.RunRequests;
import io.x402compute.inference.Service;
import io.x402compute.inference.Services;
import io.x402compute.inference.Tariff;
import io.x402compute.inference.Usage;
import io.x402compute.inference.model.Choice;
import io.x402compute.inference.model.Choices;
import io.x402compute.x402.protocol.Usdc;

/**
 * What runs cost, in whole micro-USDC. Before a run it is the price of the most that its input allows it to use; afterwards, where it is metered, of what
 * it has used. Wherever upstreams tell what they charge, neither is ever less than the dearest of those who may serve it would cost the operator,
 * with his markup on it.
 */
public final class Estimates implements Tariff {
    /** As long as somebody may take to pay what he was asked. */
    private static final Duration HONOURED = Duration.ofMinutes(10);
    private static final BigDecimal PERCENT = new BigDecimal("0.01");

    private final Services services;
    private final Choices choices;
    private final BigDecimal markup;
    private final Clock clock;

    /** @param markupPercent on what upstreams charge the operator */
    public Estimates(Services services, Choices choices, int markupPercent, Clock clock) {
        this.services = services;
        this.choices = choices;
        this.markup = BigDecimal.valueOf(100L + markupPercent).multiply(PERCENT);
        this.clock = clock;
    }

    @Override
    public Estimate estimate(RunRequest request) {
        Service service = services.of(request);
        requireServed(service, request);
        return quote(request);
    }

    /** The same for whoever only wants to know, whether or not it can be run here. */
    public Estimate quote(RunRequest request) {
        Service service = services.of(request);
        Usage most = MostUsed.of(service, request.input());
        Instant now = clock.instant();
        List<Usdc> honoured = Stream.of(now, now.minus(HONOURED)).map(at -> price(service, request, most, at))
                .distinct().toList();
        return new Estimate(honoured.getFirst(), service.price().metered(), honoured);
    }

    @Override
    public Usdc cost(RunRequest request, Usage usage) {
        Service service = services.of(request);
        Usage most = MostUsed.of(service, request.input());
        return price(service, request, service.price().metered() ? least(usage, most) : most, clock.instant());
    }

    /** Whether anybody can run it here. */
    public boolean isServed(Service service) {
        return !choices.all(service, clock.instant()).isEmpty();
    }

    /**
     * The cheapest run there is, for somebody who has not said what to buy.
     *
     * @throws ApiException 503 {@code service_unavailable} when there is none
     */
    public RunRequest cheapest(RunRequests requests) {
        return services.all().stream().filter(this::isServed).map(requests::example)
                .min(Comparator.comparing(request -> quote(request).ceiling()))
                .orElseThrow(() -> unavailable("Nothing can be run here: no upstream is configured"));
    }

    private void requireServed(Service service, RunRequest request) {
        if (!choices.of(service, request.input(), request.priority(), clock.instant()).isEmpty()) {
            return;
        }
        if (isServed(service)) {
            throw ApiException.invalidField("input.model", "is none that " + service.key() + " has here");
        }
        throw unavailable("No upstream is configured for " + service.key());
    }

    private static ApiException unavailable(String message) {
        return new ApiException(503, "service_unavailable", message).retryAfter(Duration.ofHours(1));
    }

    private Usdc price(Service service, RunRequest request, Usage usage, Instant at) {
        Usdc ours = service.price().of(usage);
        return choices.of(service, request.input(), request.priority(), at).stream()
                .map(choice -> charged(choice, usage))
                .flatMap(Optional::stream).reduce(ours, (a, b) -> a.compareTo(b) < 0 ? b : a);
    }

    private Optional<Usdc> charged(Choice choice, Usage usage) {
        return choice.model().price().map(price -> Usdc.roundedUp(price.of(usage).multiply(markup)));
    }

    private static Usage least(Usage one, Usage other) {
        Map<Meter, Long> amounts = new EnumMap<>(Meter.class);
        one.amounts().forEach((meter, amount) -> amounts.put(meter, Math.min(amount, other.of(meter))));
        return new Usage(amounts);
    }
}
