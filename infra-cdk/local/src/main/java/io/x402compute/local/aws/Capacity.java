package io.x402compute.local.aws;

/**
 * What DynamoDB charges for, on demand.
 *
 * @param read units: 4 KB read strongly consistently, or 8 KB eventually
 * @param write units: 1 KB written to a table or to one index
 */
public record Capacity(double read, double write) {
    public static final Capacity NONE = new Capacity(0, 0);

    public Capacity plus(Capacity more) {
        return new Capacity(read + more.read, write + more.write);
    }

    public Capacity minus(Capacity less) {
        return new Capacity(read - less.read, write - less.write);
    }
}
