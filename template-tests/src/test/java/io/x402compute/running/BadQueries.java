package io.x402compute.running;

import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.get;

import java.util.List;
import java.util.stream.Stream;

/** What can be wrong with the query of a list or a quote. */
final class BadQueries {
    private static final String FIELD = "invalid_field";
    private static final String QUOTE = "/compute/quote?plan=" + MachineRequest.PLAN + "&region="
            + MachineRequest.REGION;
    private static final String MORE_TIME = "/compute/quote?instance_id=";

    private BadQueries() {}

    static Stream<BadRequest> all() {
        return Stream.of(plans().stream(), pages("/compute/instances"), pages("/compute/api-keys"),
                instances().stream(), quotes().stream(), quotesOfMoreTime().stream()).flatMap(rows -> rows);
    }

    private static List<BadRequest> plans() {
        return Stream.of("max_hourly=", "max_hourly=cheap", "max_hourly=-1", "max_hourly=1e1", "max_hourly=0x1",
                "max_hourly=0.0000001", "max_hourly=9999999", "max_hourly=1&max_hourly=2", "max_hourly=%D9%A2",
                "min_vram_gb=", "min_vram_gb=0", "min_vram_gb=-1", "min_vram_gb=1.5", "min_vram_gb=all",
                "min_vram_gb=99999999999999999999", "sort=", "sort=random", "sort=PRICE", "sort=price,id", "region=",
                "region=%00", "region=" + "r".repeat(65), "gpu=", "gpu=%0A")
                .map(query -> row("plans by " + query, get("/compute/plans?" + query), 400, FIELD)).toList();
    }

    private static Stream<BadRequest> pages(String path) {
        Stream<BadRequest> limits = Stream
                .of("", "0", "-1", "101", "1.5", "1e1", "%2B1", "ten", "10,10", "99999999999999999999", "%D9%A2", "%00")
                .map(limit -> row(path + " by limit=" + limit, get(path + "?limit=" + limit).signed(), 400, FIELD));
        Stream<BadRequest> cursors = Stream.of("", "0", "next", "A".repeat(47), "A".repeat(48), "A".repeat(49),
                "/".repeat(48), "%00", "=".repeat(48), "a".repeat(4_000))
                .map(cursor -> row(path + " by cursor=" + cursor.substring(0, Math.min(cursor.length(), 50)),
                        get(path + "?cursor=" + cursor).signed(), 400, "invalid_cursor"));
        Stream<BadRequest> states = Stream.of("", "asleep", "ACTIVE", "active,", "%00")
                .map(status -> row(path + " by status=" + status, get(path + "?status=" + status).signed(), 400,
                        FIELD));
        return Stream.of(limits, cursors, states).flatMap(rows -> rows);
    }

    private static List<BadRequest> instances() {
        return Stream.of("plan=", "plan=%00", "region=", "region=%0A", "label=", "label=%0D%0A",
                "label=" + "l".repeat(129), "status=terminating", "status=active,asleep")
                .map(query -> row("instances by " + query, get("/compute/instances?" + query).signed(), 400, FIELD))
                .toList();
    }

    private static List<BadRequest> quotes() {
        return List.of(
                row("a quote for nothing", get("/compute/quote"), 400, "missing_field"),
                row("a quote without a region", get("/compute/quote?plan=" + MachineRequest.PLAN), 400,
                        "missing_field"),
                row("a quote for an empty plan", get("/compute/quote?plan=&region=ewr"), 400, FIELD),
                row("a quote for an unknown plan", get("/compute/quote?plan=abacus&region=ewr"), 400, "unknown_plan"),
                row("a quote for two plans", get(QUOTE + "&plan=vc2-1c-1gb"), 400, "unknown_plan"),
                row("a quote for a plan elsewhere", get("/compute/quote?plan=" + MachineRequest.PLAN + "&region=ams"),
                        400, "plan_not_in_region"),
                row("a quote for what is sold out", get("/compute/quote?plan=vcg-a16-3c-32g-8vram&region=blr"), 400,
                        "out_of_stock"),
                row("a quote for an unknown image", get(QUOTE + "&os_id=999999"), 400, "unknown_os"),
                row("a quote for an image in words", get(QUOTE + "&os_id=ubuntu"), 400, FIELD),
                row("a quote on an unknown chain", get(QUOTE + "&network=dogecoin"), 400, "unsupported_network"),
                row("a quote for an hour", get(QUOTE + "&prepaid_hours=1"), 400, "prepaid_period_too_short"),
                row("a quote for a year", get(QUOTE + "&prepaid_hours=8760"), 400, "prepaid_period_too_long"),
                row("a quote for no hours", get(QUOTE + "&prepaid_hours="), 400, FIELD),
                row("a quote for negative hours", get(QUOTE + "&prepaid_hours=-24"), 400, FIELD),
                row("a quote for hours with a fraction", get(QUOTE + "&prepaid_hours=24.0"), 400, FIELD),
                row("a quote for hours with an exponent", get(QUOTE + "&prepaid_hours=24e0"), 400, FIELD),
                row("a quote for hours with a space", get(QUOTE + "&prepaid_hours=+24"), 400, FIELD),
                row("a quote for hours in Arabic digits", get(QUOTE + "&prepaid_hours=%D9%A2%D9%A4"), 400, FIELD),
                row("a quote for hours beyond all numbers", get(QUOTE + "&prepaid_hours=" + "9".repeat(4_000)), 400,
                        FIELD),
                row("a quote for hours said twice", get(QUOTE + "&prepaid_hours=24&prepaid_hours=24"), 400, FIELD),
                row("a quote with a key that is none", get(QUOTE).with("X-API-Key", "x402c_none"), 401,
                        "unknown_api_key"),
                row("a quote with both", get(QUOTE).signed().keyed(), 400, "two_credentials"));
    }

    private static List<BadRequest> quotesOfMoreTime() {
        return List.of(
                row("a quote for more time of nothing", get("/compute/quote?extend_hours=24"), 400, "missing_field"),
                row("nobody's quote for more time", get(MORE_TIME + "{machine}"), 401, "missing_auth"),
                row("a quote for more time of no id", get(MORE_TIME + "mine").signed(), 404, "not_found"),
                row("a quote for more time of an empty id", get(MORE_TIME).signed(), 404, "not_found"),
                row("a quote for more time there is not", get(MORE_TIME + "{no-machine}").signed(), 404, "not_found"),
                row("a quote for more time of two", get(MORE_TIME + "{machine}&instance_id={machine}").signed(), 404,
                        "not_found"),
                row("a quote for somebody else's time", get(MORE_TIME + "{others-machine}").signed(), 404, "not_found"),
                row("the same with a key", get(MORE_TIME + "{others-machine}").keyed(), 404, "not_found"),
                row("a quote for more time of what is gone", get(MORE_TIME + "{gone-machine}").signed(), 410,
                        "instance_gone"),
                row("a quote for more time and a plan", get(MORE_TIME + "{machine}&plan=vc2-1c-1gb").signed(), 400,
                        FIELD),
                row("a quote for an hour more", get(MORE_TIME + "{machine}&extend_hours=1").signed(), 400,
                        "prepaid_period_too_short"),
                row("a quote for half a year more", get(MORE_TIME + "{machine}&extend_hours=4320").signed(), 400,
                        "prepaid_limit_exceeded"),
                row("a quote for less time", get(MORE_TIME + "{machine}&extend_hours=-24").signed(), 400, FIELD));
    }
}
