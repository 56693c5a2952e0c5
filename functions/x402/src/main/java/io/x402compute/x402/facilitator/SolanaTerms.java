package io.x402compute.x402.facilitator;

import java.util.Optional;
import java.util.function.Predicate;

import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.solana.ExactSvmReason;
import io.x402compute.x402.solana.ExactSvmTerms;
import io.x402compute.x402.solana.FeeLimits;
import io.x402compute.x402.solana.SvmRefusal;
import io.x402compute.x402.solana.TransferTerms;
import io.x402compute.x402.solana.TransferTransaction;

/** What can be said of a payment on Solana without the chain, in the reference's order as far as its shape could be read at all. */
final class SolanaTerms {
    private final ExactSvmTerms exact;

    SolanaTerms(FeeLimits limits) {
        this.exact = new ExactSvmTerms(limits);
    }

    sealed interface Judgement {
        record Holds(TransferTransaction signed) implements Judgement {}

        record Broken(SvmRefusal refusal) implements Judgement {}
    }

    /** @param managed whether the facilitator has the account that is to pay the fees */
    Judgement judge(Payment payment, Predicate<String> managed) {
        PaymentRequirements offer = payment.requirements();
        if (!offer.scheme().equals(PaymentRequirements.EXACT)
                || !payment.payload().scheme().equals(PaymentRequirements.EXACT)) {
            return broken(ExactSvmReason.SCHEME, "only the exact scheme is accepted");
        }
        if (!payment.payload().network().equals(offer.network())) {
            return broken(ExactSvmReason.NETWORK_MISMATCH, "only " + offer.network().caip2());
        }
        String feePayer = offer.extra().get(PaymentRequirements.FEE_PAYER);
        if (feePayer == null) {
            return broken(ExactSvmReason.MISSING_FEE_PAYER, "the offer names no fee payer");
        }
        if (!managed.test(feePayer)) {
            return broken(ExactSvmReason.FEE_PAYER_NOT_MANAGED, "the offer's fee payer is not ours");
        }
        return switch (payment.payload().schemePayload()) {
            case SchemePayload.Eip3009 elsewhere -> broken(ExactSvmReason.NETWORK_MISMATCH, "signed for an EVM chain");
            case SchemePayload.Upto elsewhere -> broken(ExactSvmReason.NETWORK_MISMATCH, "signed for an EVM chain");
            case SchemePayload.Permit2 elsewhere -> broken(ExactSvmReason.NETWORK_MISMATCH, "signed for an EVM chain");
            case SchemePayload.Solana(TransferTransaction signed) -> exact.check(signed, terms(offer, feePayer))
                    .<Judgement>map(Judgement.Broken::new).orElseGet(() -> new Judgement.Holds(signed));
        };
    }

    private static TransferTerms terms(PaymentRequirements offer, String feePayer) {
        return new TransferTerms(offer.asset(), offer.payTo(), offer.amount().micros(), feePayer,
                Optional.ofNullable(offer.extra().get(PaymentRequirements.MEMO)));
    }

    private static Judgement broken(String reason, String message) {
        return new Judgement.Broken(new SvmRefusal(reason, message));
    }
}
