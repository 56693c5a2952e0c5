package io.x402compute.stack;

import java.util.Map;

import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.services.lambda.Code;

/**
 * Synthesizes the one template of every operator and of the local run. The build runs it in this module's folder, after
 * the functions are packaged; the result is in {@code target/cdk.out}, or where {@code CDK_OUTDIR} says.
 */
public final class X402ComputeApp {
    private static final String DEPLOYED_ZIP = "target/deployed.zip";

    private X402ComputeApp() {}

    public static void main(String[] args) {
        // Whatever names this machine or is reported from it stays out: the same sources give the same template anywhere.
        App app = new App(
                AppProps.builder()
                        .analyticsReporting(false)
                        .treeMetadata(false)
                        .stackTraces(false)
                        .context(Map.of("aws:cdk:enable-path-metadata", false, "aws:cdk:enable-asset-metadata", false))
                        .build());
        new X402ComputeStack(app, "X402Compute", Code.fromAsset(DEPLOYED_ZIP));
        RulePacks.applyTo(app);
        app.synth();
    }
}
