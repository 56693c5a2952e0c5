package io.x402compute.local.inference;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which call is answered by what. */
final class Routes {
    private final List<Route> routes = new ArrayList<>();

    /** Answers one kind of call; throws {@link Refused} to say no. */
    interface Operation {
        Reply answer(Call call);
    }

    private record Route(Set<Dialect> dialects, String method, Pattern path, boolean open, Operation operation) {}

    /** A route that anybody may use. */
    void open(Dialect dialect, String method, String path, Operation operation) {
        routes.add(new Route(EnumSet.of(dialect), method, Pattern.compile(path), true, operation));
    }

    /** A route of one API. */
    void keyed(Dialect dialect, String method, String path, Operation operation) {
        routes.add(new Route(EnumSet.of(dialect), method, Pattern.compile(path), false, operation));
    }

    /** A route that OpenAI's API has, and Vultr's too. */
    void shared(String method, String path, Operation operation) {
        routes.add(new Route(EnumSet.of(Dialect.OPENAI, Dialect.VULTR), method, Pattern.compile(path), false,
                operation));
    }

    /** The answer, also where it is no. */
    Reply reply(Call call) {
        try {
            return answer(call);
        } catch (Refused e) {
            return call.dialect().error(e);
        }
    }

    private Reply answer(Call call) {
        boolean otherMethod = false;
        for (Route route : routes) {
            Matcher path = route.path().matcher(call.path());
            if (route.dialects().contains(call.dialect()) && path.matches()) {
                if (route.method().equals(call.method())) {
                    if (!route.open()) {
                        checkKey(call);
                    }
                    return route.operation().answer(path.groupCount() > 0 ? call.withId(path.group(1)) : call);
                }
                otherMethod = true;
            }
        }
        checkKey(call);
        String asked = call.method() + " " + call.dialect().root() + call.path();
        throw otherMethod
                ? Refused.of(405, "Not allowed to " + asked + ".", "method_not_supported")
                : Refused.of(404, "Invalid URL (" + asked + ")", "unknown_url");
    }

    private static void checkKey(Call call) {
        switch (call.key()) {
            case RIGHT -> {
                // It may go on.
            }
            case MISSING -> throw Refused.of(401, "You didn't provide an API key.", "missing_api_key");
            case WRONG -> throw Refused.of(401, "Incorrect API key provided.", "invalid_api_key");
        }
    }
}
