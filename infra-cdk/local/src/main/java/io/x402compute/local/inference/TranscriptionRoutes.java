package io.x402compute.local.inference;

/** {@code POST /audio/transcriptions}: what was said by {@link SpeechRoutes} is understood again. */
final class TranscriptionRoutes {
    private static final String PUBLISHED = "model language prompt response_format temperature timestamp_granularities "
            + "stream chunking_strategy include known_speaker_names known_speaker_references";

    private final Models models;

    TranscriptionRoutes(Models models) {
        this.models = models;
    }

    void addTo(Routes routes) {
        routes.shared("POST", "/audio/transcriptions", this::transcribe);
    }

    private Reply transcribe(Call call) {
        Multipart form = Multipart.read(call);
        Fields fields = Fields.ofForm(form.texts(), PUBLISHED);
        models.require(call.dialect(), fields.text("model"), "transcription");
        fields.decimal("temperature", 0, 1, 0);
        String format = fields.oneOf("response_format", "json", "json", "text", "srt", "verbose_json", "vtt",
                "diarized_json");
        Transcript transcript = Transcript.of(form.file("file").bytes());
        String language = fields.optionalText("language").orElse("en");
        return switch (format) {
            case "text" -> Reply.text("text/plain; charset=utf-8", transcript.text() + "\n");
            case "srt" -> Reply.text("text/plain; charset=utf-8", transcript.srt());
            case "vtt" -> Reply.text("text/vtt; charset=utf-8", transcript.vtt());
            case "verbose_json" -> Reply.json(transcript.verbose(language, words(fields)));
            case "diarized_json" -> Reply.json(transcript.diarized());
            default -> Reply.json(transcript.plain());
        };
    }

    private static boolean words(Fields fields) {
        return fields.has("timestamp_granularities")
                && fields.texts("timestamp_granularities", 2).contains("word");
    }
}
