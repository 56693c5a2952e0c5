package io.x402compute.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Lambda function of the template.
 *
 * @param id its logical id
 * @param name its physical name, as it appears in ARNs
 * @param handler class and method, {@code com.example.Handler::handleRequest}
 * @param code the name of the zip with its code
 * @param environment resolved
 * @param role the physical name of its role
 * @param statements all that its role's policies say
 */
public record LambdaFunction(
        String id,
        String name,
        String handler,
        String code,
        Duration timeout,
        int memoryMegabytes,
        Map<String, String> environment,
        String role,
        List<Statement> statements) {
    private static final String METHOD_SEPARATOR = "::";

    public String handlerClass() {
        return handler.split(METHOD_SEPARATOR, 2)[0];
    }

    /** The handler's simple class name, which is how people call the function. */
    public String handlerName() {
        return handlerClass().substring(handlerClass().lastIndexOf('.') + 1);
    }
}
