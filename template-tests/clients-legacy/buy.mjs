// SPDX-License-Identifier: Apache-2.0
// Buys from the API with the client of protocol version 1: one POST, and the client pays the 402.
//
//   PRIVATE_KEY  of the paying wallet, 0x…
//   API_URL      default http://localhost:4020
//   API_PATH     default /compute/provision
//   BODY         the JSON to post
//
// Prints one line, {"status", "body", "paymentResponse"}; the exit code is 1 unless the status is 2xx.

import { createSigner, decodeXPaymentResponse, wrapFetchWithPayment } from "x402-fetch";

const {
  PRIVATE_KEY,
  API_URL = "http://localhost:4020",
  API_PATH = "/compute/provision",
  BODY = "{}",
} = process.env;

// By default the client pays ten cents at most, which buys no machine.
const MAX_MICRO_USDC = 1_000_000_000_000n;

const signer = await createSigner("base", PRIVATE_KEY);
const response = await wrapFetchWithPayment(fetch, signer, MAX_MICRO_USDC)(new URL(API_PATH, API_URL), {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: BODY,
});

const receipt = response.headers.get("X-PAYMENT-RESPONSE");
console.log(
  JSON.stringify({
    status: response.status,
    body: await response.json(),
    paymentResponse: receipt ? decodeXPaymentResponse(receipt) : null,
  }),
);
process.exitCode = response.ok ? 0 : 1;
