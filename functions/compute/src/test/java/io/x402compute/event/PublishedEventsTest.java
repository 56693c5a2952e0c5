package io.x402compute.event;

import static io.x402compute.instance.InstanceState.ACTIVE;
import static io.x402compute.instance.InstanceState.DESTROYED;
import static io.x402compute.instance.InstanceState.EXPIRED;
import static io.x402compute.instance.InstanceState.FAILED;
import static io.x402compute.instance.InstanceState.PROVISIONING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.http.Json;
import io.x402compute.instance.Instance;
import io.x402compute.instance.OperationKind;
import io.x402compute.instance.OperationPhase;
import io.x402compute.instance.OrphanEvents;
import io.x402compute.instance.PaidSegment;
import io.x402compute.instance.Rentals;
import io.x402compute.payment.Claim;
import io.x402compute.payment.Claims;
import io.x402compute.payment.PaymentState;
import io.x402compute.payment.Remedy;
import io.x402compute.x402.protocol.Usdc;

/** What we put on the bus against the schemas that consumers are given. */
class PublishedEventsTest {
    private static final Path SCHEMAS = Path.of("..", "..", "events", "published");

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyEvent")
    void eventIsWhatItsSchemaSays(DomainEvent event) throws IOException {
        assertThat(violations(event.type(), event.published())).isEmpty();
    }

    /** Format assertions are an option of the validator: were they off, half of a schema would say nothing. */
    @Test
    void timeThatIsNoneIsNoticed() throws IOException {
        DomainEvent event = everyEvent().findFirst().orElseThrow();
        String broken = event.published().replace(event.time().toString(), "yesterday");

        assertThat(violations(event.type(), broken)).singleElement().asString().contains("time");
    }

    @Test
    void eachSchemaIsThatOfAnEventAndEachEventHasOne() throws IOException {
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(everyEvent().map(DomainEvent::type).distinct().toList());
        }
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void eventTellsNothingThatCouldBeUsed(DomainEvent event) {
        assertThat(event.published()).doesNotContain(Claims.SIGNATURE, Claims.HANDLE.signedTransaction(),
                Rentals.SPEC.sshPublicKey().orElseThrow());
        assertThat(Json.readOwn(event.published()).fieldNames()).toIterable()
                .noneMatch(name -> name.contains("signature") || name.contains("payload") || name.contains("password"));
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void eventIsTheSameAfterItWasStored(DomainEvent event) {
        assertThat(DomainEvent.ofStored(event.stored()).published()).isEqualTo(event.published());
    }

    /** From every arrow that causes one. */
    static Stream<DomainEvent> everyEvent() {
        Instance active = Rentals.in(ACTIVE);
        PaidSegment day = PaidSegment.ofHours(UUID.randomUUID().toString(), 24, new Usdc(70_800));
        Stream<List<DomainEvent>> machines = Stream.of(
                active,
                active.published().extended(day, Rentals.NOW),
                Rentals.in(PROVISIONING).neverCreated("no_capacity", Rentals.NOW),
                Rentals.in(PROVISIONING).terminating(FAILED, "boot_timeout", Rentals.NOW),
                Rentals.operating(OperationKind.RESIZE, OperationPhase.ACCEPTED),
                Rentals.operating(OperationKind.STOP, OperationPhase.DONE),
                active.published().terminating(DESTROYED, "owner_request", Rentals.NOW),
                active.published().warned(Rentals.NOW),
                Rentals.autoExtending(),
                Rentals.autoExtendFailed(),
                active.published().vanished(Rentals.NOW, Rentals.NOW),
                active.published().terminating(EXPIRED, "lease_over", Rentals.NOW)).map(Instance::pendingEvents);
        Stream<List<DomainEvent>> payments = Stream.of(
                Claims.in(PaymentState.SETTLED),
                Claims.in(PaymentState.SETTLE_REFUSED).settledTooLate(Claims.TRANSACTION, Remedy.CREDIT, Claims.NOW),
                Claims.in(PaymentState.REFUNDED),
                Claims.in(PaymentState.REFUND_DUE).published().credited(Claims.NOW)).map(Claim::pendingEvents);
        return Stream.concat(Stream.concat(machines, payments).map(List::getLast), OrphanEvents.all());
    }

    private static List<String> violations(String type, String json) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(SCHEMAS.resolve(type + ".json")));
        return schema.validate(json, InputFormat.JSON,
                context -> context.getExecutionConfig().setFormatAssertionsEnabled(true)).stream()
                .map(Object::toString).toList();
    }
}
