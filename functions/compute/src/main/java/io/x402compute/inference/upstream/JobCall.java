package io.x402compute.inference.upstream;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Meter;
import io.x402compute.inference.MostUsed;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Output;
import io.x402compute.inference.Usage;
import io.x402compute.inference.outside.Reply;

/** Work that is handed in, asked for, and fetched, as a {@link JobApi} says. */
final class JobCall implements LongCall {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,200}");
    /** Of a result that is to be an address. */
    private static final String URL = "url";
    private static final int ALL = 100;

    private final JobApi api;
    private final Attachments attachments;

    JobCall(JobApi api, Attachments attachments) {
        this.api = api;
        this.attachments = attachments;
    }

    @Override
    public Outcome run(Task task, Connection upstream) {
        JobApi.Step submit = api.submit();
        Reply reply = upstream.call(submit.method(), submit.path(),
                submit.body(task.model(), task.translated(), task.job().toString()), task.begun(), task.patience());
        if (!(reply instanceof Reply.Answered answered) || !answered.isSuccess()) {
            return Failures.of(reply, api.refused());
        }
        String id = Failures.json(answered.body()).at(api.id()).asText();
        return ID.matcher(id).matches() ? new Outcome.Accepted(upstream.name(), id, 0) : Failures.FAILED;
    }

    @Override
    public Outcome look(Pending pending, Connection upstream) {
        JobApi.Step poll = api.poll();
        Reply reply = call(poll, pending, upstream);
        if (!(reply instanceof Reply.Answered answered)) {
            return pending.accepted();
        }
        if (answered.status() == 404) {
            return Failures.FAILED;
        }
        JsonNode json = Failures.json(answered.body());
        String status = json.at(api.status()).asText();
        if (api.completed().contains(status)) {
            return completed(pending, json.at(api.result()));
        }
        return api.failed().contains(status)
                ? Failures.FAILED
                : pending.at(percent(json, pending.accepted().percent()));
    }

    private int percent(JsonNode json, int before) {
        JsonNode told = api.progress().map(json::at).orElse(MissingNode.getInstance());
        if (!told.isNumber()) {
            return before;
        }
        double number = told.doubleValue();
        return Math.clamp(Math.round(number <= 1 ? number * ALL : number), 0, ALL);
    }

    private Outcome completed(Pending pending, JsonNode result) {
        ObjectNode fields = Json.object();
        List<Attachments.Field> links = new ArrayList<>();
        pending.candidate().output().forEach((name, at) -> {
            JsonNode value = result.at(at);
            if (value.isTextual() && name.endsWith(URL)) {
                links.add(new Attachments.Field(name, value.textValue()));
            } else if (!value.isMissingNode() && !value.isNull()) {
                fields.set(name, value);
            }
        });
        if (fields.isEmpty() && links.isEmpty()) {
            return Failures.FAILED;
        }
        Output output = attachments.fetched(fields, links, pending.service().limits().outputBytes(),
                pending.patience());
        return new Outcome.Completed(output, usage(pending, result));
    }

    private static Usage usage(Pending pending, JsonNode result) {
        Map<Meter, Long> amounts = new EnumMap<>(Meter.class);
        amounts.putAll(MostUsed.of(pending.service(), pending.input()).amounts());
        pending.candidate().usage().forEach((meter, at) -> {
            if (result.at(at).canConvertToLong()) {
                amounts.put(meter, Math.max(0, result.at(at).longValue()));
            }
        });
        return new Usage(amounts);
    }

    @Override
    public void stop(Pending pending, Connection upstream) {
        api.cancel().ifPresent(cancel -> call(cancel, pending, upstream));
    }

    private static Reply call(JobApi.Step step, Pending pending, Connection upstream) {
        return upstream.call(step.method(), step.path(pending.accepted().handle()), step.body(),
                pending.patience().left(), pending.patience());
    }
}
