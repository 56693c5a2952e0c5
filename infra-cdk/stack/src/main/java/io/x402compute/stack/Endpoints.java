package io.x402compute.stack;

import static io.x402compute.stack.ItemAction.BATCH_GET_ITEM;
import static io.x402compute.stack.ItemAction.GET_ITEM;
import static io.x402compute.stack.ItemAction.PUT_ITEM;
import static io.x402compute.stack.ItemAction.QUERY;
import static io.x402compute.stack.ItemAction.UPDATE_ITEM;
import static software.amazon.awscdk.services.apigatewayv2.HttpMethod.ANY;
import static software.amazon.awscdk.services.apigatewayv2.HttpMethod.DELETE;
import static software.amazon.awscdk.services.apigatewayv2.HttpMethod.GET;
import static software.amazon.awscdk.services.apigatewayv2.HttpMethod.POST;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

import io.x402compute.handler.CancelJob;
import io.x402compute.handler.CheckHealth;
import io.x402compute.handler.CreateApiKey;
import io.x402compute.handler.DestroyInstance;
import io.x402compute.handler.EstimateRun;
import io.x402compute.handler.ExtendInstance;
import io.x402compute.handler.GetAccountBalance;
import io.x402compute.handler.GetAgentGuide;
import io.x402compute.handler.GetCreditBalance;
import io.x402compute.handler.GetInstance;
import io.x402compute.handler.GetJob;
import io.x402compute.handler.GetOpenApi;
import io.x402compute.handler.GetOrder;
import io.x402compute.handler.GetRefundPolicy;
import io.x402compute.handler.GetResult;
import io.x402compute.handler.ListApiKeys;
import io.x402compute.handler.ListCreditEntries;
import io.x402compute.handler.ListImages;
import io.x402compute.handler.ListInstanceEvents;
import io.x402compute.handler.ListInstances;
import io.x402compute.handler.ListOrders;
import io.x402compute.handler.ListPaidResources;
import io.x402compute.handler.ListPlans;
import io.x402compute.handler.ListRegions;
import io.x402compute.handler.ListServices;
import io.x402compute.handler.ListSupportedKinds;
import io.x402compute.handler.ProvisionInstance;
import io.x402compute.handler.QuotePrice;
import io.x402compute.handler.RebootInstance;
import io.x402compute.handler.ResizeInstance;
import io.x402compute.handler.RevealPassword;
import io.x402compute.handler.RevokeApiKey;
import io.x402compute.handler.RunInference;
import io.x402compute.handler.ServeMcp;
import io.x402compute.handler.SetAutoExtend;
import io.x402compute.handler.SettlePayment;
import io.x402compute.handler.StartInstance;
import io.x402compute.handler.StopInstance;
import io.x402compute.handler.TopUpCredits;
import io.x402compute.handler.VerifyPayment;

/** The functions behind the API: the route that calls each, and what it needs. */
final class Endpoints extends Construct {
    /** One second under the gateway's own limit, so that the caller gets our answer and not its 503. */
    private static final Duration TIMEOUT = Duration.seconds(29);

    /** The functions whose routes are tools, too. */
    private static final List<Class<?>> TOOLS = List.of(ListPlans.class, QuotePrice.class, ProvisionInstance.class,
            ListInstances.class, GetInstance.class, ExtendInstance.class, DestroyInstance.class, ListServices.class,
            EstimateRun.class, RunInference.class, GetJob.class, GetAccountBalance.class);

    private final Code code;
    private final Api api;
    private final Map<Class<?>, Need> needs = new HashMap<>();

    Endpoints(
            Construct scope,
            String id,
            Code code,
            OperatorSettings settings,
            Storage storage,
            Secrets secrets,
            JobQueue jobs,
            Api api) {
        super(scope, id);
        this.code = code;
        this.api = api;
        Need provider = secrets.providerKey().and(settings.provider());
        Need creation = provider.and(secrets.passwordKey());
        Need payments = settings.offer()
                .and(settings.settlement(secrets.settlementKeyId()))
                .and(secrets.settlementKey())
                .and(settings.refunds(secrets.settlementKeyId()))
                .and(settings.receipts(secrets.settlementKeyId()))
                .and(storage.payments().allow(GET_ITEM, PUT_ITEM, UPDATE_ITEM))
                .and(storage.credits().allow(GET_ITEM, PUT_ITEM, UPDATE_ITEM))
                // What a key has bought; other writes are told by the write that takes their key.
                .and(storage.nonces().allow(GET_ITEM));
        // A nonce is put, and the call counted, in the same table.
        Need signers = storage.nonces().allow(PUT_ITEM, UPDATE_ITEM).and(settings.address());
        Need callers = signers.and(storage.apiKeys().allow(GET_ITEM, UPDATE_ITEM)).and(secrets.apiKeyPepper());
        Need readers = callers.and(settings.reads());
        Need writers = callers.and(settings.writes());

        route(GET, "/health", CheckHealth.class, storage.catalog().allow(GET_ITEM));
        route(GET, "/.well-known/refund-policy.json", GetRefundPolicy.class, settings.remedy());
        route(GET, "/.well-known/x402", ListPaidResources.class, settings.address(), settings.offer(),
                settings.terms(), settings.inference().catalogue());
        route(GET, "/openapi.json", GetOpenApi.class, settings.address());
        route(GET, "/llms.txt", GetAgentGuide.class, settings.address());
        route(GET, "/compute/plans", ListPlans.class, storage.catalog().allow(QUERY));
        route(GET, "/compute/regions", ListRegions.class, storage.catalog().allow(QUERY));
        route(GET, "/compute/os", ListImages.class, storage.catalog().allow(QUERY));
        route(
                GET, "/catalog", ListServices.class, settings.inference().catalogue(), settings.pricing(),
                storage.catalog().allow(QUERY));
        route(
                GET, "/catalog/estimate", EstimateRun.class, settings.inference().catalogue(), settings.pricing(),
                settings.hashProofs(), secrets.apiKeyPepper(), storage.catalog().allow(QUERY));
        // One purchase by either path.
        route(
                POST, List.of("/v1/run", "/run"), RunInference.class, writers, payments, settings.inference().calls(),
                settings.hashProofs(), settings.pricing(), storage.catalog().allow(QUERY),
                storage.jobs().allow(GET_ITEM, PUT_ITEM),
                jobs.send());
        route(
                POST, "/compute/provision", ProvisionInstance.class, writers, payments, settings.limits(), creation,
                storage.catalog().allow(GET_ITEM, QUERY), storage.instances().allow(GET_ITEM, PUT_ITEM));
        route(
                GET, "/compute/quote", QuotePrice.class, readers, settings.terms(), settings.limits(),
                storage.catalog().allow(GET_ITEM, QUERY), storage.instances().allow(GET_ITEM));
        route(
                GET, "/compute/instances", ListInstances.class, readers, storage.instances().allow(BATCH_GET_ITEM),
                storage.instances().allowQueryOf(Storage.OWNER));
        route(
                GET, "/compute/instances/{id}", GetInstance.class, readers, creation,
                storage.instances().allow(GET_ITEM, PUT_ITEM));
        route(
                GET, "/compute/instances/{id}/events", ListInstanceEvents.class, readers,
                storage.instances().allow(GET_ITEM), storage.instances().allowQueryOf(Storage.OWNER));
        route(
                POST, "/compute/instances/{id}/password", RevealPassword.class, writers, creation,
                storage.instances().allow(GET_ITEM, PUT_ITEM));
        route(
                POST, "/compute/instances/{id}/extend", ExtendInstance.class, writers, payments, settings.limits(),
                storage.catalog().allow(GET_ITEM), storage.instances().allow(GET_ITEM, PUT_ITEM));
        route(
                POST, "/compute/instances/{id}/auto-extend", SetAutoExtend.class, writers, settings.limits(),
                storage.instances().allow(GET_ITEM, PUT_ITEM));
        route(
                POST, "/compute/instances/{id}/start", StartInstance.class, writers, provider,
                storage.instances().allow(GET_ITEM, PUT_ITEM));
        route(
                POST, "/compute/instances/{id}/stop", StopInstance.class, writers, provider,
                storage.instances().allow(GET_ITEM, PUT_ITEM));
        route(
                POST, "/compute/instances/{id}/reboot", RebootInstance.class, writers, provider,
                storage.instances().allow(GET_ITEM, PUT_ITEM));
        route(
                POST, "/compute/instances/{id}/resize", ResizeInstance.class, writers, provider, settings.limits(),
                storage.catalog().allow(GET_ITEM), storage.instances().allow(GET_ITEM, PUT_ITEM));
        route(
                DELETE, "/compute/instances/{id}", DestroyInstance.class, writers, provider,
                storage.instances().allow(GET_ITEM, PUT_ITEM), storage.credits().allow(PUT_ITEM, UPDATE_ITEM));
        route(
                POST, "/compute/api-keys", CreateApiKey.class, signers, settings.writes(), secrets.apiKeyPepper(),
                storage.apiKeys().allow(PUT_ITEM, UPDATE_ITEM));
        route(GET, "/compute/api-keys", ListApiKeys.class, readers, storage.apiKeys().allowQueryOf(Storage.OWNER));
        route(GET, "/compute/credits/balance", GetCreditBalance.class, readers, storage.credits().allow(GET_ITEM));
        route(
                GET, "/account/balance", GetAccountBalance.class, readers, storage.credits().allow(GET_ITEM),
                storage.credits().allowQueryOf(Storage.OWNER));
        route(POST, "/compute/credits/topup", TopUpCredits.class, writers, payments);
        route(
                GET, "/compute/credits/entries", ListCreditEntries.class, readers,
                storage.credits().allowQueryOf(Storage.OWNER));
        route(
                GET, "/compute/orders", ListOrders.class, readers, storage.payments().allow(BATCH_GET_ITEM),
                storage.payments().allowQueryOf(Storage.OWNER));
        route(
                GET, "/compute/orders/{id}", GetOrder.class, readers, storage.payments().allow(GET_ITEM),
                storage.payments().allowQueryOf(Storage.OWNER), storage.instances().allow(GET_ITEM));
        route(
                DELETE, "/compute/api-keys/{id}", RevokeApiKey.class, signers, settings.writes(),
                storage.apiKeys().allow(GET_ITEM, UPDATE_ITEM));
        routeJobs(settings, storage, writers);
        routeFacilitator(settings, storage, secrets);
        routeTools();
    }

    /** For whoever has had something run. */
    private void routeJobs(OperatorSettings settings, Storage storage, Need writers) {
        route(
                GET, "/status/{id}", GetJob.class, settings.address(), storage.jobs().allow(GET_ITEM),
                storage.payments().allow(GET_ITEM));
        route(DELETE, "/status/{id}", CancelJob.class, writers, storage.jobs().allow(GET_ITEM, PUT_ITEM));
        route(GET, "/results/{id}/{field}", GetResult.class, settings.address(), storage.jobs().allow(GET_ITEM));
    }

    /** For sellers who have us settle. Their calls are counted beside the nonces. */
    private void routeFacilitator(OperatorSettings settings, Storage storage, Secrets secrets) {
        String key = secrets.settlementKeyId();
        Need counted = storage.nonces().allow(UPDATE_ITEM);
        route(
                POST, "/verify", VerifyPayment.class, counted, settings.forOthers().terms(),
                settings.verification(key));
        route(
                POST, "/settle", SettlePayment.class, counted, settings.forOthers().terms(),
                settings.ownSettlement(key), secrets.settlementKey(),
                storage.payments().allow(GET_ITEM, PUT_ITEM, UPDATE_ITEM));
        route(
                GET, "/supported", ListSupportedKinds.class, counted, settings.forOthers().callers(),
                settings.settlingAccounts(), secrets.settlementKey());
    }

    /** One function for all of them, which needs what those need that they stand for. By any method: it says itself that it has no streams. */
    private void routeTools() {
        Need all = TOOLS.stream().map(needs::get).map(Objects::requireNonNull).reduce(Need.NOTHING, Need::and);
        route(ANY, "/mcp", ServeMcp.class, all);
    }

    private void route(HttpMethod method, String path, Class<?> handler, Need... its) {
        route(method, List.of(path), handler, its);
    }

    private void route(HttpMethod method, List<String> paths, Class<?> handler, Need... its) {
        Need need = Stream.of(its).reduce(Need.NOTHING, Need::and);
        needs.put(handler, need);
        ComputeFunction function = new ComputeFunction(this, handler, code, TIMEOUT, need);
        paths.forEach(path -> api.route(method, path, function));
    }
}
