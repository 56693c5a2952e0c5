package io.x402compute.simulation.mutation;

/**
 * A fault, as a change of one text in one source file.
 *
 * @param name what the code does with it
 * @param file below the package {@code io.x402compute}
 * @param text that occurs once in it
 * @param instead of it
 * @param firstHistory where to begin to look for what it breaks
 */
record Mutation(String name, String file, String text, String instead, long firstHistory) {

    Mutation(String name, String file, String text, String instead) {
        this(name, file, text, instead, 0);
    }

    /** One that breaks something in a history of many thousands: it is looked for from shortly before the one that was found. */
    Mutation rareFrom(long history) {
        return new Mutation(name, file, text, instead, history);
    }

    /** The source with the fault in it. */
    String applied(String source) {
        int at = source.indexOf(text);
        if (at < 0 || source.indexOf(text, at + 1) >= 0) {
            throw new IllegalStateException("'%s' no longer fits: in %s, once and not otherwise, there has to be%n%s"
                    .formatted(name, file, text));
        }
        return source.substring(0, at) + instead + source.substring(at + text.length());
    }

    String className() {
        return "io.x402compute." + file.substring(0, file.length() - ".java".length()).replace('/', '.');
    }

    @Override
    public String toString() {
        return name;
    }
}
