// SPDX-License-Identifier: Apache-2.0
// The ecosystem's own payer and facilitator on Solana, unmodified, one step at a time.
//
//   API_URL       of the Solana node
//   PRIVATE_KEY   of the payer or of the fee payer, 32 bytes as 0x…
//   STEP          pay: makes the payment for REQUIREMENTS; settle: verifies and settles PAYMENT for REQUIREMENTS
//   VERSION       of the protocol to pay in: 1, or 2 (default)
//   REQUIREMENTS  as that version's offers have them
//   PAYMENT       a payment of version 2
//
// Prints one line: what was made, or the facilitator's answer.

import { createKeyPairSignerFromPrivateKeyBytes } from "@solana/kit";
import { toFacilitatorSvmSigner } from "@x402/svm";
import { ExactSvmScheme } from "@x402/svm/exact/client";
import { ExactSvmScheme as ExactSvmFacilitator } from "@x402/svm/exact/facilitator";
import { ExactSvmSchemeV1 } from "@x402/svm/exact/v1/client";

const { API_URL, PRIVATE_KEY, STEP, VERSION = "2", REQUIREMENTS, PAYMENT } = process.env;
const signer = await createKeyPairSignerFromPrivateKeyBytes(Buffer.from(PRIVATE_KEY.slice(2), "hex"));
const requirements = JSON.parse(REQUIREMENTS);

const steps = {
  pay: () => {
    const Scheme = VERSION === "1" ? ExactSvmSchemeV1 : ExactSvmScheme;
    return new Scheme(signer, { rpcUrl: API_URL }).createPaymentPayload(Number(VERSION), requirements);
  },
  settle: () =>
    new ExactSvmFacilitator(toFacilitatorSvmSigner(signer, { defaultRpcUrl: API_URL })).settle(
      JSON.parse(PAYMENT),
      requirements,
    ),
};

console.log(JSON.stringify(await steps[STEP]()));
process.exit(0);
