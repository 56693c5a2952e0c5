package io.x402compute.access;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.x402compute.http.ApiRequest;
import io.x402compute.http.Requests;

/** The requests of the public skill's own signing functions, made with a fixed clock and nonce. */
final class SkillRequests {
    static final String TIMESTAMP = "1771372800123";
    static final String NONCE = "0123456789abcdef0123456789abcdef";
    static final String EVM = "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf";
    static final String SOLANA = "9C6hybhQ6Aycep9jaUnP6uL9ZYvDjUp1aSkFWPUFJtpj";
    static final String LIST_SIGNATURE = "0xf382da2ae20f5a8739699f5a10d188756855445e2cbd0bd38f2f130f6da62ad304c4ce567b3c5dc294f31bcfc5080fb47b8eaccd64ddb597c4b128da2a3fe2c51c";
    static final String LABEL = "{\"label\":\"my-agent\"}";
    static final String KEY_SIGNATURE = "0x78ed926aac1c44f25876666011fb1f9870f83978bd2c4c42c29401e99131d6ea3813c47ef6bffe1d2186e99bdfa390f6085554a60325979ead9be21645cc880e1b";
    static final String SOLANA_SIGNATURE = "8Lq//D0rgn0sholG2MrT1qnTvUIgLnMxxrAaUJ7bJkkg8bup+iSmJ/oCt9vAVCo2mNfsNFEvVdUpjcCAYPlbDA==";

    private SkillRequests() {}

    static ApiRequest list() {
        return Requests.withHeaders(Requests.get("/compute/instances"), headers("base", EVM, LIST_SIGNATURE, "hex"));
    }

    static ApiRequest createKey() {
        return Requests.withHeaders(Requests.post("/compute/api-keys", LABEL),
                headers("base", EVM, KEY_SIGNATURE, "hex"));
    }

    static ApiRequest listFromSolana() {
        return Requests.withHeaders(Requests.get("/compute/instances"),
                headers("solana", SOLANA, SOLANA_SIGNATURE, "base64"));
    }

    static Map<String, String> headers(String chain, String address, String signature, String encoding) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Auth-Address", address);
        headers.put("X-Auth-Chain", chain);
        headers.put("X-Auth-Signature", signature);
        headers.put("X-Auth-Timestamp", TIMESTAMP);
        headers.put("X-Auth-Nonce", NONCE);
        headers.put("X-Auth-Sig-Encoding", encoding);
        return headers;
    }

    static ApiRequest with(ApiRequest request, String header, String value) {
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        headers.put(header, value);
        return Requests.withHeaders(request, headers);
    }

    static ApiRequest without(ApiRequest request, String header) {
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        headers.remove(header.toLowerCase(Locale.ROOT));
        return Requests.withHeaders(request, headers);
    }
}
