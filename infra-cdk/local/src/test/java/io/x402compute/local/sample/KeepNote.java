package io.x402compute.local.sample;

import java.util.Map;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Keeps a note under its id, says so on the event bus, and shows it stamped; a note that says {@code boom} it cannot
 * take.
 */
public final class KeepNote implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private final Map<String, String> environment;
    private final DynamoDbClient tables;
    private final EventBridgeClient events;
    private final SecretsManagerClient secrets;

    public KeepNote(Map<String, String> environment) {
        this.environment = environment;
        this.tables = Clients.local(DynamoDbClient.builder(), environment);
        this.events = Clients.local(EventBridgeClient.builder(), environment);
        this.secrets = Clients.local(SecretsManagerClient.builder(), environment);
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        context.getLogger().log(event.getRouteKey() + " with " + context.getRemainingTimeInMillis() / 1000 + " s left");
        return event.getRouteKey().startsWith("POST")
                ? keep(event.getBody())
                : show(event.getPathParameters().get("id"));
    }

    private APIGatewayV2HTTPResponse keep(String text) {
        if (text.equals("boom")) {
            throw new IllegalArgumentException("cannot take that");
        }
        String id = Integer.toHexString(text.hashCode());
        tables.putItem(put -> put.tableName(environment.get("NOTES_TABLE")).item(Map.of(
                "id", AttributeValue.fromS(id),
                "text", AttributeValue.fromS(text))));
        PutEventsRequestEntry kept = PutEventsRequestEntry.builder()
                .eventBusName(environment.get("EVENT_BUS"))
                .source("notes")
                .detailType("NoteKept")
                .detail("{\"id\":\"" + id + "\"}")
                .build();
        events.putEvents(put -> put.entries(kept));
        return answer(201, environment.get("PUBLIC_URL") + "/notes/" + id);
    }

    private APIGatewayV2HTTPResponse show(String id) {
        Map<String, AttributeValue> note = tables.getItem(get -> get.tableName(environment.get("NOTES_TABLE"))
                .key(Map.of("id", AttributeValue.fromS(id)))).item();
        String stamp = secrets.getSecretValue(get -> get.secretId(environment.get("STAMP_SECRET"))).secretString();
        return answer(200, environment.get("GREETING") + ", " + note.get("text").s() + " (" + stamp + ")");
    }

    private static APIGatewayV2HTTPResponse answer(int status, String body) {
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(status)
                .withHeaders(Map.of("Content-Type", "text/markdown", "Access-Control-Allow-Origin", "ignored"))
                .withBody(body)
                .build();
    }
}
