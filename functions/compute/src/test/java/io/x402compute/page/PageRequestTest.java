package io.x402compute.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PageRequestTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** However many rows share an instant, and whatever is left out: each once, in order, in as many pages as it takes. */
    @RepeatedTest(100)
    void pagesAddUpToTheList(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int limit = 1 + random.nextInt(100);
        int every = 1 + random.nextInt(4);
        List<Place> rows = random.ints(random.nextInt(300), 0, 6)
                .mapToObj(second -> new Place(NOW.plusSeconds(second), new UUID(random.nextLong(), random.nextLong())))
                .toList();
        Predicate<Place> wanted = place -> place.id().hashCode() % every == 0;
        PageRequest<Place> filtered = PageRequest.<Place>newest(limit).only(wanted);

        List<Place> all = new ArrayList<>();
        Page<Place> page = filtered.from(list(rows), Function.identity());
        all.addAll(page.rows());
        while (page.next().isPresent()) {
            page = filtered.after(page.next().get()).from(list(rows), Function.identity());
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.rows());
        }

        assertThat(all).containsExactlyElementsOf(
                list(rows).behind(Optional.empty(), Integer.MAX_VALUE).stream().filter(wanted).toList());
    }

    @Test
    void onePageIsOneReadingOfOneRowMore() {
        InMemoryRows<Place> rows = list(places(500));

        assertThat(PageRequest.<Place>newest(20).from(rows, Function.identity()).rows()).hasSize(20);

        assertThat(rows.readings()).isEqualTo(1);
        assertThat(rows.read()).isEqualTo(21);
    }

    @Test
    void aPageThatEndsWithTheListIsTheLast() {
        InMemoryRows<Place> rows = list(places(20));

        assertThat(PageRequest.<Place>newest(20).from(rows, Function.identity()).next()).isEmpty();
        assertThat(PageRequest.<Place>newest(19).from(rows, Function.identity()).next()).isPresent();
        assertThat(PageRequest.<Place>newest(20).from(list(List.of()), Function.identity()))
                .isEqualTo(new Page<>(List.of(), Optional.empty()));
    }

    @Test
    void aFilterThatNothingMeetsStopsAfterAThousandRowsAndGoesOnFromThere() {
        List<Place> places = places(1_500);
        InMemoryRows<Place> rows = list(places);
        PageRequest<Place> oldest = PageRequest.<Place>newest(5).only(places.getFirst()::equals);

        Page<Place> first = oldest.from(rows, Function.identity());

        assertThat(first.rows()).isEmpty();
        assertThat(first.next()).isPresent();
        assertThat(rows.readings()).isEqualTo(10);
        Page<Place> second = oldest.after(first.next().orElseThrow()).from(rows, Function.identity());
        assertThat(second).isEqualTo(new Page<>(List.of(places.getFirst()), Optional.empty()));
    }

    private static InMemoryRows<Place> list(List<Place> places) {
        return new InMemoryRows<>(places.stream(), Function.identity());
    }

    /** Oldest first. */
    private static List<Place> places(int count) {
        return IntStream.range(0, count).mapToObj(second -> new Place(NOW.plusSeconds(second), UUID.randomUUID()))
                .toList();
    }
}
