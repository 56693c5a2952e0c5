package io.x402compute.inference.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.ManualClock;
import io.x402compute.inference.Services;
import io.x402compute.inference.model.DynamoModels;
import io.x402compute.inference.model.Model;
import io.x402compute.inference.model.ModelList;
import io.x402compute.inference.model.TokenPrice;
import io.x402compute.store.LocalDynamo;

class ModelRefreshTest {
    private static final String LINE = "GET /vultr/models";

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private final ScriptedUpstream upstream = new ScriptedUpstream();
    private final ManualClock clock = new ManualClock(Desk.NOW);
    private DynamoModels models;
    private ModelRefresh refresh;

    @BeforeEach
    void setUp() {
        models = new DynamoModels(dynamo.table("catalog"));
        refresh = new ModelRefresh(Services.read(), List.of(upstream.named("vultr", ""), upstream.named("jobs", "")),
                models, clock);
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void modelsThatServeHereAreWrittenDownWithWhatTheyCost() {
        upstream.on(LINE, 200, """
                {"data": [{"id": "glm-5.3-flash", "cost_usd": {"input": 1e-07, "output": 3.5e-07}},
                 {"id": "qwen3-embedding-4b", "cost_usd": {"input": 2e-08}}, {"id": "minimax-m3"},
                 {"id": "minimax-m3-of-nobody"}, {"id": 7}]}""");

        assertThat(refresh.refresh()).isEqualTo(new ModelRefresh.Result(1, 0, 1));
        assertThat(models.lists()).singleElement().satisfies(list -> assertThat(list.now()).containsExactly(
                new Model("glm-5.3-flash", Optional.of(new TokenPrice(new BigDecimal("0.0000001"),
                        new BigDecimal("0.00000035")))),
                new Model("qwen3-embedding-4b",
                        Optional.of(new TokenPrice(new BigDecimal("0.00000002"), BigDecimal.ZERO))),
                new Model("minimax-m3", Optional.empty())));
    }

    @Test
    void whatHasNotChangedIsNotWritten() {
        upstream.on(LINE, 200, "{\"data\": [{\"id\": \"minimax-m3\"}]}").on(LINE, 200,
                "{\"data\": [{\"id\": \"minimax-m3\"}]}");

        refresh.refresh();
        clock.advance(Duration.ofHours(1));

        assertThat(refresh.refresh()).isEqualTo(new ModelRefresh.Result(1, 0, 0));
        assertThat(models.lists()).extracting(ModelList::changedAt).containsExactly(Desk.NOW);
    }

    @Test
    void aChangeIsKeptWithWhatWasBefore() {
        upstream.on(LINE, 200, "{\"data\": [{\"id\": \"minimax-m3\"}]}").on(LINE, 200,
                "{\"data\": [{\"id\": \"glm-5.3-flash\"}]}");

        refresh.refresh();
        clock.advance(Duration.ofHours(1));
        refresh.refresh();

        assertThat(models.lists()).singleElement().satisfies(list -> {
            assertThat(list.now()).extracting(Model::id).containsExactly("glm-5.3-flash");
            assertThat(list.before()).extracting(Model::id).containsExactly("minimax-m3");
        });
    }

    @Test
    void anUpstreamThatSaysNothingKeepsWhatItHad() {
        upstream.on(LINE, 200, "{\"data\": [{\"id\": \"minimax-m3\"}]}").on(LINE, 500, "{}")
                .on(LINE, 200, "{\"data\": []}")
                .on(LINE, 200, "<html>");
        refresh.refresh();

        assertThat(refresh.refresh()).isEqualTo(new ModelRefresh.Result(0, 1, 0));
        assertThat(refresh.refresh()).isEqualTo(new ModelRefresh.Result(0, 1, 0));
        assertThat(refresh.refresh()).isEqualTo(new ModelRefresh.Result(0, 1, 0));
        assertThat(models.lists()).singleElement()
                .satisfies(list -> assertThat(list.now()).extracting(Model::id).containsExactly("minimax-m3"));
    }

    @Test
    void aPriceThatCannotBeIsNone() {
        upstream.on(LINE, 200, """
                {"data": [{"id": "minimax-m3", "cost_usd": {"input": -1, "output": 1}},
                 {"id": "glm-5.3-flash", "cost_usd": {"input": 1e-999999, "output": 1}}]}""");

        refresh.refresh();

        assertThat(models.lists().getFirst().now()).extracting(Model::price).containsOnly(Optional.empty());
    }
}
