// SPDX-License-Identifier: Apache-2.0
// The ecosystem's own verification, unmodified, as fast as one thread goes: its chains answer at once and from memory, so that what
// is measured is what it does itself.
//
// Reads one line of JSON: { requirements, payments } for each of "evm" and "svm", payments as they stand in their header; and
// "feePayer". Then for each line "<what> <millis>" verifies payments for that long and prints how many it did in a second.

import { createInterface } from "node:readline";
import { decodePaymentSignatureHeader } from "@x402/core/http";
import { ExactEvmScheme } from "@x402/evm/exact/facilitator";
import { ExactSvmScheme } from "@x402/svm/exact/facilitator";
import { verifyTypedData } from "viem/utils";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const given = JSON.parse((await lines.next()).value);

const evmChain = {
  getAddresses: () => ["0x0000000000000000000000000000000000000001"],
  getCode: async ({ address }) => (address.toLowerCase() === given.evm.requirements.asset.toLowerCase() ? "0x60" : undefined),
  readContract: async () => undefined,
  verifyTypedData,
};
const solanaChain = {
  getAddresses: () => [given.feePayer],
  simulateTransaction: async () => {},
};
const facilitators = { evm: new ExactEvmScheme(evmChain), svm: new ExactSvmScheme(solanaChain) };

async function verify(what, header) {
  const answer = await facilitators[what].verify(decodePaymentSignatureHeader(header), given[what].requirements);
  if (!answer.isValid) {
    throw new Error(`${what}: ${JSON.stringify(answer)}`);
  }
}

async function perSecond(what, millis) {
  const { payments } = given[what];
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < millis) {
    await verify(what, payments[done % payments.length]);
    done++;
  }
  return (done / (performance.now() - start)) * 1000;
}

for await (const line of lines) {
  const [what, millis] = line.split(" ");
  console.log(await perSecond(what, Number(millis)));
}
