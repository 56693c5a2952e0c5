package io.x402compute.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** What the deployed zip weighs, which jar weighs what in it, and whether it may be deployed at all. */
final class ZipReport {
    /** Size is start-up time: Lambda fetches and unpacks all of it before the first snapshot. */
    static final long MOST_BYTES = 20_000_000;

    /** The local run, tests and their libraries, HTTP stacks we do not use, and machine code that Lambda cannot run. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            "io/x402compute/(local|stack|template)/.*"
                    + "|org/(junit|assertj|opentest4j)/.*|com/(tngtech/archunit|networknt)/.*|net/jqwik/.*"
                    + "|software/amazon/dynamodb/.*|com/amazonaws/services/dynamodbv2/local/.*"
                    + "|software/(constructs|amazon/(awscdk|jsii))/.*|io/github/cdklabs/.*"
                    + "|io/(netty|vertx)/.*|org/apache/(http|hc)/.*"
                    + "|.*\\.(dll|dylib|jnilib)|.*(musl|freebsd|arm-|armv7|ppc64|s390x|riscv|i[36]86|x86_32).*\\.so");

    private final long size;
    private final List<Share> shares;
    private final List<String> forbidden;

    private record Share(String name, long bytes) {}

    private ZipReport(long size, List<Share> shares, List<String> forbidden) {
        this.size = size;
        this.shares = shares;
        this.forbidden = forbidden;
    }

    static ZipReport of(Path zip) throws IOException {
        List<Share> shares = new ArrayList<>();
        List<String> forbidden = new ArrayList<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) file.stream().map(ZipEntry.class::cast)::iterator) {
                if (entry.isDirectory()) {
                    continue;
                }
                shares.add(new Share(entry.getName(), entry.getCompressedSize()));
                try (InputStream content = file.getInputStream(entry)) {
                    addForbidden(entry.getName(), content, forbidden);
                }
            }
        }
        shares.sort(Comparator.comparingLong(Share::bytes).reversed().thenComparing(Share::name));
        return new ZipReport(Files.size(zip), List.copyOf(shares), List.copyOf(forbidden));
    }

    /** Bytes in the zip, share of it, and name; largest first. */
    String table() {
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "Deployed zip: %,d bytes%n", size));
        for (Share share : shares) {
            table.append(
                    String.format(Locale.ROOT, "%,12d %5.1f %%  %s%n", share.bytes, 100.0 * share.bytes / size,
                            share.name));
        }
        return table.toString();
    }

    /** Why this zip must not be deployed; empty when it may. */
    List<String> problems() {
        List<String> problems = new ArrayList<>(forbidden);
        if (size > MOST_BYTES) {
            problems.add(String.format(Locale.ROOT, "The deployed zip has %,d bytes, more than %,d", size, MOST_BYTES));
        }
        return problems;
    }

    private static void addForbidden(String name, InputStream content, List<String> forbidden) throws IOException {
        if (!name.endsWith(".jar")) {
            if (FORBIDDEN.matcher(name).matches()) {
                forbidden.add("must not be deployed: " + name);
            }
            return;
        }
        ZipInputStream jar = new ZipInputStream(content);
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
            if (FORBIDDEN.matcher(entry.getName()).matches() && !entry.isDirectory()) {
                forbidden.add("must not be deployed: " + entry.getName() + " in " + name);
            }
        }
    }
}
