package io.x402compute.instance;

import io.x402compute.x402.protocol.Usdc;

/** Sells more time for a machine against its owner's credit. How, is not known here. */
public interface LeaseExtensions {

    /** What so much more time costs now. */
    Offer offer(Instance instance, int hours);

    /**
     * Orders an extension under its id, for its amount. There is at most one such order for an end of a lease: doing it again
     * tells how far it has come.
     */
    Progress order(Instance instance, AnnouncedExtension extension);

    /** An answer to {@link #offer}. */
    sealed interface Offer {

        /**
         * It can be had.
         *
         * @param covered whether the owner has that much credit
         */
        record Priced(Usdc amount, boolean covered) implements Offer {}

        /** It cannot be had. */
        record NotSold() implements Offer {}
    }

    /** How far an order has come. */
    sealed interface Progress {

        record Underway() implements Progress {}

        /** The lease is longer. */
        record Delivered() implements Progress {}

        /** It will not be, and whatever was taken for it is given back. */
        record Refused(AutoExtendFailure reason) implements Progress {}
    }
}
