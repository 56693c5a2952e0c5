package io.x402compute.inference.upstream;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.inference.model.Model;
import io.x402compute.inference.model.TokenPrice;

/** Reads {@code GET /models}: ids everywhere, and what a token costs where that is told. */
final class ListedModels {
    private static final Pattern ID = Pattern.compile("[!-~]{1,128}");
    private static final int MOST_DECIMALS = 15;

    private ListedModels() {}

    /** Empty for anything else than a list with something in it: nobody has no models at all. */
    static List<Model> of(JsonNode json) {
        List<Model> models = new ArrayList<>();
        for (JsonNode entry : json.isArray() ? json : json.path("data")) {
            String id = entry.path("id").asText();
            if (ID.matcher(id).matches()) {
                models.add(new Model(id, price(entry)));
            }
        }
        return models;
    }

    private static Optional<TokenPrice> price(JsonNode entry) {
        Optional<BigDecimal> input = cost(entry.at("/cost_usd/input"), entry.at("/input_modalities/0/cost_usd"));
        Optional<BigDecimal> output = cost(entry.at("/cost_usd/output"), entry.at("/output_modalities/0/cost_usd"));
        // What only reads is priced by what it reads.
        return input.map(dollars -> new TokenPrice(dollars, output.orElse(BigDecimal.ZERO)));
    }

    /** US dollars for a token; a dollar for one would be a mistake of theirs. */
    private static Optional<BigDecimal> cost(JsonNode... places) {
        return Stream.of(places).filter(JsonNode::isNumber).map(JsonNode::decimalValue)
                .filter(dollars -> dollars.signum() >= 0 && dollars.compareTo(BigDecimal.ONE) < 0
                        && dollars.stripTrailingZeros().scale() <= MOST_DECIMALS)
                .map(BigDecimal::stripTrailingZeros).findFirst();
    }
}
