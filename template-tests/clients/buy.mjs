// SPDX-License-Identifier: Apache-2.0
// Buys from the API as any application does that uses the ecosystem's client: one POST, and the client pays the 402.
//
//   PRIVATE_KEY  of the paying wallet, 0x…
//   API_URL      default http://localhost:4020
//   API_PATH     default /compute/provision
//   BODY         the JSON to post
//   SCHEMES      protocol versions the client knows: v2, v1 or both (default)
//   METHOD       permit2: of the offers on Base the one that is paid by Permit2, which has to be approved before; upto: the one
//                by which no more is taken of it than was used
//
// Prints one line, {"status", "body", "paymentResponse"}; the exit code is 1 unless the status is 2xx.

import { ExactEvmScheme } from "@x402/evm/exact/client";
import { ExactEvmSchemeV1 } from "@x402/evm/exact/v1/client";
import { UptoEvmScheme } from "@x402/evm/upto/client";
import { decodePaymentResponseHeader, wrapFetchWithPayment, x402Client } from "@x402/fetch";
import { privateKeyToAccount } from "viem/accounts";

const {
  PRIVATE_KEY,
  API_URL = "http://localhost:4020",
  API_PATH = "/compute/provision",
  BODY = "{}",
  SCHEMES = "both",
  METHOD = "eip3009",
} = process.env;

const account = privateKeyToAccount(PRIVATE_KEY);
// By default the client pays a dollar at most, which buys no machine.
const client = new x402Client().setSpendControls({ maxAmountPerPayment: false });
client.registerPolicy((version, offers) =>
  offers.filter((offer) => METHOD === (offer.scheme === "upto" ? "upto" : (offer.extra?.assetTransferMethod ?? "eip3009"))),
);
if (SCHEMES !== "v1") {
  client.register("eip155:*", new ExactEvmScheme(account)).register("eip155:*", new UptoEvmScheme(account));
}
if (SCHEMES !== "v2") {
  client.registerV1("base", new ExactEvmSchemeV1(account));
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
process.exitCode = response.ok ? 0 : 1;
