package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.aws.Grant;

/**
 * The functions as Lambda runs them: the deployed zip under AWS's runtime client, restored as from a snapshot. With {@code
 * -Dlocal.processes=true} all the other tests here do the same; this one does always.
 */
class ProcessModeTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.inProcesses();

    @Test
    void everyFunctionIsPrimedBeforeItsSnapshotAndForgetsAfterIt() {
        Set<String> functions = running.cloud().roles().granted().stream().map(Grant::function)
                .collect(Collectors.toSet());

        assertThat(functionsThatSay("primed")).isEqualTo(functions);
        assertThat(functionsThatSay("restored")).isEqualTo(functions);
    }

    @Test
    void aMachineIsSoldDeliveredAndEnded() {
        Agent agent = running.agent(1);
        String id = agent.machine();
        running.awaitBoot();
        JsonNode booted = agent.instance(id);
        int ended = agent.signed("DELETE", MachineRequest.instance(id)).status();

        assertThat(booted.path("status").textValue()).isEqualTo("active");
        assertThat(ended).isEqualTo(200);
        assertThat(agent.instance(id).path("status").textValue()).isEqualTo("destroyed");
    }

    @Test
    void whatIsNotGrantedIsRefusedThereToo() {
        Grant grant = running.cloud().roles().granted().stream()
                .filter(any -> any.function().equals("ListRegions") && any.action().startsWith("dynamodb:")).findFirst()
                .orElseThrow();

        int status;
        try (var _ = running.cloud().roles().without(grant)) {
            status = running.agent(1).send("GET", "/compute/regions", Map.of(), new byte[0]).status();
        }

        assertThat(status).isEqualTo(500);
        assertThat(running.cloud().roles().refused()).contains(grant);
    }

    private static Set<String> functionsThatSay(String snapshot) {
        return running.cloud().logLines().stream().filter(line -> line.contains("\"snapshot\""))
                .map(Json::readOwn)
                .filter(line -> line.path("snapshot").asText().equals(snapshot))
                .map(line -> line.path("function").asText()).collect(Collectors.toSet());
    }
}
