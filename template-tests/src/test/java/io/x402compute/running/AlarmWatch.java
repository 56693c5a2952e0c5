package io.x402compute.running;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.x402compute.local.alarm.AlarmState;

/** Lets time pass as the schedules see it, and says which alarms are raised then. */
final class AlarmWatch {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Often enough for none to be called silent; the catalogue, which takes seconds to read, no more often than that. */
    private static final Map<String, Integer> MINUTES_BETWEEN = Map.of("ExpireInstances", 1, "ResumeOrders", 1,
            "WatchAccounts", 5, "ReconcileProvider", 10, "RefreshCatalog", 10, "RefreshModels", 10);

    private final RunningCloud running;
    private String silenced = "";
    private int minute;

    AlarmWatch(RunningCloud running) {
        this.running = running;
    }

    static Set<String> schedules() {
        return MINUTES_BETWEEN.keySet();
    }

    /** From now on that schedule does not run; none of that name: all do. */
    void silence(String schedule) {
        silenced = schedule;
    }

    /** Minute by minute, with the schedules of each. */
    void minutes(int count) {
        for (int i = 0; i < count; i++) {
            running.pass(MINUTE);
            minute++;
            MINUTES_BETWEEN.forEach((schedule, period) -> {
                if (minute % period == 0 && !schedule.equals(silenced)) {
                    running.cloud().fire(schedule);
                }
            });
            running.cloud().alarms();
        }
    }

    List<String> firing() {
        return running.cloud().alarms().stream().filter(AlarmState::firing).map(AlarmState::name).toList();
    }
}
