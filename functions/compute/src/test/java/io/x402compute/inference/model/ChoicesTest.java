package io.x402compute.inference.model;

import static io.x402compute.inference.FakeModels.model;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.x402compute.http.Json;
import io.x402compute.inference.FakeModels;
import io.x402compute.inference.Priority;
import io.x402compute.inference.Service;
import io.x402compute.inference.Services;

class ChoicesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Service llm = Services.read().find("llm-4090").orElseThrow();
    private final FakeModels models = new FakeModels();
    private final Choices choices = new Choices(Set.of("openai", "vultr"), models);

    @Test
    void beforeAnybodyHasLookedOnlyNamesThatAreSpeltOutAreBelieved() {
        assertThat(chosen(Priority.FAST)).containsExactly("openai gpt-4o-mini", "vultr minimax-m3");
    }

    @Test
    void theFirstPatternThatFitsDecidesWhateverTheOrderOfTheList() {
        models.has("vultr", NOW, model("minimax-m3"), model("glm-5.3-flash"), model("Llama-3.3-70b-Instruct"));
        models.has("openai", NOW);

        assertThat(chosen(Priority.FAST)).containsExactly("vultr Llama-3.3-70b-Instruct");
    }

    @Test
    void whoeverWantsItCheapGetsTheLeastCostAndTheUnknownLast() {
        models.has("openai", NOW, model("gpt-4o-mini"));
        models.has("vultr", NOW, model("glm-5.3-flash", "0.10", "0.35"), model("qwen3.8-flash-next", "0.10", "0.20"));

        assertThat(chosen(Priority.FAST)).containsExactly("openai gpt-4o-mini", "vultr glm-5.3-flash");
        assertThat(chosen(Priority.CHEAP)).containsExactly("vultr qwen3.8-flash-next", "openai gpt-4o-mini");
    }

    @Test
    void whoeverHasNoUpstreamHasNoChoice() {
        assertThat(new Choices(Set.of(), models).all(llm, NOW)).isEmpty();
    }

    private List<String> chosen(Priority priority) {
        return choices.of(llm, Json.object().put("prompt", "Hi").put("max_tokens", 100), priority, NOW).stream()
                .map(choice -> choice.candidate().upstream() + " " + choice.model().id()).toList();
    }
}
