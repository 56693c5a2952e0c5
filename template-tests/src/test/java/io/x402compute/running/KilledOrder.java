package io.x402compute.running;

import java.util.ArrayList;
import java.util.List;

/**
 * An order during which the function that takes it dies.
 *
 * @param repeated whether its client then sends it again until it is answered; otherwise nobody ever asks for it again
 */
record KilledOrder(Kind kind, KillPoint point, boolean repeated) {

    /** What is ordered, from whom. */
    enum Kind {
        PROVISION("ProvisionInstance", 201), EXTEND("ExtendInstance", 200), RUN("RunInference", 200);

        private final String function;
        private final int answer;

        Kind(String function, int answer) {
            this.function = function;
            this.answer = answer;
        }

        /** The simple name of the handler. */
        String function() {
            return function;
        }

        /** The status of an order that was delivered. */
        int answer() {
            return answer;
        }
    }

    /** Every way in which an order that makes those calls can be killed. */
    static List<KilledOrder> all(Kind kind, List<String> calls) {
        List<KilledOrder> orders = new ArrayList<>();
        for (KillPoint point : KillPoint.in(calls)) {
            orders.add(new KilledOrder(kind, point, false));
            orders.add(new KilledOrder(kind, point, true));
        }
        return orders;
    }

    /** A few that differ most: after every third change that the order makes outside, by turns repeated and not. */
    static List<KilledOrder> spread(Kind kind, List<String> calls) {
        List<KillPoint> changes = KillPoint.in(calls).stream().filter(KillPoint::isWrite)
                .filter(point -> point.moment() == KillPoint.Moment.AFTER_THE_EFFECT).toList();
        List<KilledOrder> orders = new ArrayList<>();
        for (int i = 0; i < changes.size(); i += 3) {
            orders.add(new KilledOrder(kind, changes.get(i), orders.size() % 2 == 0));
        }
        return orders;
    }

    @Override
    public String toString() {
        return "%s %s, %s".formatted(kind.function(), point, repeated ? "then repeated" : "then forgotten");
    }
}
