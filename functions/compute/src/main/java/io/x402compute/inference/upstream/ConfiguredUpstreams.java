package io.x402compute.inference.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.x402compute.http.Json;
import io.x402compute.inference.Candidate;
import io.x402compute.inference.JobId;
import io.x402compute.inference.Operation;
import io.x402compute.inference.Outcome;
import io.x402compute.inference.Output;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.Service;
import io.x402compute.inference.Services;
import io.x402compute.inference.Upstreams;
import io.x402compute.inference.model.Choice;
import io.x402compute.inference.model.Choices;
import io.x402compute.inference.outside.Download;
import io.x402compute.inference.outside.OutsideUrls;
import io.x402compute.inference.outside.Patience;

/** The operator's upstreams, asked one after the other until one can. Whoever finds the input wrong has the last word. */
public final class ConfiguredUpstreams implements Upstreams {
    /** For asking somebody to stop. */
    private static final Duration STOPPING = Duration.ofSeconds(5);

    private final Services services;
    private final Choices choices;
    private final Map<String, Connection> connections;
    private final Map<Operation, Call> calls;
    private final Map<String, JobCall> jobs;
    private final Clock clock;

    /** @param urls those that may be asked for what callers and upstreams name */
    public ConfiguredUpstreams(
            Services services,
            Choices choices,
            List<Upstream> upstreams,
            OutsideUrls urls,
            Clock clock) {
        this.services = services;
        this.choices = choices;
        this.clock = clock;
        connections = upstreams.stream()
                .collect(Collectors.toUnmodifiableMap(Upstream::name, Connection::new));
        Attachments attachments = new Attachments(urls);
        calls = new EnumMap<>(Map.of(Operation.CHAT, new ChatCall(), Operation.IMAGES, new ImageCall(attachments),
                Operation.SPEECH, new SpeechCall(), Operation.TRANSCRIPTION, new TranscriptionCall(new Download(urls)),
                Operation.EMBEDDINGS, new EmbeddingCall(), Operation.RERANK, new RerankCall(), Operation.VIDEO,
                new VideoCall(), Operation.MODERATION, new ModerationCall()));
        jobs = services.jobApis().propertyStream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey,
                api -> new JobCall(JobApi.of(api.getValue()), attachments)));
    }

    @Override
    public boolean serve(Service service) {
        return !choices.all(service, clock.instant()).isEmpty();
    }

    @Override
    public Outcome run(JobId job, RunRequest request, Duration patience) {
        Patience all = Patience.of(patience);
        Service service = services.of(request);
        Iterator<Choice> left = choices.of(service, request.input(), request.priority(), clock.instant()).iterator();
        Outcome last = Failures.FAILED;
        while (left.hasNext() && !all.isOver()) {
            Choice choice = left.next();
            Duration begun = left.hasNext() ? all.left().multipliedBy(2).dividedBy(3) : all.left();
            Task task = new Task(job, service, request.input(), choice.candidate(), choice.model().id(), begun, all);
            Outcome outcome = call(choice.candidate()).run(task, connections.get(choice.candidate().upstream()));
            if (!(outcome instanceof Outcome.Failed failed)) {
                return finished(service, outcome);
            }
            // Of several failures the one is told after which nobody should simply try again.
            last = last.equals(Failures.TIMED_OUT) ? last : failed;
        }
        return all.isOver() ? Failures.TIMED_OUT : last;
    }

    @Override
    public Outcome look(RunRequest request, Outcome.Accepted accepted, Duration patience) {
        return pending(request, accepted, patience)
                .map(pending -> finished(pending.service(), asked(pending).look(pending, connection(pending))))
                .orElse(Failures.FAILED);
    }

    @Override
    public void stop(RunRequest request, Outcome.Accepted accepted) {
        pending(request, accepted, STOPPING)
                .ifPresent(pending -> asked(pending).stop(pending, connection(pending)));
    }

    /** Empty where the operator or the catalogue has taken the upstream away. */
    private Optional<Pending> pending(RunRequest request, Outcome.Accepted accepted, Duration patience) {
        Service service = services.of(request);
        return service.candidates().stream().filter(candidate -> candidate.upstream().equals(accepted.upstream()))
                .filter(candidate -> connections.containsKey(candidate.upstream()))
                .filter(candidate -> call(candidate) instanceof LongCall).findFirst()
                .map(candidate -> new Pending(service, request.input(), candidate, accepted, Patience.of(patience)));
    }

    private LongCall asked(Pending pending) {
        return (LongCall) call(pending.candidate());
    }

    private Connection connection(Pending pending) {
        return connections.get(pending.candidate().upstream());
    }

    private Call call(Candidate candidate) {
        return candidate.operation() == Operation.JOB
                ? jobs.get(candidate.upstream())
                : calls.get(candidate.operation());
    }

    /** With the keys that the service promises and no others, unless it is longer than anybody could keep. */
    private static Outcome finished(Service service, Outcome outcome) {
        if (!(outcome instanceof Outcome.Completed completed)) {
            return outcome;
        }
        Output output = completed.output();
        output.fields().retain(service.outputs());
        long bytes = output.attachments().stream().mapToLong(attachment -> attachment.bytes().length).sum()
                + Json.write(output.fields()).getBytes(UTF_8).length;
        return bytes > service.limits().outputBytes() ? Failures.FAILED : outcome;
    }
}
