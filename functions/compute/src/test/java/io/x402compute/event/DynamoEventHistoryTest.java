package io.x402compute.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.Json;
import io.x402compute.instance.DynamoInstanceStore;
import io.x402compute.instance.Rentals;
import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.store.LocalAws;

class DynamoEventHistoryTest {
    private static final Instant NOW = Rentals.NOW;
    private static final String SUBJECT = "5f0c7d5e-3c7b-4c7e-9a51-7d1f0a2b3c4d";

    @RegisterExtension
    final LocalAws aws = new LocalAws();

    @Test
    void anEventIsKeptOnceHoweverOftenItIsPublished() {
        KeptEvents events = new KeptEvents(all -> true, history());
        events.publish(List.of(event("one", NOW)));
        events.publish(List.of(event("one", NOW), event("two", NOW.plusSeconds(1))));

        assertThat(ids(page(List.of(), PageRequest.newest(10)))).containsExactly("two", "one");
    }

    @Test
    void whatTheBusDidNotTakeIsNotKeptYet() {
        assertThat(new KeptEvents(all -> false, history()).publish(List.of(event("one", NOW)))).isFalse();

        assertThat(ids(page(List.of(), PageRequest.newest(10)))).isEmpty();
    }

    /** All of one moment, some published, some pending, some both; and some published while the pages are read. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void pagesHaveEveryEventOnceNewestFirst(int limit) {
        List<DomainEvent> pending = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            DomainEvent event = event("event-" + number, NOW.plusMillis(number / 4));
            all.add(event.id());
            if (number % 3 != 0) {
                pending.add(event);
            }
            if (number % 3 != 1) {
                history().keep(event);
            }
        }

        List<DomainEvent> read = new ArrayList<>();
        Page<DomainEvent> page = page(pending, PageRequest.newest(limit));
        read.addAll(page.rows());
        while (page.next().isPresent()) {
            if (!pending.isEmpty()) {
                history().keep(pending.removeFirst());
            }
            page = page(pending, PageRequest.<DomainEvent>newest(limit).after(page.next().get()));
            read.addAll(page.rows());
        }

        assertThat(ids(read)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(read).isSortedAccordingTo((one, other) -> other.time().compareTo(one.time()));
    }

    @Test
    void eachSubjectHasItsOwnAndNoInstanceIsAmongThem() {
        history().keep(event("one", NOW));
        history().keep(new DomainEvent("other", "InstanceExpired", NOW,
                Json.object().put("subject_id", "0a4f1c68-8f0e-4f6b-b6a3-2d9f4f1f7e11")));
        history().keep(new DomainEvent("nobody's", "ReconciliationHalted", NOW, Json.object()));
        DynamoInstanceStore instances = new DynamoInstanceStore(aws.table("instances"));

        assertThat(ids(page(List.of(), PageRequest.newest(10)))).containsExactly("one");
        assertThat(instances.ownedBy(Rentals.OWNER, PageRequest.newest(10)).rows()).isEmpty();
        assertThat(instances.unfinished()).isEmpty();
    }

    private EventHistory history() {
        return new DynamoEventHistory(aws.table("instances"));
    }

    private Page<DomainEvent> page(List<DomainEvent> pending, PageRequest<DomainEvent> wanted) {
        return history().of(SUBJECT, pending, wanted);
    }

    private static List<String> ids(Page<DomainEvent> page) {
        return ids(page.rows());
    }

    private static List<String> ids(List<DomainEvent> events) {
        return events.stream().map(DomainEvent::id).toList();
    }

    private static DomainEvent event(String id, Instant time) {
        return new DomainEvent(id, "InstanceExtended", time, Json.object().put("instance_id", SUBJECT));
    }
}
