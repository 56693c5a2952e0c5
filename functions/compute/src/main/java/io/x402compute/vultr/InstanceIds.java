package io.x402compute.vultr;

import java.util.regex.Pattern;

/** Ids that may stand in a path: on a wrong path the provider answers 404 too, which would read as "the machine is gone". */
final class InstanceIds {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9-]+");

    private InstanceIds() {}

    static boolean valid(String id) {
        return VALID.matcher(id).matches();
    }

    static String checked(String id) {
        if (!valid(id)) {
            throw new IllegalArgumentException("not a provider id: " + id);
        }
        return id;
    }
}
