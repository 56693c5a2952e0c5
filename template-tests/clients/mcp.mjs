// SPDX-License-Identifier: Apache-2.0
// Buys as an agent does that knows the API by its tools alone: the official MCP client, and the ecosystem's own code to sign.
//
//   PRIVATE_KEY  of the paying wallet, 0x…
//   API_URL      default http://localhost:4020
//   FREE         JSON {"name", "arguments"} of a tool that costs nothing
//   PAID         the same of one that is to be paid
//   API_KEY      sent as Authorization: Bearer, if there is one
//
// Prints one line of what it found.

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { x402Client } from "@x402/core/client";
import { ExactEvmScheme } from "@x402/evm/exact/client";
import { extractDiscoveryInfo, validateDiscoveryExtension } from "@x402/extensions/bazaar";
import {
  decodeSignedOffers,
  extractOffersFromPaymentRequired,
  verifyOfferSignatureEIP712,
  verifyReceiptMatchesOffer,
} from "@x402/extensions/offer-receipt";
import { privateKeyToAccount } from "viem/accounts";

const { PRIVATE_KEY, API_URL = "http://localhost:4020", FREE, PAID, API_KEY } = process.env;

const account = privateKeyToAccount(PRIVATE_KEY);
const payer = new x402Client()
  .setSpendControls({ maxAmountPerPayment: false })
  .register("eip155:*", new ExactEvmScheme(account));

const agent = new Client({ name: "agent", version: "1.0.0" });
const failures = [];
agent.onerror = (error) => failures.push(String(error));
await agent.connect(
  new StreamableHTTPClientTransport(new URL("/mcp", API_URL), {
    requestInit: { headers: API_KEY ? { Authorization: `Bearer ${API_KEY}` } : {} },
  }),
);

const { tools } = await agent.listTools();
const wanted = JSON.parse(PAID);
const free = await agent.callTool(JSON.parse(FREE));
const asked = await agent.callTool(wanted);
const paymentRequired = asked.structuredContent;
const payment = await payer.createPaymentPayload(paymentRequired);
const paid = { ...wanted, _meta: { "x402/payment": payment } };
const bought = await agent.callTool(paid);
const again = await agent.callTool(paid);
const unknown = await agent.callTool({ name: "no_such_tool" }).catch((error) => error.code);
await agent.close();

const [offer] = decodeSignedOffers(extractOffersFromPaymentRequired(paymentRequired));
const receipt = bought._meta?.["x402/payment-response"];
const signedReceipt = receipt?.extensions?.["offer-receipt"]?.info?.receipt;

console.log(
  JSON.stringify({
    server: agent.getServerVersion(),
    instructions: agent.getInstructions(),
    tools,
    free,
    asked,
    bought,
    again,
    unknown,
    failures,
    discovery: validateDiscoveryExtension(paymentRequired.extensions.bazaar),
    discovered: extractDiscoveryInfo(payment, payment.accepted),
    offerSigner: (await verifyOfferSignatureEIP712(offer.signedOffer)).signer,
    receiptMatches: signedReceipt ? verifyReceiptMatchesOffer(signedReceipt, offer, [account.address]) : false,
  }),
);
