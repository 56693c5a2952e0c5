package io.x402compute.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.time.Instant;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which room of the command line may know which. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.x402compute.cli");

    @Test
    void roomsHaveNoCycles() {
        slices().matching("io.x402compute.cli.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @ParameterizedTest
    @CsvSource({"shell, api", "shell, wallet", "wallet, api", "api, purchase", "api, output", "purchase, output",
        "output, purchase", "purchase, command", "output, command"})
    void roomDoesNotKnow(String room, String other) {
        noClasses().that().resideInAPackage("io.x402compute.cli." + room + "..").should().dependOnClassesThat()
                .resideInAPackage("io.x402compute.cli." + other + "..").check(MAIN);
    }

    @Test
    void onlyCommandsKnowTheLibraryThatParsesThem() {
        noClasses().that().resideInAnyPackage("..shell..", "..wallet..", "..api..", "..purchase..", "..output..")
                .should()
                .dependOnClassesThat().resideInAPackage("picocli..").check(MAIN);
    }

    @Test
    void timeComesFromTheClockAndStreamsFromTheShell() {
        noClasses().should().callMethod(Instant.class, "now").orShould().callMethod(System.class, "currentTimeMillis")
                .check(MAIN);
        noClasses().that().doNotHaveSimpleName("Shell").should().accessField(System.class, "out").orShould()
                .accessField(System.class, "err").check(MAIN);
    }
}
