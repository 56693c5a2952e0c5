package io.x402compute.running;

import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.get;

import java.util.List;
import java.util.stream.Stream;

/** Queries that ask for no page, no plan and no price. */
final class BadQueries {
    private static final String FIELD = "invalid_field";
    private static final String CURSOR = "invalid_cursor";
    private static final String MACHINES = "/compute/instances";
    private static final String KEYS = "/compute/api-keys";
    private static final String CREDITS = "/compute/credits/entries";
    private static final String ORDERS = "/compute/orders";
    private static final String PLANS = "/compute/plans";
    private static final String QUOTE = "/compute/quote";
    private static final String SERVICES = "/catalog";
    private static final String ESTIMATE = "/catalog/estimate";

    private BadQueries() {}

    static Stream<BadRequest> all() {
        return Stream.of(pages(), cursors(), plans(), quotes(), extensions(), services()).flatMap(List::stream);
    }

    private static List<BadRequest> services() {
        return List.of(
                row("services of no sort", list(SERVICES, "category=fox"), 400, FIELD),
                row("services of an empty sort", list(SERVICES, "category="), 400, FIELD),
                row("services of two sorts", list(SERVICES, "category=llm&category=image"), 400, FIELD),
                row("an estimate of nothing", list(ESTIMATE, ""), 400, "missing_field"),
                row("an estimate of an empty name", list(ESTIMATE, "service="), 400, FIELD),
                row("an estimate of no service", list(ESTIMATE, "service=teleport"), 400, "unknown_service"),
                row("an estimate of two services", list(ESTIMATE, "service=ocr&service=clip"), 400, "unknown_service"),
                row("an estimate with a field it has not", list(ESTIMATE, "service=ocr&colour=red"), 400, FIELD),
                row("an estimate of endless work", list(ESTIMATE, "service=whisper-l4&seconds=1e9"), 400, FIELD),
                row("an estimate of negative time", list(ESTIMATE, "service=whisper-l4&seconds=-1"), 400, FIELD),
                row("an estimate of an input that is none", list(ESTIMATE, "service=ocr&input=%5B%5D"), 400, FIELD),
                row("an estimate of half an input", list(ESTIMATE, "service=ocr&input=%7B"), 400, FIELD),
                row("an estimate of an address inside",
                        list(ESTIMATE, "service=ocr&image_url=https://169.254.169.254/"), 400, FIELD),
                row("an estimate of no hurry", list(ESTIMATE, "service=ocr&priority=whenever"), 400, FIELD));
    }

    private static List<BadRequest> pages() {
        return List.of(
                row("a page of nothing", list(MACHINES, "limit=0"), 400, FIELD),
                row("a page too long", list(MACHINES, "limit=101"), 400, FIELD),
                row("a page of less than nothing", list(MACHINES, "limit=-1"), 400, FIELD),
                row("half a row", list(MACHINES, "limit=1.5"), 400, FIELD),
                row("a limit beyond all numbers", list(MACHINES, "limit=" + "9".repeat(40)), 400, FIELD),
                row("a limit that is a word", list(MACHINES, "limit=all"), 400, FIELD),
                row("an empty limit", list(MACHINES, "limit="), 400, FIELD),
                row("two limits", list(MACHINES, "limit=1&limit=2"), 400, FIELD),
                row("a limit in Arabic digits", list(MACHINES, "limit=%D9%A2"), 400, FIELD),
                row("a limit with a NUL", list(KEYS, "limit=1%00"), 400, FIELD),
                row("a limit with a plus", list(MACHINES, "limit=%2B5"), 400, FIELD),
                row("a page of keys too long", list(KEYS, "limit=1000"), 400, FIELD),
                row("a page of no credit", list(CREDITS, "limit=0"), 400, FIELD),
                row("a page of credit too long", list(CREDITS, "limit=101"), 400, FIELD),
                row("a page of orders too long", list(ORDERS, "limit=101"), 400, FIELD),
                row("a page of no events", list(MACHINES + "/{machine}/events", "limit=0"), 400, FIELD),
                row("a page of events too long", list(MACHINES + "/{machine}/events", "limit=101"), 400, FIELD),
                row("a status there is not", list(MACHINES, "status=stopped"), 400, FIELD),
                row("a status inside", list(MACHINES, "status=terminating"), 400, FIELD),
                row("a status in capitals", list(MACHINES, "status=ACTIVE"), 400, FIELD),
                row("a status too few", list(MACHINES, "status=active,"), 400, FIELD),
                row("an empty status", list(MACHINES, "status="), 400, FIELD),
                row("a status of keys there is not", list(KEYS, "status=expired"), 400, FIELD),
                row("two statuses of keys", list(KEYS, "status=active,revoked"), 400, FIELD),
                row("a label with a NUL", list(MACHINES, "label=a%00"), 400, FIELD),
                row("an endless region", list(MACHINES, "region=" + "e".repeat(500)), 400, FIELD));
    }

    private static List<BadRequest> cursors() {
        return List.of(
                row("an empty cursor", list(MACHINES, "cursor="), 400, CURSOR),
                row("a cursor that is an id", list(MACHINES, "cursor={machine}"), 400, CURSOR),
                row("a cursor that is a number", list(MACHINES, "cursor=2"), 400, CURSOR),
                row("a cursor of zeros", list(MACHINES, "cursor=" + "A".repeat(48)), 400, CURSOR),
                row("an endless cursor", list(MACHINES, "cursor=" + "A".repeat(4_800)), 400, CURSOR),
                row("a cursor in the other base64", list(MACHINES, "cursor=" + "/".repeat(48)), 400, CURSOR),
                row("a cursor of padding", list(MACHINES, "cursor=" + "=".repeat(48)), 400, CURSOR),
                row("a cursor with a NUL", list(KEYS, "cursor=%00"), 400, CURSOR),
                row("a cursor that is JSON", list(MACHINES, "cursor=%7B%22id%22:1%7D"), 400, CURSOR),
                row("an empty cursor of credit", list(CREDITS, "cursor="), 400, CURSOR),
                row("an empty cursor of orders", list(ORDERS, "cursor="), 400, CURSOR),
                row("a cursor of credit of zeros", list(CREDITS, "cursor=" + "A".repeat(48)), 400, CURSOR),
                row("an empty cursor of events", list(MACHINES + "/{machine}/events", "cursor="), 400, CURSOR),
                row("a cursor of events of zeros", list(MACHINES + "/{machine}/events", "cursor=" + "A".repeat(48)),
                        400,
                        CURSOR),
                row("a cursor of keys that is the id of one", list(KEYS, "cursor={key}"), 400, CURSOR));
    }

    private static List<BadRequest> plans() {
        return List.of(
                row("a price below nothing", get(PLANS + "?max_hourly=-1"), 400, FIELD),
                row("a price in words", get(PLANS + "?max_hourly=cheap"), 400, FIELD),
                row("a price with an exponent", get(PLANS + "?max_hourly=1e9"), 400, FIELD),
                row("a price that is no number", get(PLANS + "?max_hourly=NaN"), 400, FIELD),
                row("a price in hex", get(PLANS + "?max_hourly=0x1"), 400, FIELD),
                row("a price in Arabic digits", get(PLANS + "?max_hourly=%D9%A2"), 400, FIELD),
                row("two prices", get(PLANS + "?max_hourly=1&max_hourly=2"), 400, FIELD),
                row("memory beyond all numbers", get(PLANS + "?min_vram_gb=99999999999999999999"), 400, FIELD),
                row("an order in capitals", get(PLANS + "?sort=PRICE"), 400, FIELD),
                row("a region with a NUL", get(PLANS + "?region=%00"), 400, FIELD),
                row("an empty price", get(PLANS + "?max_hourly="), 400, FIELD),
                row("an endless price", get(PLANS + "?max_hourly=0." + "0".repeat(99)), 400, FIELD),
                row("memory of nothing", get(PLANS + "?min_vram_gb=0"), 400, FIELD),
                row("memory with a unit", get(PLANS + "?min_vram_gb=8GB"), 400, FIELD),
                row("an order there is not", get(PLANS + "?sort=speed"), 400, FIELD),
                row("an empty graphics processor", get(PLANS + "?gpu="), 400, FIELD),
                row("a region with a line break", get(PLANS + "?region=ewr%0a"), 400, FIELD));
    }

    private static List<BadRequest> quotes() {
        return List.of(
                row("a quote for nothing", get(QUOTE), 400, "missing_field"),
                row("a quote for no plan", get(QUOTE + "?region=ewr"), 400, "missing_field"),
                row("a quote for nowhere", get(QUOTE + "?plan=" + MachineRequest.PLAN), 400, "missing_field"),
                row("a quote for a plan there is not", get(QUOTE + "?plan=none&region=ewr"), 400, "unknown_plan"),
                row("a quote where it is not sold", get(QUOTE + "?plan=" + MachineRequest.PLAN + "&region=nowhere"),
                        400,
                        "plan_not_in_region"),
                row("a quote for an hour", quote("&prepaid_hours=1"), 400, "prepaid_period_too_short"),
                row("a quote for a year", quote("&prepaid_hours=8760"), 400, "prepaid_period_too_long"),
                row("a quote for hours with a fraction", quote("&prepaid_hours=24.0"), 400, FIELD),
                row("a quote for hours with an exponent", quote("&prepaid_hours=24e0"), 400, FIELD),
                row("a quote for hours with a space", quote("&prepaid_hours=+24"), 400, FIELD),
                row("a quote for hours in Arabic digits", quote("&prepaid_hours=%D9%A2%D9%A4"), 400, FIELD),
                row("a quote for hours beyond all numbers", quote("&prepaid_hours=" + "9".repeat(4_000)), 400, FIELD),
                row("a quote for hours said twice", quote("&prepaid_hours=24&prepaid_hours=24"), 400, FIELD),
                row("a quote for two plans", quote("&plan=vc2-1c-1gb"), 400, "unknown_plan"),
                row("a quote for what is sold out", get(QUOTE + "?plan=vcg-a16-3c-32g-8vram&region=blr"), 400,
                        "out_of_stock"),
                row("a quote with two credentials", quote("").signed().keyed(), 400, "two_credentials"),
                row("a quote for hours in words", quote("&prepaid_hours=day"), 400, FIELD),
                row("a quote for less than nothing", quote("&prepaid_hours=-24"), 400, FIELD),
                row("a quote for an image there is not", quote("&os_id=1"), 400, "unknown_os"),
                row("a quote in another currency", quote("&network=ethereum"), 400, "unsupported_network"),
                row("a quote of another provider", quote("&provider=digitalocean"), 400, FIELD),
                row("a quote with a key that is none", quote("").with("X-API-Key", "x402c_none"), 401,
                        "unknown_api_key"));
    }

    private static List<BadRequest> extensions() {
        String mine = QUOTE + "?instance_id={machine}";
        return List.of(
                row("more time quoted to nobody", get(mine), 401, "missing_auth"),
                row("more time of somebody else's", get(QUOTE + "?instance_id={others-machine}").keyed(), 404,
                        "not_found"),
                row("more time of a machine there is not", get(QUOTE + "?instance_id={no-machine}").keyed(), 404,
                        "not_found"),
                row("more time of two machines", get(mine + "&instance_id={machine}").signed(), 404, "not_found"),
                row("more time of a word", get(QUOTE + "?instance_id=mine").keyed(), 404, "not_found"),
                row("more time of no machine", get(QUOTE + "?extend_hours=24"), 400, "missing_field"),
                row("more time of an empty machine", get(QUOTE + "?instance_id=").keyed(), 404, "not_found"),
                row("more time of a plan", get(mine + "&plan=" + MachineRequest.PLAN).keyed(), 400, FIELD),
                row("an hour more", get(mine + "&extend_hours=1").keyed(), 400, "prepaid_period_too_short"),
                row("more time than there may be", get(mine + "&extend_hours=4320").keyed(), 400,
                        "prepaid_limit_exceeded"),
                row("more time after the end", get(QUOTE + "?instance_id={gone-machine}").keyed(), 410,
                        "instance_gone"));
    }

    private static RequestDraft list(String path, String query) {
        return get(path + "?" + query).keyed();
    }

    private static RequestDraft quote(String more) {
        return get(QUOTE + "?plan=" + MachineRequest.PLAN + "&region=" + MachineRequest.REGION + more);
    }
}
