package io.x402compute.instance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.store.Companion;
import io.x402compute.x402.protocol.Wallet;

/** Where instances are kept. Every write is conditional; there is no delete. */
public interface InstanceStore {

    /** Strongly consistent. */
    Optional<Instance> find(InstanceId id);

    /**
     * Adds a new instance.
     *
     * @return false when it is there already
     */
    boolean insert(Instance fresh);

    /**
     * Writes the next state of an instance.
     *
     * @return false when somebody else has written since: read again, do nothing outside
     */
    boolean save(Instance next);

    /**
     * As {@link #save(Instance)}, together with something else: both or neither. A store in memory has nothing to write it to.
     *
     * @throws RuntimeException that of the companion, when that is what cannot be written
     */
    default boolean save(Instance next, Companion companion) {
        if (!companion.isNobody()) {
            throw new UnsupportedOperationException("there is no other table here");
        }
        return save(next);
    }

    /** A page of a wallet's instances, newest first. */
    Page<Instance> ownedBy(Wallet owner, PageRequest<Instance> wanted);

    /** Ids of instances whose time to be looked at has come, oldest first. */
    List<InstanceId> due(Instant now);

    /** Ids of all instances that are not closed, from an index: one of a moment ago may be missing. */
    List<InstanceId> unfinished();
}
