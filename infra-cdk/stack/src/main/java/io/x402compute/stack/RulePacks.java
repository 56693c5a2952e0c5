package io.x402compute.stack;

import java.util.List;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagReportFormat;
import io.github.cdklabs.cdknag.ServerlessChecks;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;

/**
 * Two packs of published rules that everything in the template is held to. What they find is an error of {@code cdk synth};
 * a report of each lies beside the template, also of what was looked at and is fine.
 */
final class RulePacks {
    private static final List<NagReportFormat> REPORTS = List.of(NagReportFormat.JSON);

    private RulePacks() {}

    static void applyTo(App app) {
        Aspects aspects = Aspects.of(app);
        aspects.add(AwsSolutionsChecks.Builder.create().verbose(true).reportFormats(REPORTS).build());
        aspects.add(ServerlessChecks.Builder.create().verbose(true).reportFormats(REPORTS).build());
    }
}
