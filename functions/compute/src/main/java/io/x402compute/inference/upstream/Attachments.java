package io.x402compute.inference.upstream;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.inference.Attachment;
import io.x402compute.inference.Output;
import io.x402compute.inference.outside.Download;
import io.x402compute.inference.outside.OutsideUrls;
import io.x402compute.inference.outside.Patience;

/** Brings files home: upstreams' own addresses of them are good for an hour, or for nobody without their key. */
final class Attachments {
    private static final Pattern DATA_URL = Pattern.compile("data:([a-z]+/[a-z0-9.+-]+);base64,(.*)", Pattern.DOTALL);

    private final Download download;
    private final OutsideUrls urls;

    Attachments(OutsideUrls urls) {
        this.urls = urls;
        this.download = new Download(urls);
    }

    /**
     * The fields with the file of that address, or with the address itself where it cannot be fetched.
     *
     * @param mostBytes of the file
     */
    Output fetched(ObjectNode fields, List<Field> links, int mostBytes, Patience patience) {
        List<Attachment> attachments = new ArrayList<>();
        links.forEach(link -> attachment(link, mostBytes, patience)
                .ifPresentOrElse(attachments::add, () -> fields.put(link.name(), link.url())));
        return new Output(fields, attachments);
    }

    /** A field of a result, and the address that an upstream has put there. */
    record Field(String name, String url) {}

    private Optional<Attachment> attachment(Field link, int mostBytes, Patience patience) {
        Matcher data = DATA_URL.matcher(link.url());
        if (data.matches()) {
            return decoded(data.group(2)).map(bytes -> new Attachment(link.name(), data.group(1), bytes));
        }
        return urls.parse(link.url()).flatMap(url -> switch (download.fetch(url, mostBytes, patience)) {
            case Download.Result.Fetched(String mediaType, byte[] bytes) ->
                Optional.of(new Attachment(link.name(), MediaTypes.of(bytes, mediaType), bytes));
            case Download.Result.Missing _ -> Optional.empty();
        });
    }

    static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
