package io.x402compute.inference;

/**
 * What is kept beside a job's row.
 *
 * @param field of the result that it stands for; empty for the result itself, where that is too long for the row
 * @param mediaType as of an HTTP answer
 * @param length in bytes
 * @param attempt that brought it: a later one writes elsewhere
 */
public record KeptAttachment(String field, String mediaType, int length, int attempt) {

    boolean isResult() {
        return field.isEmpty();
    }
}
