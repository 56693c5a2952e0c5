package io.x402compute.inference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** The catalogue of services: the file {@code services.json} beside this class, whose shape {@code services.schema.json} tells. */
public final class Services {
    private final Map<String, Service> byKey = new LinkedHashMap<>();
    private final List<Service> all;
    private final ObjectNode jobApis;

    private Services(ObjectNode file) {
        all = ServiceFile.services(file);
        jobApis = (ObjectNode) file.get("job_apis");
        all.forEach(service -> byKey.put(service.key(), service));
        all.forEach(service -> service.aliases().forEach(alias -> byKey.put(alias, service)));
    }

    /** The deployed one. */
    public static Services read() {
        try (InputStream file = Services.class.getResourceAsStream("services.json")) {
            if (file == null) {
                throw new IllegalStateException("services.json is not deployed");
            }
            return new Services((ObjectNode) Json.readOwn(new String(file.readAllBytes(), UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the order of the catalogue. */
    public List<Service> all() {
        return all;
    }

    /** By its key, or an alias of it. */
    public Optional<Service> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** That of a request, which was read by this catalogue or an earlier one. */
    public Service of(RunRequest request) {
        return find(request.service())
                .orElseThrow(() -> new IllegalStateException("no service " + request.service() + " any more"));
    }

    /** How upstreams with jobs are asked, by their name. */
    public ObjectNode jobApis() {
        return jobApis.deepCopy();
    }
}
