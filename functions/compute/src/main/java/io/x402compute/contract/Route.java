package io.x402compute.contract;

/**
 * One operation of the API.
 *
 * @param id its name, which is that of its function but for the first letter
 * @param method upper case
 * @param path with each parameter in braces
 * @param summary for people, in a line
 * @param isPaid whether it sells something, and so answers 402
 */
public record Route(String id, String method, String path, String summary, boolean isPaid) {

    /** As API Gateway names it. */
    public String key() {
        return method + " " + path;
    }

    /** Whether everybody calls it by the same path. */
    public boolean isOnePath() {
        return path.indexOf('{') < 0;
    }
}
