package io.x402compute.inference;

/** What sort of work a service does. */
public enum Category {
    LLM, IMAGE, VISION, SPEECH_TO_TEXT, TEXT_TO_SPEECH, MUSIC, EMBEDDINGS, RERANK, VIDEO, UPSCALING, BACKGROUND_REMOVAL,
    DOCUMENT, MODERATION
}
