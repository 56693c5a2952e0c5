package io.x402compute.cli.purchase;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

import io.x402compute.cli.api.Call;
import io.x402compute.x402.protocol.WireJson;

/**
 * The wishes that are not known to be fulfilled: a file each, named by what is asked for and by whom, so that the same command
 * finds it again. Used by one process at a time.
 */
final class Wishes {
    private final Path folder;

    Wishes(Path folder) {
        this.folder = folder;
    }

    /** The file name of the wish for that, from that owner, of that API. Who reads it learns none of the three. */
    static String id(String url, Call call, String owner) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String wanted = String.join("\n", url, owner, call.method(), call.path(),
                    call.body().map(Object::toString).orElse(""), call.name().orElse(""));
            return HexFormat.of().formatHex(digest.digest(wanted.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IOException when there is one and it cannot be read: to begin another could be to pay twice */
    Optional<Wish> find(String id) throws IOException {
        Path file = folder.resolve(id);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        return Optional.of(WireJson.parse(Files.readAllBytes(file)).flatMap(Wish::of)
                .orElseThrow(() -> new FileSystemException(file.toString(), null, "not as it was written")));
    }

    /** Writes it down. When this returns no crash can lose it any more. */
    void keep(String id, Wish wish) throws IOException {
        Path draft = folder.resolve(id + ".new");
        Files.write(draft, wish.toJson().toString().getBytes(StandardCharsets.UTF_8));
        try (FileChannel file = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        Files.move(draft, folder.resolve(id), StandardCopyOption.ATOMIC_MOVE);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    /** Forgets it: the same is a new wish from now on. */
    void end(String id) throws IOException {
        Files.deleteIfExists(folder.resolve(id));
    }
}
