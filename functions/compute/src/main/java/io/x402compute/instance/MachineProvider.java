package io.x402compute.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where machines come from. No call is repeated behind the caller's back, and each can say that it does not know. */
public interface MachineProvider {

    /**
     * Orders a machine that carries the operation id and this deployment's tag.
     *
     * @param operationId by which it can be found if the answer is lost
     * @param access what lets its owner in
     * @param deadline when an answer is no longer waited for
     */
    Creation create(String operationId, MachineSpec spec, RootAccess access, Instant deadline);

    /** Every machine that was created under the operation id. */
    Search find(String operationId);

    Sighting look(String providerId);

    Deletion delete(String providerId);

    /**
     * Asks once for an operation. What it brings about shows later.
     *
     * @param deadline when an answer is no longer waited for
     */
    Execution execute(String providerId, Operation operation, Instant deadline);

    /** What became of an order. */
    sealed interface Creation {

        record Created(Machine machine) implements Creation {}

        /**
         * A definite no: nothing was created and nothing will be.
         *
         * @param text the provider's words, for the operator
         */
        record Refused(FailureReason reason, String text) implements Creation {}

        /** Not carried out, and worth asking again after a while. */
        record Deferred(Duration retryAfter) implements Creation {}

        /** Perhaps created: only a search can tell. */
        record Unknown(String why) implements Creation {}
    }

    /** The answer to a search. */
    sealed interface Search {

        /** Oldest first; empty if none shows now, which early on proves nothing: lists lag behind creation. */
        record Found(List<Machine> machines) implements Search {}

        record Unavailable(String why) implements Search {}
    }

    /** What one look shows. */
    sealed interface Sighting {

        record Present(Machine machine) implements Sighting {}

        /** Not there now, which right after creation proves nothing. */
        record Absent() implements Sighting {}

        record Unavailable(String why) implements Sighting {}
    }

    /** What became of an operation. */
    sealed interface Execution {

        /**
         * Carried out, or begun.
         *
         * @param action the provider's own number for it, where it told one
         */
        record Accepted(Optional<String> action) implements Execution {}

        /**
         * A definite no: nothing has changed.
         *
         * @param code for machines: {@code no_capacity}, {@code plan_refused}, {@code provider_refused} or {@code machine_missing}
         * @param text the provider's words, for the operator
         */
        record Refused(String code, String text) implements Execution {}

        /** Not carried out, and worth asking again after a while. */
        record Deferred(Duration retryAfter) implements Execution {}

        /** Perhaps carried out: only looking can tell, and not always. */
        record Unknown(String why) implements Execution {}
    }

    /** What became of a deletion. None of them proves that the machine is gone: only looking does. */
    sealed interface Deletion {

        record Accepted() implements Deletion {}

        /** It cannot be deleted yet, for example because it boots. */
        record Busy(String why) implements Deletion {}

        record Unavailable(String why) implements Deletion {}
    }
}
