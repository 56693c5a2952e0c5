// SPDX-License-Identifier: Apache-2.0
// Buys from the API as any application does that uses axios and the ecosystem's client for it, on whichever network is offered first.
//
//   PRIVATE_KEY     of the paying wallet on both networks, 32 bytes as 0x…
//   SOLANA_RPC_URL  default http://localhost:8899
//   API_URL         default http://localhost:4020
//   API_PATH        default /compute/provision
//   BODY            the JSON to post
//   SCHEMES         protocol versions the client knows: v2, v1 or both (default)
//
// Prints one line, {"status", "body", "paymentResponse"}; the exit code is 1 unless the status is 2xx.

import { createKeyPairSignerFromPrivateKeyBytes } from "@solana/kit";
import { decodePaymentResponseHeader, wrapAxiosWithPayment, x402Client } from "@x402/axios";
import { ExactEvmScheme } from "@x402/evm/exact/client";
import { ExactEvmSchemeV1 } from "@x402/evm/exact/v1/client";
import { ExactSvmScheme } from "@x402/svm/exact/client";
import { ExactSvmSchemeV1 } from "@x402/svm/exact/v1/client";
import axios from "axios";
import { privateKeyToAccount } from "viem/accounts";

const {
  PRIVATE_KEY,
  SOLANA_RPC_URL = "http://localhost:8899",
  API_URL = "http://localhost:4020",
  API_PATH = "/compute/provision",
  BODY = "{}",
  SCHEMES = "both",
} = process.env;

const account = privateKeyToAccount(PRIVATE_KEY);
const signer = await createKeyPairSignerFromPrivateKeyBytes(Buffer.from(PRIVATE_KEY.slice(2), "hex"));
const node = { rpcUrl: SOLANA_RPC_URL };
const client = new x402Client();
if (SCHEMES !== "v1") {
  client.register("eip155:*", new ExactEvmScheme(account));
  client.register("solana:*", new ExactSvmScheme(signer, node));
}
if (SCHEMES !== "v2") {
  client.registerV1("base", new ExactEvmSchemeV1(account));
  client.registerV1("solana", new ExactSvmSchemeV1(signer, node));
}

const response = await wrapAxiosWithPayment(axios.create(), client).post(new URL(API_PATH, API_URL).href, BODY, {
  headers: { "Content-Type": "application/json" },
  validateStatus: (status) => status !== 402,
});

const receipt = response.headers["payment-response"] ?? response.headers["x-payment-response"];
console.log(
  JSON.stringify({
    status: response.status,
    body: response.data,
    paymentResponse: receipt ? decodePaymentResponseHeader(receipt) : null,
  }),
);
process.exit(response.status < 300 ? 0 : 1);
