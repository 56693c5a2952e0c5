package io.x402compute.running;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.x402.protocol.FacilitatorRequest;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.Resource;

/**
 * Requests that were right before up to four things were done to them. The same seed and number make the same request but for
 * times, nonces and ids.
 */
final class RandomRequests {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    private static final String MACHINES = "/compute/instances";
    private static final String KEYS = "/compute/api-keys";
    private static final String TOP_UP = "/compute/credits/topup";
    private static final byte[] NO_BODY = new byte[0];
    private static final List<String> ASKED_BY_ANYBODY = List.of("/health", "/catalog",
            "/catalog/estimate?service=llm-4090&max_tokens=100", "/compute/plans", "/compute/regions",
            "/compute/os", "/.well-known/refund-policy.json", "/.well-known/x402", "/openapi.json", "/llms.txt",
            "/supported", "/compute/plans?type=vcg",
            "/status/00000000-0000-4000-8000-000000000000", "/results/00000000-0000-4000-8000-000000000000/url",
            "/compute/plans?gpu=A16&max_hourly=1.5&min_vram_gb=2&sort=price",
            "/compute/quote?plan=" + MachineRequest.PLAN + "&region=" + MachineRequest.REGION + "&prepaid_hours=24");
    private static final List<String> POWER = List.of("/start", "/stop", "/reboot");
    private static final List<String> RUN = List.of("llm-4090", "flux-schnell", "video", "whisper-l4", "none");
    private static final List<String> HEADERS = List.of("X-PAYMENT", "PAYMENT-SIGNATURE", "X-API-Key",
            "X-Auth-Address", "X-Auth-Chain", "X-Auth-Signature", "X-Auth-Timestamp", "X-Auth-Nonce",
            "X-Auth-Sig-Encoding", "SIGN-IN-WITH-X", "Content-Type", "Content-Length", "Content-Encoding",
            "Authorization", "Cookie",
            "Idempotency-Key", "MCP-Protocol-Version", "Host", "X-Forwarded-For", "X-Forwarded-Host",
            "X-HTTP-Method-Override", "Origin",
            "Access-Control-Request-Method", "Prefer", "Accept", "User-Agent", "x-wallet-address", "Range", "X-Other");

    private static final List<String> PARAMETERS = List.of("type", "limit", "cursor", "status", "plan", "region",
            "label", "gpu", "max_hourly", "min_vram_gb", "sort", "prepaid_hours", "extend_hours", "instance_id",
            "os_id",
            "network", "wallet");

    private final long seed;
    private final Crowd crowd;

    RandomRequests(long seed, Crowd crowd) {
        this.seed = seed;
        this.crowd = crowd;
    }

    /** What is sent as the request of that number. */
    byte[] bytes(long number) {
        RandomGenerator random = new SplittableRandom(seed + number * GOLDEN_RATIO);
        WireRequest request = right(random);
        for (int left = random.nextInt(4); left > 0; left--) {
            request = spoiled(request, random);
        }
        return random.nextInt(12) == 0 ? damaged(request.bytes(), random) : request.bytes();
    }

    private WireRequest right(RandomGenerator random) {
        return switch (random.nextInt(15)) {
            case 0 -> plain("GET", Nasty.any(ASKED_BY_ANYBODY, random));
            case 1 -> plain("POST", MachineRequest.PROVISION).body(crowd.orderBytes());
            case 2, 3 -> plain("POST", MachineRequest.PROVISION).body(order(random));
            case 4, 5 -> paid(random);
            case 6 -> byPasserBy(random, "POST", MachineRequest.PROVISION, order(random));
            case 7 -> owners("GET",
                    Nasty.any(List.of(MACHINES, KEYS, machine(random), machine(random) + "/events?limit=1",
                            MACHINES + "?limit=1&status=live",
                            KEYS + "?limit=1", "/compute/credits/balance", "/compute/credits/entries?limit=1",
                            "/compute/orders?limit=1", "/compute/orders/" + id(random),
                            "/compute/quote?extend_hours=24&instance_id=" + id(random)), random),
                    NO_BODY);
            case 8 -> switch (random.nextInt(6)) {
                // The owner's own would be carried out.
                case 3 -> byPasserBy(random, "POST", machine(random) + Nasty.any(POWER, random), NO_BODY);
                case 4 -> byPasserBy(random, "POST", machine(random) + "/resize",
                        WalletHeaders.bytes(JsonDamage.of(MachineRequest.resize(), random)));
                case 5 -> byPasserBy(random, "POST", machine(random) + "/auto-extend",
                        WalletHeaders.bytes(JsonDamage.of(MachineRequest.autoExtend(), random)));
                case 0 -> owners("POST", machine(random) + "/extend", extension(random));
                case 1 -> owners("POST", machine(random) + "/password", NO_BODY);
                default -> plain("POST", machine(random) + "/extend").body(extension(random));
            };
            case 9 -> byPasserBy(random, Nasty.any(List.of("GET", "DELETE", "POST"), random), Nasty.any(
                    List.of(machine(random), machine(random) + "/password", MACHINES, KEYS, KEYS + "/" + id(random),
                            "/status/" + id(random)),
                    random), NO_BODY);
            case 10 -> byPasserBy(random, "POST", KEYS, label(random));
            case 11 -> credit(random);
            case 12 -> facilitated(random);
            case 13 -> tool(random);
            default -> signed(crowd.solana().credentials(), "GET", MACHINES, NO_BODY);
        };
    }

    /** By somebody without money, for a facilitator to judge. */
    private WireRequest facilitated(RandomGenerator random) {
        ReceivedOffer offer = random.nextBoolean() ? crowd.offer() : crowd.offerV1();
        PaymentPayload payment = Draft.of(offer, Nasty.any(crowd.payers(), random), crowd.now()).payment();
        ObjectNode asked = new FacilitatorRequest(new Payment(payment, offer.requirements()))
                .toJson(new Resource("https://seller.example/", "", "application/json"));
        return plain("POST", Nasty.any(List.of("/verify", "/settle"), random))
                .body(WalletHeaders.bytes(random.nextInt(3) > 0 ? JsonDamage.of(asked, random) : Json.write(asked)));
    }

    /** A call of a tool, perhaps with a payment by somebody without money. */
    private WireRequest tool(RandomGenerator random) {
        ObjectNode machine = Json.object().put("instance_id", id(random));
        Optional<PaymentPayload> payment = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(Draft.of(crowd.offer(), Nasty.any(crowd.payers(), random), crowd.now()).payment());
        ObjectNode call = switch (random.nextInt(6)) {
            case 0 -> ToolClient.message("list_plans", Json.object().put("type", "vcg"), Optional.empty());
            case 1 -> ToolClient.message("extend_instance", machine, payment);
            case 2 -> ToolClient.message("destroy_instance", machine, Optional.empty());
            case 3 -> ToolClient.message("get_instance", machine, Optional.empty());
            default -> ToolClient.message("provision_instance", crowd.order().deepCopy(), payment);
        };
        byte[] body = WalletHeaders.bytes(random.nextInt(3) > 0 ? JsonDamage.of(call, random) : Json.write(call));
        return random.nextBoolean()
                ? plain("POST", ToolClient.PATH).body(body)
                : byPasserBy(random, "POST", ToolClient.PATH, body);
    }

    /** For credit, or with credit that nobody has. */
    private WireRequest credit(RandomGenerator random) {
        ObjectNode amount = Json.object().put("amount", random.nextInt(100)).put("network", "base");
        return switch (random.nextInt(5)) {
            case 0 -> plain("POST", TOP_UP).body(WalletHeaders.bytes(JsonDamage.of(amount, random)));
            case 1 -> byPasserBy(random, "POST", TOP_UP, WalletHeaders.bytes(Json.write(amount)));
            case 2 -> byPasserBy(random, "POST", MachineRequest.PROVISION, WalletHeaders.bytes(
                    JsonDamage.of(crowd.order().deepCopy().put("use_credits", true), random)));
            default -> run(random);
        };
    }

    /** By nobody, or by somebody who has no credit. */
    private WireRequest run(RandomGenerator random) {
        ObjectNode wanted = Json.object().put("service", Nasty.any(RUN, random));
        wanted.putObject("input").put("prompt", "Say hello");
        byte[] body = WalletHeaders.bytes(JsonDamage.of(wanted, random));
        return switch (random.nextInt(3)) {
            case 0 -> plain("POST", "/v1/run").body(body);
            case 1 -> byPasserBy(random, "GET", "/account/balance", NO_BODY);
            default -> byPasserBy(random, "POST", "/run", body);
        };
    }

    private WireRequest plain(String method, String target) {
        return WireRequest.of(method, target, Map.of("Content-Type", "application/json"), NO_BODY);
    }

    private WireRequest owners(String method, String target, byte[] body) {
        return signed(Crowd.credentials(crowd.owner().wallet()), method, target, body);
    }

    private WireRequest byPasserBy(RandomGenerator random, String method, String target, byte[] body) {
        return random.nextBoolean()
                ? signed(Crowd.credentials(crowd.passerBy()), method, target, body)
                : WireRequest.of(method, target, Map.of("X-API-Key", crowd.passerBysKey()), body);
    }

    private WireRequest signed(WalletHeaders wallet, String method, String target, byte[] body) {
        return WireRequest.of(method, target, wallet.sign(method, target, body, crowd.now()), body);
    }

    /** By somebody without money, for the order as it is; perhaps changed after it was signed. */
    private WireRequest paid(RandomGenerator random) {
        ReceivedOffer offer = random.nextBoolean() ? crowd.offer() : crowd.offerV1();
        Draft draft = Draft.of(offer, Nasty.any(crowd.payers(), random), crowd.now());
        PaymentPayload payment = (switch (random.nextInt(6)) {
            case 0 -> draft.value(random.nextLong() >>> random.nextInt(1, 64));
            case 1 -> draft.to("0x" + "0".repeat(40));
            case 2 -> draft.validBefore(crowd.now().plusSeconds(random.nextInt(-9, 9)));
            case 3 -> draft.from(crowd.owner().address());
            default -> draft;
        }).payment();
        String json = random.nextBoolean() ? JsonDamage.of(payment.toJson(), random) : Json.write(payment.toJson());
        String header = Base64.getEncoder().encodeToString(WalletHeaders.bytes(json));
        String path = random.nextInt(4) > 0 ? MachineRequest.PROVISION : machine(random) + "/extend";
        return WireRequest.of("POST", path, Map.of(payment.headerName(), header), crowd.orderBytes());
    }

    private String machine(RandomGenerator random) {
        return MACHINES + "/" + id(random);
    }

    private String id(RandomGenerator random) {
        return Nasty.any(crowd.machines(), random);
    }

    private byte[] order(RandomGenerator random) {
        return WalletHeaders.bytes(JsonDamage.of(crowd.order(), random));
    }

    private static byte[] extension(RandomGenerator random) {
        ObjectNode body = Json.object().put("extend_hours", 24).put("network", "base");
        return WalletHeaders.bytes(random.nextInt(3) > 0 ? JsonDamage.of(body, random) : "{}");
    }

    private static byte[] label(RandomGenerator random) {
        return WalletHeaders.bytes(JsonDamage.of(Json.object().put("label", "agent"), random));
    }

    private static WireRequest spoiled(WireRequest request, RandomGenerator random) {
        return switch (random.nextInt(8)) {
            case 0 -> request.method(Nasty.method(random));
            case 1 -> request.target(target(request.target(), random));
            case 2, 3, 4 -> request.headers(headers(request.headers(), random));
            case 5 -> request.headers(and(request.headers(), Nasty.any(HEADERS, random), Nasty.text(random)));
            case 6 -> request.body(json(request.body(), random));
            default -> request.body(damaged(request.body(), random));
        };
    }

    private static String target(String target, RandomGenerator random) {
        int slash = target.lastIndexOf('/') + 1;
        return switch (random.nextInt(5)) {
            case 0 -> target.substring(0, slash) + Nasty.text(random);
            case 1 -> target + Nasty.text(random);
            case 2 -> target + (target.contains("?") ? "&" : "?") + Nasty.any(PARAMETERS, random) + "="
                    + Nasty.text(random) + "&" + Nasty.any(PARAMETERS, random) + "=" + Nasty.text(random);
            case 3 -> target + "/" + Nasty.text(random);
            default -> "/" + Nasty.text(random);
        };
    }

    private static List<Map.Entry<String, String>> headers(List<Map.Entry<String, String>> headers,
            RandomGenerator random) {
        if (headers.isEmpty()) {
            return headers;
        }
        List<Map.Entry<String, String>> changed = new ArrayList<>(headers);
        int place = random.nextInt(headers.size());
        Map.Entry<String, String> header = headers.get(place);
        switch (random.nextInt(5)) {
            case 0 -> changed.remove(place);
            case 1 -> changed.add(header);
            case 2 -> changed.add(Map.entry(header.getKey(), Nasty.text(random)));
            case 3 -> changed.set(place, Map.entry(header.getKey(), new String(
                    damaged(WalletHeaders.bytes(header.getValue()), random), StandardCharsets.ISO_8859_1)));
            default -> changed.set(place, Map.entry(header.getKey(), Nasty.text(random)));
        }
        return changed;
    }

    private static List<Map.Entry<String, String>> and(List<Map.Entry<String, String>> headers, String name,
            String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return more;
    }

    private static byte[] json(byte[] body, RandomGenerator random) {
        try {
            return Json.read(body) instanceof ObjectNode object
                    ? WalletHeaders.bytes(JsonDamage.of(object, random))
                    : WalletHeaders.bytes(Nasty.json(random));
        } catch (IOException e) {
            return WalletHeaders.bytes(Nasty.json(random));
        }
    }

    /** With one byte changed, some left out at the end, or some more. */
    private static byte[] damaged(byte[] bytes, RandomGenerator random) {
        if (bytes.length == 0) {
            return WalletHeaders.bytes(Nasty.json(random));
        }
        byte[] changed = bytes.clone();
        switch (random.nextInt(3)) {
            case 0 -> changed[random.nextInt(bytes.length)] = (byte) random.nextInt();
            case 1 -> changed = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            default -> {
                changed = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 64));
                for (int i = bytes.length; i < changed.length; i++) {
                    changed[i] = (byte) random.nextInt();
                }
            }
        }
        return changed;
    }
}
