package io.x402compute.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import io.x402compute.local.template.LambdaFunction;

/** The zips that would be deployed, which lie beside the template, unpacked. */
public final class DeployedCode {
    private final Path assets;
    private final Path folder;

    /**
     * @param template its file
     * @param folder where zips are unpacked, each once: their names say what is in them
     */
    public DeployedCode(Path template, Path folder) {
        this.assets = template.toAbsolutePath().getParent();
        this.folder = folder.toAbsolutePath();
    }

    /** Where the function's code is, unpacked. */
    public Path of(LambdaFunction function) {
        Path zip = assets.resolve("asset." + function.code());
        Path unpacked = folder.resolve(function.code());
        try {
            return Files.isDirectory(unpacked) ? unpacked : unpack(zip, unpacked);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + zip, e);
        }
    }

    /** All of it or nothing, also when somebody else is doing the same. */
    private Path unpack(Path zip, Path to) throws IOException {
        Path partial = Files.createTempDirectory(Files.createDirectories(folder), "partial-");
        try (ZipFile content = new ZipFile(zip.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = content.entries(); entries.hasMoreElements();) {
                unpack(content, entries.nextElement(), partial);
            }
        }
        try {
            return Files.move(partial, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException _) {
            return to;
        }
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
