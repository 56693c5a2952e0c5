package io.x402compute.inference;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/**
 * A run that somebody has ordered.
 *
 * @param owner who pays for it
 * @param result of one that is completed
 * @param cost of one that is completed: what it has used, never more than was estimated
 * @param failure why it failed, a machine code; empty while it has not
 * @param seen whether its result may be seen: it is paid
 * @param version of the row, 1 for a new job
 */
public record Job(
        JobId id,
        Wallet owner,
        RunRequest request,
        JobState state,
        Optional<ObjectNode> result,
        Optional<Usdc> cost,
        Optional<String> failure,
        boolean seen,
        Instant createdAt,
        long version) {}
