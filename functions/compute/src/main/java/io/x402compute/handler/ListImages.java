package io.x402compute.handler;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.catalog.Catalogue;
import io.x402compute.catalog.Image;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;

/**
 * {@code GET /compute/os}: the systems a machine can start with. Some clients read {@code os}, others {@code os_options}: both
 * are the same list.
 */
public final class ListImages extends Endpoint {
    private final Catalogue catalogue;

    public ListImages() {
        this(System.getenv());
    }

    public ListImages(Map<String, String> environment) {
        this(new Application(environment));
    }

    ListImages(Application application) {
        super(application);
        this.catalogue = application.catalogue();
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        List<Image> images = catalogue.images();
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("os");
        for (Image image : images) {
            list.addObject().put("id", image.id()).put("name", image.name()).put("arch", image.arch()).put("family",
                    image.family());
        }
        body.set("os_options", list);
        return CatalogLists.answer(body.put("count", images.size()));
    }

    @Override
    protected void prime() {
        rehearse(new ListImages(application().rehearsal()), "GET", "/compute/os", Map.of(), "");
    }
}
