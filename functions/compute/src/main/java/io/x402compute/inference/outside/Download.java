package io.x402compute.inference.outside;

import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.Set;

/** Fetches what callers or upstreams name, wherever that may be asked; every redirect is judged like the first address. */
public final class Download {
    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final OutsideUrls urls;

    public Download(OutsideUrls urls) {
        this.urls = urls;
    }

    /** What came of it. */
    public sealed interface Result {

        /** Here it is. */
        record Fetched(String mediaType, byte[] bytes) implements Result {}

        /**
         * It cannot be had.
         *
         * @param why for whoever named it; says nothing of what is there
         */
        record Missing(String why) implements Result {}
    }

    /** Fetches it. */
    public Result fetch(URI url, int mostBytes, Patience patience) {
        URI at = url;
        for (int step = 0; step <= MOST_REDIRECTS; step++) {
            if (!isOpen(at)) {
                return new Result.Missing("is not at an address that may be asked");
            }
            Reply reply = Exchange.send(HttpRequest.newBuilder(at).header("User-Agent", "x402Compute").GET(),
                    patience.left(), patience, mostBytes);
            if (!(reply instanceof Reply.Answered answered) || !REDIRECTS.contains(answered.status())) {
                return result(reply, mostBytes);
            }
            Optional<URI> next = next(at, answered.location());
            if (next.isEmpty()) {
                return new Result.Missing("is not at an address that may be asked");
            }
            at = next.get();
        }
        return new Result.Missing("is redirected too often");
    }

    private static Result result(Reply reply, int mostBytes) {
        return switch (reply) {
            case Reply.Answered answered when answered.status() == 200 ->
                new Result.Fetched(answered.mediaType(), answered.body());
            case Reply.Answered answered -> new Result.Missing("is answered with status " + answered.status());
            case Reply.TooLong() -> new Result.Missing("is longer than " + mostBytes + " bytes");
            case Reply.Cut cut -> new Result.Missing(cut.inTime() ? "breaks off" : "takes too long");
            case Reply.NotSent() -> new Result.Missing("cannot be reached");
        };
    }

    private Optional<URI> next(URI from, String location) {
        try {
            return urls.parse(from.resolve(location).toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isOpen(URI url) {
        try {
            return urls.parse(url.toString()).isPresent()
                    && (urls.isThisMachine(url) || PublicAddresses.isPublic(url));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
