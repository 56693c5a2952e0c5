package io.x402compute.x402.solana;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The part of verifying an {@code exact} payment on Solana that needs nothing but the payment and the offer. Whether the chain
 * would execute it is asked elsewhere.
 *
 * <p>What is signed as fee payer is signed for everything in the message, so the fee payer must have no part in it but to pay the
 * fees, and those are limited.
 */
public final class ExactSvmTerms {
    /** The payer and the fee payer; every signature more costs the latter 5,000 lamports. */
    private static final int SIGNERS = 2;

    /** Derived addresses that are kept; a seller has few receivers, a public facilitator many. */
    private static final int MOST_RECEIVERS = 1_000;

    private final FeeLimits limits;
    private final Map<Receiver, Optional<String>> tokenAccounts = new ConcurrentHashMap<>();

    private record Receiver(String owner, String mint, String program) {}

    public ExactSvmTerms(FeeLimits limits) {
        this.limits = limits;
    }

    /** The first term the payment breaks, if any. */
    public Optional<SvmRefusal> check(TransferTransaction payment, TransferTerms terms) {
        return checkSigners(payment, terms).or(() -> checkCost(payment)).or(() -> checkTransfer(payment, terms))
                .or(() -> checkFeePayerIsApart(payment)).or(() -> checkMemo(payment, terms));
    }

    private static Optional<SvmRefusal> checkSigners(TransferTransaction payment, TransferTerms terms) {
        SolanaMessage message = payment.transaction().message();
        if (message.signers() > SIGNERS) {
            return refused(ExactSvmReason.EXCESSIVE_SIGNERS, "only the payer and the fee payer sign");
        }
        if (!message.feePayer().equals(terms.feePayer())) {
            return refused(ExactSvmReason.FEE_PAYER_MISMATCH, "the fees are paid by " + terms.feePayer());
        }
        if (payment.payer().equals(terms.feePayer())) {
            return refused(ExactSvmReason.FEE_PAYER_TRANSFERRING, "the fee payer does not pay for anything else");
        }
        return payment.isSignedByPayer()
                ? Optional.empty()
                : refused(ExactSvmReason.SIGNATURE, "not signed by the payer");
    }

    private Optional<SvmRefusal> checkCost(TransferTransaction payment) {
        ComputeBudget budget = payment.budget();
        if (budget.unitLimit() > limits.computeUnits()) {
            return refused(ExactSvmReason.COMPUTE_LIMIT_TOO_HIGH,
                    "the unit limit is at most " + limits.computeUnits());
        }
        return budget.unitPrice().compareTo(FeeLimits.MOST_UNIT_PRICE) > 0
                || budget.priorityFee().compareTo(BigInteger.valueOf(limits.lamports())) > 0
                        ? refused(ExactSvmReason.COMPUTE_PRICE_TOO_HIGH,
                                "unit limit times price is at most %d lamports".formatted(limits.lamports()))
                        : Optional.empty();
    }

    private Optional<SvmRefusal> checkTransfer(TransferTransaction payment, TransferTerms terms) {
        TokenTransfer transfer = payment.transfer();
        if (!transfer.mint().equals(terms.mint())) {
            return refused(ExactSvmReason.MINT_MISMATCH, "the token is " + terms.mint());
        }
        Receiver receiver = new Receiver(terms.payTo(), terms.mint(), transfer.program());
        if (!tokenAccount(receiver).equals(Optional.of(transfer.destination()))) {
            return refused(ExactSvmReason.RECIPIENT_MISMATCH, "it must go to the token account of " + terms.payTo());
        }
        return transfer.amount().equals(BigInteger.valueOf(terms.micros()))
                ? Optional.empty()
                : refused(ExactSvmReason.AMOUNT_MISMATCH, "the amount must be exactly " + terms.micros());
    }

    private Optional<String> tokenAccount(Receiver receiver) {
        if (tokenAccounts.size() >= MOST_RECEIVERS) {
            tokenAccounts.clear();
        }
        return tokenAccounts.computeIfAbsent(receiver, asked -> {
            try {
                return Optional.of(TokenAccounts.of(asked.owner(), asked.mint(), asked.program()));
            } catch (IllegalArgumentException noAddress) {
                return Optional.empty();
            }
        });
    }

    /** The fee payer's signature must be worth nothing to any program. */
    private static Optional<SvmRefusal> checkFeePayerIsApart(TransferTransaction payment) {
        SolanaMessage message = payment.transaction().message();
        boolean taken = message.instructions().stream().anyMatch(
                call -> call.accounts().contains(0) || call.program().equals(message.feePayer()));
        return taken
                ? refused(ExactSvmReason.FEE_PAYER_INCLUDED, "no instruction may be given the fee payer's account")
                : Optional.empty();
    }

    private static Optional<SvmRefusal> checkMemo(TransferTransaction payment, TransferTerms terms) {
        List<byte[]> memos = payment.memos();
        if (terms.memo().isEmpty()) {
            return Optional.empty();
        }
        if (memos.size() != 1) {
            return refused(ExactSvmReason.MEMO_COUNT, "it must have one memo");
        }
        return Arrays.equals(memos.get(0), terms.memo().get().getBytes(StandardCharsets.UTF_8))
                ? Optional.empty()
                : refused(ExactSvmReason.MEMO_MISMATCH, "its memo must be the one of the offer");
    }

    private static Optional<SvmRefusal> refused(String reason, String message) {
        return Optional.of(new SvmRefusal(reason, message));
    }
}
