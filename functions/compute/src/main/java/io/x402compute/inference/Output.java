package io.x402compute.inference;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a run has brought.
 *
 * @param fields the service's well-known keys, {@code text}, {@code url}, {@code choices} and so on
 * @param attachments bytes that some of the fields stand for
 */
public record Output(ObjectNode fields, List<Attachment> attachments) {

    public Output {
        attachments = List.copyOf(attachments);
    }
}
