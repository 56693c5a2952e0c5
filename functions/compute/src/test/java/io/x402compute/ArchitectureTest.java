package io.x402compute;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan of the house: which room may know which. */
class ArchitectureTest {
    /** The classes that put the services together. */
    private static final DescribedPredicate<HasName> APPLICATION = nameMatching(
            ".*\\.handler\\.(Application|AwsClients|EmptyAnswers|[A-Z][a-z]+Services)(\\$.*)?");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.x402compute");

    @Test
    void roomsHaveNoCycles() {
        slices().matching("io.x402compute.(*)..").should().beFreeOfCycles().check(MAIN);
        slices().matching("io.x402compute.x402.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @ParameterizedTest
    @CsvSource({
        // Joined by order, and by nobody else.
        "payment, 'instance inference access catalog order facilitation handler vultr'",
        // Never orders: it may look the ledger up, and that is all.
        "facilitation, 'instance inference access catalog order event handler vultr http'",
        "instance, 'payment inference access catalog order handler x402.facilitator x402.evm x402.solana'",
        "inference, 'payment instance access catalog order handler vultr'",
        "access, 'payment instance inference catalog order handler vultr'",
        "catalog, 'payment instance inference access order handler x402.facilitator x402.evm x402.solana'",
        "order, 'handler access facilitation'",
        "event, 'payment instance inference access catalog order handler vultr'",
        // No ledger, no plans of ours.
        "vultr, 'payment instance inference access catalog order handler store x402'",
        // Tells what is here without touching any of it.
        "contract, 'payment instance inference access catalog order facilitation handler vultr store x402'",
        // Calls routes, and knows none of them.
        "mcp, 'payment instance inference catalog order facilitation handler vultr store event idempotency'",
        "page, 'payment instance inference access catalog order handler vultr store http x402'",
        "metric, 'payment instance inference access catalog order handler vultr store http page event x402'",
        "store, 'payment instance inference access catalog order handler vultr http x402'",
        "http, 'payment instance inference access catalog order handler vultr store x402'",
        "x402, 'payment instance inference access catalog order handler vultr store http'"})
    void roomDoesNotKnow(String room, String others) {
        String[] forbidden = Stream.of(others.split(" ", -1)).map(other -> "io.x402compute." + other + "..")
                .toArray(String[]::new);
        noClasses().that().resideInAPackage("io.x402compute." + room + "..").should().dependOnClassesThat()
                .resideInAnyPackage(forbidden).allowEmptyShould(true).check(MAIN);
    }

    @Test
    void dynamoDbIsKnownToTheStoreAndToWhoeverPutsTheApplicationTogether() {
        noClasses().that(not(resideInAPackage("io.x402compute.store..")).and(not(APPLICATION))).should()
                .dependOnClassesThat().resideInAPackage("software.amazon.awssdk.services.dynamodb..").check(MAIN);
    }

    @Test
    void handlersNeitherStoreNorCallAws() {
        noClasses().that(resideInAPackage("io.x402compute.handler..").and(not(APPLICATION))).should()
                .dependOnClassesThat().resideInAnyPackage("io.x402compute.store..", "software.amazon.awssdk..")
                .check(MAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment", "instance", "access", "catalog"})
    void onlyEventsAreJsonInside(String room) {
        noClasses().that().resideInAPackage("io.x402compute." + room + "..").and().haveSimpleNameNotEndingWith("Events")
                .should().dependOnClassesThat().resideInAPackage("com.fasterxml.jackson..").allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void handlersAreFinalAndAreMadeFromTheEnvironment() {
        classes().that().areAssignableTo(RequestHandler.class).and().resideInAPackage("io.x402compute.handler..").and()
                .doNotHaveModifier(JavaModifier.ABSTRACT).should().bePublic().andShould()
                .haveModifier(JavaModifier.FINAL)
                .andShould(haveAPublicConstructor()).andShould(haveAPublicConstructor(Map.class)).check(MAIN);
    }

    @Test
    void functionsKeepNothingThatChanges() {
        fields().that().areDeclaredInClassesThat()
                .resideInAnyPackage("io.x402compute.handler..", "io.x402compute.access..", "io.x402compute.catalog..")
                .should().beFinal().check(MAIN);
    }

    @Test
    void timeComesFromTheClock() {
        noClasses().should().callMethod(Instant.class, "now").orShould().callMethod(System.class, "currentTimeMillis")
                .check(MAIN);
    }

    private static ArchCondition<JavaClass> haveAPublicConstructor(Class<?>... parameters) {
        return new ArchCondition<>("have a public constructor of " + Arrays.toString(parameters)) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean found = type.tryGetConstructor(parameters)
                        .filter(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC)).isPresent();
                events.add(new SimpleConditionEvent(type, found, type.getName() + ": " + found));
            }
        };
    }
}
