package io.x402compute.cli.command;

/** The id of a machine, an order or a key, as it stands in a path. */
record Id(String text) {

    /** The machine of that id. */
    String machine() {
        return "/compute/instances/" + text;
    }

    @Override
    public String toString() {
        return text;
    }
}
