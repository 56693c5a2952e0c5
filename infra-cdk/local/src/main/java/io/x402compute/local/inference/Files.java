package io.x402compute.local.inference;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What was made, kept for whoever knows its address; only the newest few. */
final class Files {
    static final String PATH = "/files/";
    private static final int MOST = 200;

    private final Map<String, Kept> files = new LinkedHashMap<>();

    private record Kept(String mediaType, byte[] bytes) {}

    /** Keeps it, and tells where. */
    synchronized URI keep(URI server, String mediaType, byte[] bytes) {
        String name = UUID.randomUUID() + extension(mediaType);
        files.put(name, new Kept(mediaType, bytes));
        if (files.size() > MOST) {
            files.remove(files.keySet().iterator().next());
        }
        return server.resolve(PATH + name);
    }

    synchronized Optional<Reply> find(String name) {
        return Optional.ofNullable(files.get(name)).map(file -> Reply.bytes(file.mediaType(), file.bytes()));
    }

    private static String extension(String mediaType) {
        return switch (mediaType) {
            case "image/png" -> ".png";
            case "image/jpeg" -> ".jpg";
            case "audio/wav" -> ".wav";
            case "audio/mpeg" -> ".mp3";
            case "video/mp4" -> ".mp4";
            default -> "";
        };
    }
}
