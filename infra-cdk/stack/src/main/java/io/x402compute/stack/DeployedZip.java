package io.x402compute.stack;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Writes the zip that Lambda gets: the jars of the functions' zip, each rewritten without compression of its own. The zip
 * then compresses a jar as a whole, across its many similar classes (a third smaller in all), and the JVM reads classes
 * without inflating them one by one. The same jars give the same bytes.
 */
final class DeployedZip {
    /** The earliest instant a zip can hold. */
    private static final LocalDateTime TIMELESS = LocalDateTime.of(1980, 1, 1, 0, 0);
    /** A rewritten jar is no longer the one that was signed, and nothing on Lambda asks. */
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    private DeployedZip() {}

    /** Arguments: the functions' zip, the zip to write. Prints what weighs what; fails on a zip that must not be deployed. */
    public static void main(String[] args) throws IOException {
        Path zip = Path.of(args[1]);
        write(Path.of(args[0]), zip);
        ZipReport report = ZipReport.of(zip);
        System.out.print(report.table());
        if (!report.problems().isEmpty()) {
            report.problems().forEach(System.err::println);
            System.exit(1);
        }
    }

    static void write(Path functions, Path deployed) throws IOException {
        Map<String, byte[]> entries = entries(Files.readAllBytes(functions));
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(deployed));
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                boolean jar = entry.getKey().endsWith(".jar");
                zip.putNextEntry(timeless(entry.getKey()));
                zip.write(jar ? stored(entries(entry.getValue())) : entry.getValue());
                zip.closeEntry();
            }
        }
    }

    private static byte[] stored(Map<String, byte[]> entries) throws IOException {
        boolean signed = entries.keySet().removeIf(name -> SIGNATURE.matcher(name).matches());
        if (signed) {
            entries.computeIfPresent(JarFile.MANIFEST_NAME, (name, manifest) -> withoutDigests(manifest));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            jar.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry stored = timeless(entry.getKey());
                CRC32 crc = new CRC32();
                crc.update(entry.getValue());
                stored.setCrc(crc.getValue());
                stored.setSize(entry.getValue().length);
                jar.putNextEntry(stored);
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] withoutDigests(byte[] manifest) {
        try {
            Manifest kept = new Manifest(new ByteArrayInputStream(manifest));
            kept.getEntries().clear();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            kept.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a manifest", e);
        }
    }

    /** Files by name; a jar's class loader needs no entries for folders. */
    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return entries;
    }

    private static ZipEntry timeless(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIMELESS);
        return entry;
    }
}
