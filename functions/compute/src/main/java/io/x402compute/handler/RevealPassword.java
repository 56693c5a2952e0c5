package io.x402compute.handler;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.http.RequestBody;
import io.x402compute.idempotency.KeptAnswer;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.PasswordReveal;
import io.x402compute.instance.PasswordReveal.Outcome;
import io.x402compute.x402.protocol.Wallet;

/** {@code POST /compute/instances/{id}/password}: shows the root password of a machine without a key, this once. */
public final class RevealPassword extends SecretEndpoint {
    /** How often known clients ask while a machine boots. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final OwnedInstances owned;
    private final PasswordReveal reveal;

    public RevealPassword() {
        this(System.getenv());
    }

    public RevealPassword(Map<String, String> environment) {
        this(new Application(environment));
    }

    RevealPassword(Application application) {
        super(application, new AccessServices(application).authenticator()::require);
        owned = new MachineServices(application).ownedInstances();
        reveal = new MachineServices(application).passwordReveal();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller, KeptAnswer kept) {
        Instance instance = owned.find(request.pathParameter("id"), caller);
        // Nothing is asked for in it, but what is no JSON was meant for something else.
        RequestBody.of(request);
        return switch (reveal.reveal(instance, request.deadline(), revealed -> kept.together(render(revealed)))) {
            case Outcome.Revealed revealed -> render(revealed);
            case Outcome.NotReady() -> throw new ApiException(425, "password_not_ready",
                    "The machine is not up yet; ask again for its password")
                    .retryAfter(RETRY_AFTER);
            case Outcome.RevealedBefore(Instant at) -> throw conflict("password_already_revealed",
                    "The password was shown at " + at + " and is kept no longer");
            case Outcome.NoPassword() -> throw conflict("no_password",
                    "The machine takes the SSH key it was ordered with; it has no password");
            case Outcome.Gone(InstanceState outcome) -> throw conflict("instance_gone",
                    "The instance is %s; its password is kept no longer".formatted(outcome.wireName()));
        };
    }

    @Override
    protected void prime() {
        rehearse(new RevealPassword(application().rehearsal()), "GET", RehearsedRequests.LIST,
                RehearsedRequests.SIGNED, "");
    }

    private static ApiResponse render(Outcome.Revealed revealed) {
        ObjectNode body = Json.object().put("success", true);
        body.putObject("access").put("method", "one_time_password").put("username", "root")
                .put("ip_address", revealed.ipAddress()).put("password", revealed.password().text());
        // Said here too, whatever every answer says: this one must not be found anywhere later.
        return ApiResponse.ok(body).withHeader("Cache-Control", "no-store");
    }

    private static ApiException conflict(String code, String message) {
        return new ApiException(409, code, message);
    }
}
