package io.x402compute.handler;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.Json;
import io.x402compute.http.RequestBody;
import io.x402compute.page.Cursor;
import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.page.Place;
import io.x402compute.x402.protocol.Wallet;

/** The query of a list: {@code limit}, {@code cursor} and the list's own filters. What it does not know it ignores. */
final class ListQuery {
    private static final int MOST = 100;

    private final RequestBody fields;
    private final Optional<String> cursor;
    private final String scope;

    private ListQuery(RequestBody fields, Optional<String> cursor, String scope) {
        this.fields = fields;
        this.cursor = cursor;
        this.scope = scope;
    }

    /** @param filters the names of the parameters that decide which rows there are */
    static ListQuery of(ApiRequest request, Wallet owner, String... filters) {
        String filtered = Arrays.stream(filters)
                .map(name -> name + request.queryParameter(name).map("="::concat).orElse(""))
                .collect(Collectors.joining("\n"));
        return new ListQuery(RequestBody.ofQuery(request, "limit"), request.queryParameter("cursor"),
                String.join("\n", request.path(), owner.address(), filtered));
    }

    RequestBody fields() {
        return fields;
    }

    /**
     * The page that is wanted.
     *
     * @throws ApiException 400 {@code invalid_field} for a limit that is none, {@code invalid_cursor} for a cursor that is not
     *     from a page of this very list
     */
    <T> PageRequest<T> page(Optional<Predicate<T>> filter) {
        int limit = fields.optionalInteger("limit", 1, MOST).orElse(MOST);
        return new PageRequest<>(limit, cursor.map(this::place), filter);
    }

    /** Clients of old read the list and nothing else; there is no {@code next_cursor} where nothing follows. */
    <T> ObjectNode answer(String name, Page<T> page, Function<T, ObjectNode> render) {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray(name);
        page.rows().forEach(row -> list.add(render.apply(row)));
        body.put("count", page.rows().size()).put("has_more", page.next().isPresent());
        page.next().ifPresent(next -> body.put("next_cursor", Cursor.of(next, scope)));
        return body;
    }

    private Place place(String text) {
        return Cursor.read(text, scope).orElseThrow(
                () -> ApiException.badRequest("invalid_cursor", "cursor is not from a page of this list"));
    }
}
