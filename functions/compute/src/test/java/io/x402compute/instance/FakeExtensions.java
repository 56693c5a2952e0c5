package io.x402compute.instance;

import java.util.ArrayList;
import java.util.List;

import io.x402compute.x402.protocol.Usdc;

/** Sells time at a price that a test can change, to owners who have enough until it says otherwise. */
public final class FakeExtensions implements LeaseExtensions {
    private final List<AnnouncedExtension> orders = new ArrayList<>();
    private Usdc hourly = new Usdc(70_800);
    private boolean covered = true;
    private boolean sold = true;
    private Progress progress = new Progress.Underway();

    void price(Usdc next) {
        hourly = next;
    }

    void covered(boolean next) {
        covered = next;
    }

    void sold(boolean next) {
        sold = next;
    }

    /** What becomes of orders from now on. */
    void progress(Progress next) {
        progress = next;
    }

    /** As often as they were placed. */
    List<AnnouncedExtension> orders() {
        return orders;
    }

    @Override
    public Offer offer(Instance instance, int hours) {
        return sold ? new Offer.Priced(hourly.times(hours), covered) : new Offer.NotSold();
    }

    @Override
    public Progress order(Instance instance, AnnouncedExtension extension) {
        orders.add(extension);
        return progress;
    }
}
