package io.x402compute.inference.upstream;

import static io.x402compute.inference.FakeModels.model;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.x402compute.http.Json;
import io.x402compute.inference.Meter;
import io.x402compute.inference.Outcome;

/** Vectors, orders and judgements. */
class MeaningTest {
    private final Desk desk = new Desk();

    MeaningTest() {
        desk.models.has("openai", Desk.NOW, model("bge-m3"), model("jina-reranker-v2"),
                model("omni-moderation-latest"));
        desk.models.has("vultr", Desk.NOW);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void vectorsComeInTheOrderOfTheTexts() {
        desk.upstream.on("POST /openai/embeddings", 200, """
                {"data": [{"index": 1, "embedding": [2, 2]}, {"index": 0, "embedding": [1, 1]}], "model": "bge-m3",
                 "usage": {"prompt_tokens": 7, "total_tokens": 7}}""");

        Outcome.Completed completed = desk.completed("embed-l4", "{\"texts\": [\"a\", \"b\"]}");

        assertThat(completed.output().fields()).isEqualTo(Json.readOwn("""
                {"embedding": [1, 1], "embeddings": [[1, 1], [2, 2]], "dimensions": 2, "model": "bge-m3"}"""));
        assertThat(completed.usage().of(Meter.INPUT_TOKENS)).isEqualTo(7);
    }

    @Test
    void documentsAreNamedByTheirPlaceAndShown() {
        desk.upstream.on("POST /openai/rerank", 200, """
                {"results": [{"index": 1, "relevance_score": 0.9}, {"index": 0, "relevance_score": 0.1}]}""");

        Outcome.Completed completed = desk.completed("rerank", "{\"query\": \"q\", \"documents\": [\"a\", \"b\"]}");

        assertThat(completed.output().fields().path("results")).isEqualTo(Json.readOwn("""
                [{"index": 1, "score": 0.9, "document": "b"}, {"index": 0, "score": 0.1, "document": "a"}]"""));
    }

    @Test
    void aPlaceThatIsNoneIsAFailure() {
        desk.upstream.on("POST /openai/rerank", 200, "{\"results\": [{\"index\": 7, \"relevance_score\": 0.9}]}");

        assertThat(desk.run("rerank", "{\"query\": \"q\", \"documents\": [\"a\"]}"))
                .isEqualTo(new Outcome.Failed("upstream_failed"));
    }

    @Test
    void aJudgementHasItsReasons() {
        desk.upstream.on("POST /openai/moderations", 200, """
                {"model": "omni-moderation-latest", "results": [{"flagged": true, "categories": {"violence": true},
                 "category_scores": {"violence": 0.98}}]}""");

        assertThat(desk.completed("nsfw-detect", "{\"image_url\": \"https://example.com/a.png\"}").output().fields())
                .isEqualTo(Json.readOwn("""
                        {"flagged": true, "categories": {"violence": true}, "scores": {"violence": 0.98},
                         "model": "omni-moderation-latest"}"""));
    }
}
