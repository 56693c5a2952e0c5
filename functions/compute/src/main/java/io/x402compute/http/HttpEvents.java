package io.x402compute.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;

/** Reads API Gateway's events (payload format 2.0), in which everything empty is null. */
final class HttpEvents {
    private static final int MAX_BODY_BYTES = 128 * 1024;
    private static final byte[] NO_BODY = new byte[0];

    private final String publicUrl;

    HttpEvents(String publicUrl) {
        this.publicUrl = publicUrl;
    }

    static String requestId(APIGatewayV2HTTPEvent event, Context context) {
        String given = event.getRequestContext().getRequestId();
        return given == null ? context.getAwsRequestId() : given;
    }

    ApiRequest request(APIGatewayV2HTTPEvent event, String requestId, Instant deadline) {
        return new ApiRequest(event.getRequestContext().getHttp().getMethod().toUpperCase(Locale.ROOT),
                event.getRawPath(),
                orEmpty(event.getPathParameters()), orEmpty(event.getQueryStringParameters()),
                event.getRawQueryString() == null ? "" : event.getRawQueryString(), lowerCaseNames(event.getHeaders()),
                body(event), requestId, baseUrl(event), deadline, source(event));
    }

    private static String source(APIGatewayV2HTTPEvent event) {
        String address = event.getRequestContext().getHttp().getSourceIp();
        return address == null ? "" : address;
    }

    private String baseUrl(APIGatewayV2HTTPEvent event) {
        return publicUrl.isEmpty() ? "https://" + event.getRequestContext().getDomainName() : publicUrl;
    }

    private static byte[] body(APIGatewayV2HTTPEvent event) {
        String text = event.getBody();
        if (text == null) {
            return NO_BODY;
        }
        byte[] body = event.getIsBase64Encoded() ? decoded(text) : text.getBytes(StandardCharsets.UTF_8);
        if (body.length > MAX_BODY_BYTES) {
            throw new ApiException(413, "body_too_large", "The body is longer than " + MAX_BODY_BYTES + " bytes");
        }
        return body;
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("invalid_body", "The body is not base64 as announced");
        }
    }

    private static Map<String, String> lowerCaseNames(Map<String, String> headers) {
        Map<String, String> lowerCase = new LinkedHashMap<>();
        orEmpty(headers).forEach((name, value) -> lowerCase.merge(name.toLowerCase(Locale.ROOT), value,
                (first, next) -> first + "," + next));
        return lowerCase;
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
