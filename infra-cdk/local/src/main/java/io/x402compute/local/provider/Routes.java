package io.x402compute.local.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which call is answered by what. */
final class Routes {
    private final List<Route> routes = new ArrayList<>();

    /** Answers one kind of call; throws {@link Refused} to say no. */
    interface Operation {
        Reply answer(Call call);
    }

    private record Route(String method, Pattern path, boolean open, Operation operation) {}

    /** A route anybody may use, as the provider's price lists. */
    void open(String method, String path, Operation operation) {
        routes.add(new Route(method, Pattern.compile(path), true, operation));
    }

    /** A route for the account's own key. */
    void keyed(String method, String path, Operation operation) {
        routes.add(new Route(method, Pattern.compile(path), false, operation));
    }

    /** The answer, also where it is no. */
    Reply reply(Call call) {
        try {
            return answer(call);
        } catch (Refused e) {
            return e.reply();
        }
    }

    private Reply answer(Call call) {
        for (Route route : routes) {
            Matcher path = route.path().matcher(call.path());
            if (route.method().equals(call.method()) && path.matches()) {
                if (!route.open() && !call.keyed()) {
                    throw new Refused(401, "Invalid API token.");
                }
                return route.operation().answer(path.groupCount() > 0 ? call.withId(path.group(1)) : call);
            }
        }
        throw new Refused(404, "Invalid API endpoint.");
    }
}
