package io.x402compute.running;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * For half a minute ({@code -Dbadinput.seconds}) four clients send whatever comes to their mind. A failure names the seed and the
 * number of the request; {@code -Dbadinput.seed} and {@code -Dbadinput.first} begin there again.
 */
class RandomInputTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final int CLIENTS = 4;
    private static final int ROUND = 400;

    @Test
    void noRequestHoweverWrongIsAnsweredWith5xxOrChangesAnything() throws InterruptedException {
        long seed = Long.getLong("badinput.seed", new SecureRandom().nextInt());
        long number = Long.getLong("badinput.first", 0);
        long end = System.nanoTime() + SECONDS.toNanos(Long.getLong("badinput.seconds", 30));
        // Other classes may have moved the time: a stale catalogue would be a 503 of right.
        running.cloud().fire("RefreshCatalog");
        Crowd crowd = Crowd.gather(running);
        RandomRequests requests = new RandomRequests(seed, crowd);
        World before = running.world();
        int events = running.cloud().events().size();
        Map<Integer, Integer> statuses = new TreeMap<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            while (System.nanoTime() < end) {
                String round = "seed %d, requests from %d to %d".formatted(seed, number, number + ROUND - 1);
                List<Callable<RandomAnswer>> calls = LongStream.range(number, number + ROUND)
                        .<Callable<RandomAnswer>>mapToObj(
                                next -> () -> RandomAnswer.to(requests.bytes(next), crowd.api()))
                        .toList();
                List<Future<RandomAnswer>> answers = clients.invokeAll(calls);
                for (int i = 0; i < ROUND; i++) {
                    RandomAnswer answer = answers.get(i).resultNow();
                    answer.assertFit("seed %d, request %d".formatted(seed, number + i));
                    statuses.merge(answer.status(), 1, Integer::sum);
                }
                assertThat(running.world()).as(round).isEqualTo(before);
                assertThat(running.cloud().events()).as(round).hasSize(events);
                number += ROUND;
            }
        }
        System.out.println("Random requests: seed %d, answers by status %s".formatted(seed, statuses));
        assertThat(statuses).as("how far the requests get").containsKeys(200, 400, 401, 402, 403, 404, 409, 410, 431);
    }
}
