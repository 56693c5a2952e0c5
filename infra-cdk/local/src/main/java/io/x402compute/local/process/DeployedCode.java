package io.x402compute.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import io.x402compute.local.template.LambdaFunction;

/** The zips that would be deployed. They lie beside the template. */
public final class DeployedCode {
    private final Path assets;

    /** @param template its file */
    public DeployedCode(Path template) {
        this.assets = template.toAbsolutePath().getParent();
    }

    /** Unpacks the function's zip under that folder, once for all functions that have the same; where it is then. */
    public Path unpack(LambdaFunction function, Path folder) {
        Path zip = assets.resolve("asset." + function.code());
        Path unpacked = folder.resolve(function.code());
        if (Files.notExists(unpacked)) {
            try (ZipFile content = new ZipFile(zip.toFile())) {
                for (Enumeration<? extends ZipEntry> entries = content.entries(); entries.hasMoreElements();) {
                    unpack(content, entries.nextElement(), unpacked);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot unpack " + zip, e);
            }
        }
        return unpacked;
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path folder) throws IOException {
        Path file = folder.resolve(entry.getName()).normalize();
        if (entry.isDirectory() || !file.startsWith(folder)) {
            return;
        }
        Files.createDirectories(file.getParent());
        try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, file);
        }
    }
}
