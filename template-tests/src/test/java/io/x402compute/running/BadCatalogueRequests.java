package io.x402compute.running;

import static io.x402compute.running.BadRequest.gateway;
import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.get;
import static io.x402compute.running.RequestDraft.request;

import java.util.List;
import java.util.stream.Stream;

/** What anybody may ask, asked wrongly; and what is asked of nobody. */
final class BadCatalogueRequests {
    private static final String FIELD = "invalid_field";

    private BadCatalogueRequests() {}

    static Stream<BadRequest> all() {
        return Stream.of(types(), methods(), paths()).flatMap(List::stream);
    }

    private static List<BadRequest> types() {
        return List.of(
                row("an unknown type of plans", get("/compute/plans?type=vax"), 400, FIELD),
                row("an empty type", get("/compute/plans?type="), 400, FIELD),
                row("a type without a value", get("/compute/plans?type"), 400, FIELD),
                row("a type in capitals", get("/compute/plans?type=VCG"), 400, FIELD),
                row("a type with a space", get("/compute/plans?type=vcg%20"), 400, FIELD),
                row("two types", get("/compute/plans?type=vcg&type=vps"), 400, FIELD),
                row("two types in one", get("/compute/plans?type=vcg,vps"), 400, FIELD),
                row("one type twice", get("/compute/plans?type=vcg&type=vcg"), 400, FIELD),
                row("a type with a NUL", get("/compute/plans?type=vcg%00"), 400, FIELD),
                row("a type of bytes that are no UTF-8", get("/compute/plans?type=%FF%FE"), 400, FIELD),
                row("a type with a line break", get("/compute/plans?type=vcg%0d%0aX-Injected:%201"), 400, FIELD),
                row("a type that is a pattern", get("/compute/plans?type=.*"), 400, FIELD),
                row("an endless type", get("/compute/plans?type=" + "v".repeat(5_000)), 400, FIELD));
    }

    private static List<BadRequest> methods() {
        return List.of(
                gateway("plans that are posted", request("POST", "/compute/plans"), 404),
                gateway("plans that are deleted", request("DELETE", "/compute/plans"), 404),
                gateway("the head of plans", request("HEAD", "/compute/plans"), 404),
                gateway("regions that are put", request("PUT", "/compute/regions"), 404),
                gateway("images that are patched", request("PATCH", "/compute/os"), 404),
                gateway("the contract posted", request("POST", "/openapi.json"), 404),
                gateway("the guide deleted", request("DELETE", "/llms.txt"), 404),
                gateway("what is sold, put", request("PUT", "/.well-known/x402"), 404),
                gateway("health that is posted", request("POST", "/health"), 404),
                gateway("an order that is a question", get(MachineRequest.PROVISION), 404),
                gateway("an order that is put", request("PUT", MachineRequest.PROVISION), 404),
                gateway("a machine that is put", request("PUT", "/compute/instances/{machine}").signed(), 404),
                gateway("a machine that is posted", request("POST", "/compute/instances/{machine}").signed(), 404),
                gateway("an extension that is a question", get("/compute/instances/{machine}/extend").signed(), 404),
                gateway("all machines deleted", request("DELETE", "/compute/instances").signed(), 404),
                gateway("all keys deleted", request("DELETE", "/compute/api-keys").signed(), 404),
                gateway("one key asked for", get("/compute/api-keys/{key}").signed(), 404),
                gateway("a method nobody knows", request("PURGE", "/compute/plans"), 404),
                gateway("a method in small letters", request("get", "/compute/plans"), 404),
                row("a method that another header names",
                        get("/compute/instances/{machine}").with("X-HTTP-Method-Override", "DELETE"), 401,
                        "missing_auth"));
    }

    private static List<BadRequest> paths() {
        return List.of(
                gateway("the root", get("/"), 404),
                gateway("a folder", get("/compute"), 404),
                gateway("a slash at the end", get("/compute/plans/"), 404),
                gateway("a slash too many", get("/compute//plans"), 404),
                gateway("capitals", get("/Compute/Plans"), 404),
                gateway("something behind the plans", get("/compute/plans/vc2-1c-1gb"), 404),
                gateway("a way back", get("/compute/%2e%2e/health"), 404),
                gateway("a question mark in the path", get("/compute/plans%3Ftype=vcg"), 404),
                gateway("a semicolon", get("/compute/plans;type=vcg"), 404),
                gateway("a file", get("/.env"), 404),
                gateway("something behind an order", request("POST", "/compute/provision/now"), 404),
                gateway("a stage", get("/prod/compute/plans"), 404));
    }
}
