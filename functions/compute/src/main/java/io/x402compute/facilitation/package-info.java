/**
 * Payments that others have us settle: the facilitator as a service. Its rows lie beside those of the ledger and are never orders: nothing is
 * delivered for them, and nothing is ever owed back.
 */
package io.x402compute.facilitation;
