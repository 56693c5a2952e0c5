package io.x402compute.handler;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

import io.x402compute.x402.facilitator.CoinbaseAuthorization;
import io.x402compute.x402.facilitator.CoinbaseKey;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.FacilitatorAuthorization;
import io.x402compute.x402.facilitator.FacilitatorsByPreference;
import io.x402compute.x402.facilitator.OnchainFacilitator;
import io.x402compute.x402.facilitator.RemoteFacilitator;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.protocol.Resource;

/**
 * Who verifies and settles on the EVM network, in the operator's order. Each goes by the word that the setting has for it, also where it
 * is the only one: handles are stored under these names, and what was prepared today must find its facilitator in a longer list tomorrow.
 */
final class RankedFacilitators {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ONLY = Duration.ofSeconds(15);
    /** Of several, one that does not answer must leave time for another in the same request. */
    private static final Duration ONE_OF_SEVERAL = Duration.ofSeconds(8);

    private final Settings settings;
    private final Supplier<Supplier<CoinbaseKey>> coinbase;
    private final Clock clock;

    /** @param coinbase finds the key for Coinbase, asked for where that is one of them */
    RankedFacilitators(Settings settings, Supplier<Supplier<CoinbaseKey>> coinbase, Clock clock) {
        this.settings = settings;
        this.coinbase = coinbase;
        this.clock = clock;
    }

    /** @param own made where the operator's own key is one of them */
    Facilitator facilitator(Supplier<OnchainFacilitator> own) {
        SequencedMap<String, Facilitator> inOrder = new LinkedHashMap<>();
        for (String name : settings.facilitators()) {
            inOrder.put(name, switch (name) {
                case Settings.ONCHAIN -> own.get();
                case Settings.COINBASE -> remote(CoinbaseAuthorization.FACILITATOR,
                        new CoinbaseAuthorization(coinbase.get(), clock));
                default -> remote(URI.create(name), FacilitatorAuthorization.NONE);
            });
        }
        return new FacilitatorsByPreference(inOrder, this::theOnlyOneThen, clock);
    }

    private Facilitator remote(URI base, FacilitatorAuthorization authorization) {
        // The envelope must name something that is sold; an API without a name of its own has no better one to give.
        String url = settings.publicUrl().isEmpty() ? "https://x402compute" : settings.publicUrl();
        Resource sold = new Resource(url, "GPU compute", "application/json");
        Duration patience = settings.facilitators().size() == 1 ? ONLY : ONE_OF_SEVERAL;
        return new RemoteFacilitator(base, sold, CONNECT, patience, authorization, clock);
    }

    /** Handles from the time before names: what is signed is ours, anything else was for the one address that could be set. */
    private Optional<String> theOnlyOneThen(SettlementHandle unnamed) {
        return unnamed.signedTransaction().isEmpty()
                ? settings.facilitators().stream().filter(RankedFacilitators::isAddress).findFirst()
                : Optional.of(Settings.ONCHAIN);
    }

    private static boolean isAddress(String name) {
        return !name.equals(Settings.ONCHAIN) && !name.equals(Settings.COINBASE);
    }
}
