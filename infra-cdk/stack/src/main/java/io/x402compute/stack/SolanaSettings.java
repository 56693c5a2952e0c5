package io.x402compute.stack;

import java.util.List;
import java.util.stream.Stream;

import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CfnRule;
import software.amazon.awscdk.CfnRuleAssertion;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.ICfnConditionExpression;
import software.amazon.awscdk.Stack;

/** What an operator decides who takes payments on Solana, too; without these settings nothing of it is offered. */
final class SolanaSettings {
    private static final String NO_ADDRESS_OR_ONE = "^(|[1-9A-HJ-NP-Za-km-z]{32,44})$";
    /** Of the public clients, and of wallets that are generous. */
    private static final int FEE_LAMPORTS = 20_000;
    /** A hundredth of a SOL. */
    private static final int MOST_FEE_LAMPORTS = 10_000_000;

    private final CfnParameter payTo;
    private final CfnParameter feePayer;
    private final CfnParameter rpcUrl;
    private final CfnParameter secret;
    private final CfnParameter feeCap;
    private final CfnCondition offered;

    SolanaSettings(Stack stack) {
        payTo = OperatorSettings.text(stack, "SolanaPayTo",
                "Solana address that receives payments there, the owner's; empty: Solana is not offered")
                .defaultValue("")
                .allowedPattern(NO_ADDRESS_OR_ONE)
                .build();
        feePayer = OperatorSettings.text(stack, "SolanaFeePayer", "Solana address that pays the fees of payments")
                .defaultValue("")
                .allowedPattern(NO_ADDRESS_OR_ONE)
                .build();
        rpcUrl = OperatorSettings.text(stack, "SolanaRpcUrl",
                "JSON-RPC endpoint of a Solana node: mainnet beside base, devnet beside base-sepolia")
                .defaultValue("")
                .allowedPattern("^(|" + OperatorSettings.URL + ")$")
                .build();
        secret = OperatorSettings.text(stack, "SolanaSecret",
                "ARN of a secret with SolanaFeePayer's key pair, in base58 as wallets export it")
                .defaultValue("")
                .allowedPattern(OperatorSettings.NO_SECRET_OR_ARN)
                .build();
        feeCap = OperatorSettings.number(stack, "SolanaFeeCap",
                "The most that a payer may have a payment cost SolanaFeePayer beside the signatures, in lamports",
                FEE_LAMPORTS, 0, MOST_FEE_LAMPORTS);
        offered = CfnCondition.Builder.create(stack, "OffersSolana").expression(isSet(payTo)).build();
        wholeOrNotAtAll(stack);
    }

    /** What a 402 asks there: enough to say a price. */
    Need terms() {
        return variable("SOLANA_PAY_TO", payTo).and(variable("SOLANA_FEE_PAYER", feePayer));
    }

    /**
     * How payments are verified and settled there.
     *
     * @param otherwise a secret that whoever needs this may read anyway: a statement needs a resource even where nothing is offered
     */
    Need settlement(String otherwise) {
        String readable = Fn.conditionIf(offered.getLogicalId(), secret.getValueAsString(), otherwise).toString();
        return terms().and(variable("SOLANA_RPC_URL", rpcUrl))
                .and(variable("SOLANA_SECRET", secret))
                .and(variable("SOLANA_FEE_CAP", feeCap))
                .and(Need.allow(List.of("secretsmanager:GetSecretValue"), readable));
    }

    /** A half of it would only be found out by the first function that starts. */
    private void wholeOrNotAtAll(Stack stack) {
        ICfnConditionExpression[] all = settings().map(SolanaSettings::isSet)
                .toArray(ICfnConditionExpression[]::new);
        ICfnConditionExpression[] none = settings().map(setting -> Fn.conditionNot(isSet(setting)))
                .toArray(ICfnConditionExpression[]::new);
        CfnRule.Builder.create(stack, "SolanaWholeOrNotAtAll")
                .assertions(List.of(CfnRuleAssertion.builder()
                        .assertValue(Fn.conditionOr(Fn.conditionAnd(all), Fn.conditionAnd(none)))
                        .assertDescription("SolanaPayTo, SolanaFeePayer, SolanaRpcUrl and SolanaSecret go together")
                        .build()))
                .build();
    }

    private Stream<CfnParameter> settings() {
        return Stream.of(payTo, feePayer, rpcUrl, secret);
    }

    private static ICfnConditionExpression isSet(CfnParameter setting) {
        return Fn.conditionNot(Fn.conditionEquals(setting.getValueAsString(), ""));
    }

    private static Need variable(String name, CfnParameter setting) {
        return Need.variable(name, setting.getValueAsString());
    }
}
