package io.x402compute.running;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An instant at which a function can die, named by what it is doing then: an order of the same kind comes by it in every run.
 *
 * @param call what it calls
 * @param occurrence which of the calls that are called so, from 1
 */
record KillPoint(String call, int occurrence, Moment moment) {

    /** Beside a call. */
    enum Moment {
        BEFORE_THE_EFFECT, AFTER_THE_EFFECT
    }

    /** All of a run that made those calls. Of a call that is repeated until its answer changes only the first is the same in every run. */
    static List<KillPoint> in(List<String> calls) {
        List<KillPoint> points = new ArrayList<>();
        Map<String, Integer> occurrences = new HashMap<>();
        String before = "";
        for (String call : calls) {
            int occurrence = occurrences.merge(call, 1, Integer::sum);
            if (!call.equals(before)) {
                for (Moment moment : Moment.values()) {
                    points.add(new KillPoint(call, occurrence, moment));
                }
            }
            before = call;
        }
        return points;
    }

    /** Whether what is called changes anything. */
    boolean isWrite() {
        return !call.matches(".*(:Get|:Query|evm eth_(?!sendRaw)|solana (?!send)|provider GET ).*");
    }

    @Override
    public String toString() {
        return "%s %s #%d".formatted(moment == Moment.BEFORE_THE_EFFECT ? "before" : "after", call, occurrence);
    }
}
