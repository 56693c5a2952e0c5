package io.x402compute.running;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.x402compute.local.LocalCloud;
import io.x402compute.local.outside.OutsideCalls;

/** Watches the calls of one function, the only one that runs, and kills it at a given one; without one it only takes notes. */
final class Killer implements OutsideCalls.Watch {
    private final LocalCloud cloud;
    private final String function;
    private final Optional<KillPoint> point;
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean struck;

    private Killer(LocalCloud cloud, String function, Optional<KillPoint> point) {
        this.cloud = cloud;
        this.function = function;
        this.point = point;
    }

    /**
     * Does what makes the function run, and kills it at that point.
     *
     * @return false when it never came there, as on a machine that is too busy to let it finish in time
     */
    static boolean kill(LocalCloud cloud, String function, KillPoint point, Runnable run) {
        Killer killer = new Killer(cloud, function, Optional.of(point));
        killer.watch(run);
        return killer.struck;
    }

    /** The calls that the function makes, in their order. */
    static List<String> calls(LocalCloud cloud, String function, Runnable run) {
        Killer killer = new Killer(cloud, function, Optional.empty());
        killer.watch(run);
        return List.copyOf(killer.calls);
    }

    @Override
    public <A> Optional<A> pass(String call, Supplier<A> effect) {
        if (struck) {
            // Sent by what is dead already.
            return Optional.empty();
        }
        calls.add(call);
        int occurrence = Collections.frequency(calls, call);
        if (point.filter(at -> at.call().equals(call) && at.occurrence() == occurrence).isEmpty()) {
            return Optional.of(effect.get());
        }
        if (point.get().moment() == KillPoint.Moment.AFTER_THE_EFFECT) {
            var _ = effect.get();
        }
        struck = true;
        cloud.kill(function);
        return Optional.empty();
    }

    private void watch(Runnable run) {
        try (var _ = cloud.outsideCalls().watchedBy(this)) {
            run.run();
        }
    }
}
