package io.x402compute.inference;

/** How an upstream is asked: by one of the endpoints that OpenAI has made common, or by the jobs of an upstream that has only those. */
public enum Operation {
    CHAT, IMAGES, SPEECH, TRANSCRIPTION, EMBEDDINGS, RERANK, VIDEO, MODERATION, JOB
}
