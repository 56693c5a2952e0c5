package io.x402compute.contract;

import java.util.stream.Collectors;

/** How an agent that has never been here buys, in prose; its list of routes is the contract's. */
public final class AgentGuide {
    public static final String PATH = "/llms.txt";

    private static final String BASE_URL = "{base_url}";
    private static final String ROUTES = "{routes}";

    private final String template;

    public AgentGuide(ApiContract contract) {
        template = Resources.text("llms.txt").replace(ROUTES,
                contract.routes().stream().map(AgentGuide::line).collect(Collectors.joining("\n")));
    }

    /**
     * The guide to one deployment.
     *
     * @param baseUrl scheme and host of this API, without a trailing slash
     */
    public String text(String baseUrl) {
        return template.replace(BASE_URL, baseUrl);
    }

    private static String line(Route route) {
        return "- `%s`%s: %s".formatted(route.key(), route.isPaid() ? " (paid)" : "", route.summary());
    }
}
