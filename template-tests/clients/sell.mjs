// SPDX-License-Identifier: Apache-2.0
// A seller as any application is that uses the ecosystem's server, @x402/express, with a facilitator of its choice; and its customer, who
// uses the ecosystem's client. Both unmodified, in one process.
//
//   API_URL         of the facilitator
//   PRIVATE_KEY     of the customer, 32 bytes as 0x…
//   NETWORK         eip155:8453 or solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp
//   PAY_TO          the seller's address there
//   SOLANA_RPC_URL  of the customer's node
//   FLOW            authorization (default) or upfront
//   TIMES           how often the customer sends the one payment, all at once: 1 by default
//
// Prints one line, {"sales", "answers": [{"status", "receipt"}]}: how often the seller has handed out what it sells.

import { HTTPFacilitatorClient } from "@x402/core/server";
import { ExactEvmScheme as EvmSeller } from "@x402/evm/exact/server";
import { ExactEvmScheme } from "@x402/evm/exact/client";
import { paymentMiddleware, x402ResourceServer } from "@x402/express";
import { decodePaymentResponseHeader, x402Client, x402HTTPClient } from "@x402/fetch";
import { ExactSvmScheme } from "@x402/svm/exact/client";
import { ExactSvmScheme as SvmSeller } from "@x402/svm/exact/server";
import { createKeyPairSignerFromPrivateKeyBytes } from "@solana/kit";
import express from "express";
import { privateKeyToAccount } from "viem/accounts";

const { API_URL, PRIVATE_KEY, NETWORK, PAY_TO, SOLANA_RPC_URL, FLOW = "authorization", TIMES = "1" } = process.env;
const onSolana = NETWORK.startsWith("solana:");

const accepts = { scheme: "exact", price: "$0.05", network: NETWORK, payTo: PAY_TO, maxTimeoutSeconds: 60 };
if (FLOW !== "authorization") {
  accepts.extra = { paymentFlow: FLOW };
}
let sales = 0;
const app = express();
app.use(
  paymentMiddleware(
    { "GET /report": { accepts, description: "a report" } },
    new x402ResourceServer(new HTTPFacilitatorClient({ url: API_URL.replace(/\/$/, "") })).register(
      NETWORK,
      onSolana ? new SvmSeller() : new EvmSeller(),
    ),
  ),
);
app.get("/report", (request, response) => {
  sales++;
  response.json({ report: "it rains" });
});
const server = await new Promise((resolve) => {
  const listening = app.listen(0, "127.0.0.1", () => resolve(listening));
});
const url = `http://127.0.0.1:${server.address().port}/report`;

const client = new x402Client();
client.register(
  NETWORK,
  onSolana
    ? new ExactSvmScheme(await createKeyPairSignerFromPrivateKeyBytes(Buffer.from(PRIVATE_KEY.slice(2), "hex")), {
        rpcUrl: SOLANA_RPC_URL,
      })
    : new ExactEvmScheme(privateKeyToAccount(PRIVATE_KEY)),
);
const http = new x402HTTPClient(client);
const asked = await fetch(url);
const required = http.getPaymentRequiredResponse((name) => asked.headers.get(name), await asked.json());
const headers = http.encodePaymentSignatureHeader(await client.createPaymentPayload(required));

const answers = await Promise.all(
  Array.from({ length: Number(TIMES) }, async () => {
    const response = await fetch(url, { headers });
    const receipt = response.headers.get("PAYMENT-RESPONSE");
    return { status: response.status, receipt: receipt ? decodePaymentResponseHeader(receipt) : null };
  }),
);
console.log(JSON.stringify({ sales, answers }));
process.exit(0);
