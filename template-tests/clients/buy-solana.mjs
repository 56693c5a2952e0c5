// SPDX-License-Identifier: Apache-2.0
// Buys from the API as any application does that uses the ecosystem's client with a wallet on Solana.
//
//   PRIVATE_KEY     of the paying wallet, 32 bytes as 0x…
//   SOLANA_RPC_URL  default http://localhost:8899
//   API_URL         default http://localhost:4020
//   API_PATH        default /compute/provision
//   BODY            the JSON to post
//   SCHEMES         protocol versions the client knows: v2, v1 or both (default)
//
// Prints one line, {"status", "body", "paymentResponse"}; the exit code is 1 unless the status is 2xx.

import { createKeyPairSignerFromPrivateKeyBytes } from "@solana/kit";
import { decodePaymentResponseHeader, wrapFetchWithPayment, x402Client } from "@x402/fetch";
import { ExactSvmScheme } from "@x402/svm/exact/client";
import { ExactSvmSchemeV1 } from "@x402/svm/exact/v1/client";

const {
  PRIVATE_KEY,
  SOLANA_RPC_URL = "http://localhost:8899",
  API_URL = "http://localhost:4020",
  API_PATH = "/compute/provision",
  BODY = "{}",
  SCHEMES = "both",
} = process.env;

const signer = await createKeyPairSignerFromPrivateKeyBytes(Buffer.from(PRIVATE_KEY.slice(2), "hex"));
const node = { rpcUrl: SOLANA_RPC_URL };
// By default the client pays a dollar at most, which buys no machine.
const client = new x402Client().setSpendControls({ maxAmountPerPayment: false });
if (SCHEMES !== "v1") {
  client.register("solana:*", new ExactSvmScheme(signer, node));
}
if (SCHEMES !== "v2") {
  client.registerV1("solana", new ExactSvmSchemeV1(signer, node));
}

const response = await wrapFetchWithPayment(fetch, client)(new URL(API_PATH, API_URL), {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: BODY,
});

const receipt = response.headers.get("PAYMENT-RESPONSE") ?? response.headers.get("X-PAYMENT-RESPONSE");
console.log(
  JSON.stringify({
    status: response.status,
    body: await response.json(),
    paymentResponse: receipt ? decodePaymentResponseHeader(receipt) : null,
  }),
);
process.exit(response.ok ? 0 : 1);
