package io.x402compute.handler;

import java.util.Map;

import io.x402compute.access.Authenticator;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceCreator;

/** {@code GET /compute/instances/{id}}: one of the caller's machines. While it boots, asking is what brings news. */
public final class GetInstance extends Endpoint {
    private final Authenticator authenticator;
    private final OwnedInstances owned;
    private final InstanceCreator creator;

    public GetInstance() {
        this(System.getenv());
    }

    public GetInstance(Map<String, String> environment) {
        this(new Application(environment));
    }

    GetInstance(Application application) {
        super(application);
        authenticator = application.authenticator();
        owned = application.ownedInstances();
        creator = application.instanceCreator();
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        Instance instance = owned.find(request.pathParameter("id"), authenticator.require(request));
        return OwnedInstances.render(creator.bringUp(instance, request.deadline()));
    }
}
