package io.x402compute.handler;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;

/**
 * What functions are rehearsed with: a request and a payment that were really signed, so that the signature is really checked.
 * They are published examples of a key that everybody knows, valid at one moment long ago.
 */
final class RehearsedRequests {
    static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_771_372_800_123L), ZoneOffset.UTC);

    static final String LIST = "/compute/instances";

    static final String KEYS = "/compute/api-keys";

    static final String KEY = "{\"label\":\"my-agent\"}";

    /** {@code GET /compute/instances}, signed. */
    static final Map<String, String> SIGNED = signed(
            "0xf382da2ae20f5a8739699f5a10d188756855445e2cbd0bd38f2f130f6da62ad3"
                    + "04c4ce567b3c5dc294f31bcfc5080fb47b8eaccd64ddb597c4b128da2a3fe2c51c");

    /** {@code POST /compute/api-keys} with {@link #KEY}, signed. */
    static final Map<String, String> SIGNED_KEY = signed(
            "0x78ed926aac1c44f25876666011fb1f9870f83978bd2c4c42c29401e99131d6ea"
                    + "3813c47ef6bffe1d2186e99bdfa390f6085554a60325979ead9be21645cc880e1b");

    /** A payment on Base, version 1. */
    static final Map<String, String> PAYING = Map.of("x-payment", base64("""
            {"x402Version":1,"scheme":"exact","network":"base","payload":{"signature":\
            "0xbbbe84f7f2da0af64f10f0d809fa4093ed764d41419bcd508a41af9d89591e98\
            2924e72bf4ac9f1de111ca91b6a03afe3be86341670b91f070002c2136349f9a1b","authorization":{\
            "from":"0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf",\
            "to":"0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF","value":"90000000","validAfter":"0",\
            "validBefore":"1771376400","nonce":\
            "0x1111111111111111111111111111111111111111111111111111111111111111"}}}"""));

    /** The same payment, presented by a seller. */
    static final String FACILITATED = """
            {"x402Version":1,"paymentPayload":%s,"paymentRequirements":{"scheme":"exact","network":"base",\
            "maxAmountRequired":"90000000","resource":"https://rehearsal.invalid","description":"","mimeType":"",\
            "payTo":"0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF","maxTimeoutSeconds":300,\
            "asset":"0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913","extra":{"name":"USD Coin","version":"2"}}}"""
            .formatted(payment());

    static final String PROVISION = """
            {"plan":"rehearsal","region":"ewr","prepaid_hours":24,"user_data":"#!/bin/sh"}""";

    static final String RUN = """
            {"service":"llm-4090","input":{"prompt":"Say hello"}}""";

    static final String TOPUP = """
            {"amount":50}""";

    /** The same order and payment, as a call of a tool. */
    static final String PAID_CALL = """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"provision_instance","arguments":%s,\
            "_meta":{"x402/payment":%s}}}""".formatted(PROVISION, payment());

    private RehearsedRequests() {}

    private static String payment() {
        return new String(Base64.getDecoder().decode(PAYING.get("x-payment")), StandardCharsets.UTF_8);
    }

    private static Map<String, String> signed(String signature) {
        return Map.of(
                "x-auth-address", "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf",
                "x-auth-chain", "base",
                "x-auth-timestamp", "1771372800123",
                "x-auth-nonce", "0123456789abcdef0123456789abcdef",
                "x-auth-sig-encoding", "hex",
                "x-auth-signature", signature);
    }

    private static String base64(String json) {
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
