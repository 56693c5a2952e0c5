// SPDX-License-Identifier: Apache-2.0
// The ecosystem's own facilitator for EVM chains, unmodified, behind three routes. Ends when its standard input does.
//
//   API_URL      of the EVM node
//   PRIVATE_KEY  of the account that settles, 0x…
//
// Prints the URL that it listens at, on a line of its own, once it does.

import { createServer } from "node:http";
import { text } from "node:stream/consumers";

import { x402Facilitator } from "@x402/core/facilitator";
import { toFacilitatorEvmSigner } from "@x402/evm";
import { registerExactEvmScheme } from "@x402/evm/exact/facilitator";
import { createWalletClient, http, publicActions } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { base } from "viem/chains";

const { API_URL, PRIVATE_KEY } = process.env;
const account = privateKeyToAccount(PRIVATE_KEY);
const wallet = createWalletClient({ account, chain: base, transport: http(API_URL) }).extend(publicActions);
const facilitator = registerExactEvmScheme(new x402Facilitator(), {
  signer: toFacilitatorEvmSigner({ ...wallet, address: account.address }),
  networks: "eip155:8453",
});

const routes = {
  "GET /supported": () => facilitator.getSupported(),
  "POST /verify": (asked) => facilitator.verify(asked.paymentPayload, asked.paymentRequirements),
  "POST /settle": (asked) => facilitator.settle(asked.paymentPayload, asked.paymentRequirements),
};
const server = createServer(async (request, response) => {
  const body = await text(request);
  try {
    const answer = await routes[`${request.method} ${request.url}`](body ? JSON.parse(body) : {});
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.on("end", () => process.exit(0)).resume();
