// SPDX-License-Identifier: Apache-2.0
// Does with the ecosystem's own code what the extensions are for: checks the signed offers of a 402, names its payment and buys,
// checks the receipts, sends another payment under the same name, and signs in to see and destroy what it has bought.
//
//   PRIVATE_KEY  of the paying wallet, 0x…
//   API_URL      default http://localhost:4020
//   API_PATH     of a paid route, default /compute/provision
//   BODY         the JSON to post
//   DESTROY      true: in the end destroys the machine that was bought
//
// Prints one line of what it found.

import { decodePaymentRequiredHeader, decodePaymentResponseHeader, x402HTTPClient } from "@x402/core/http";
import { ExactEvmScheme } from "@x402/evm/exact/client";
import { extractDiscoveryInfo, validateDiscoveryExtension } from "@x402/extensions/bazaar";
import {
  decodeSignedOffers,
  extractOffersFromPaymentRequired,
  extractReceiptFromResponse,
  findAcceptsObjectFromSignedOffer,
  verifyOfferSignatureEIP712,
  verifyReceiptMatchesOffer,
  verifyReceiptSignatureEIP712,
} from "@x402/extensions/offer-receipt";
import { appendPaymentIdentifierToExtensions, generatePaymentId } from "@x402/extensions/payment-identifier";
import { createSIWxPayload, encodeSIWxHeader } from "@x402/extensions/sign-in-with-x";
import { x402Client } from "@x402/fetch";
import { generateKeyPairSigner } from "@solana/kit";
import { privateKeyToAccount } from "viem/accounts";

const { PRIVATE_KEY, API_URL = "http://localhost:4020", API_PATH = "/compute/provision", BODY = "{}", DESTROY } =
  process.env;

const account = privateKeyToAccount(PRIVATE_KEY);
const client = new x402Client()
  .setSpendControls({ maxAmountPerPayment: false })
  .register("eip155:*", new ExactEvmScheme(account));
const http = new x402HTTPClient(client);

const post = (headers) =>
  fetch(new URL(API_PATH, API_URL), {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: BODY,
  });

async function challenged() {
  const response = await post({});
  return http.getPaymentRequiredResponse((name) => response.headers.get(name), await response.json());
}

async function buy(paymentRequired, id) {
  appendPaymentIdentifierToExtensions(paymentRequired.extensions, id);
  const payload = await client.createPaymentPayload(paymentRequired);
  const response = await post(http.encodePaymentSignatureHeader(payload));
  return { payload, response, body: await response.json() };
}

const outcome = ({ response, body }) => ({
  status: response.status,
  order: body.order_id,
  replayed: response.headers.get("Idempotent-Replayed"),
});

async function signedIn(signer, type, method, path) {
  const asked = await fetch(new URL(path, API_URL), { method });
  const { accepts, extensions } = decodePaymentRequiredHeader(asked.headers.get("PAYMENT-REQUIRED"));
  const { info, supportedChains } = extensions["sign-in-with-x"];
  const chain = supportedChains.find((supported) => supported.type === type);
  const proof = await createSIWxPayload({ ...info, ...chain }, signer, asked.url);
  const headers = { "SIGN-IN-WITH-X": encodeSIWxHeader(proof) };
  const answer = await fetch(new URL(path, API_URL), { method, headers });
  const again = await fetch(new URL(path, API_URL), { method, headers });
  return {
    asked: asked.status,
    accepts: accepts.length,
    status: answer.status,
    body: await answer.json(),
    again: again.status,
    code: (await again.json()).code,
  };
}

const paymentRequired = await challenged();
const offers = decodeSignedOffers(extractOffersFromPaymentRequired(paymentRequired));
const discovery = paymentRequired.extensions.bazaar;
const id = generatePaymentId();
const bought = await buy(paymentRequired, id);
const again = await buy(await challenged(), id);
const receipt = extractReceiptFromResponse(bought.response);
const { orderReceipt } = decodePaymentResponseHeader(bought.response.headers.get("PAYMENT-RESPONSE")).extensions[
  "offer-receipt"
].info;

const found = {
  offers: await Promise.all(
    offers.map(async (offer) => ({
      signer: (await verifyOfferSignatureEIP712(offer.signedOffer)).signer,
      network: findAcceptsObjectFromSignedOffer(offer, paymentRequired.accepts)?.network,
    })),
  ),
  discovery: validateDiscoveryExtension(discovery),
  discovered: extractDiscoveryInfo(bought.payload, bought.payload.accepted)?.resourceUrl,
  bought: outcome(bought),
  again: outcome(again),
  receipt: {
    signer: (await verifyReceiptSignatureEIP712(receipt)).signer,
    matches: verifyReceiptMatchesOffer(receipt, offers[0], [account.address]),
  },
  orderReceipt: {
    signer: (await verifyReceiptSignatureEIP712(orderReceipt)).signer,
    order: orderReceipt.payload.resourceUrl,
  },
  seen: await signedIn(account, "eip191", "GET", new URL(orderReceipt.payload.resourceUrl).pathname),
  stranger: await signedIn(await generateKeyPairSigner(), "ed25519", "GET", "/compute/instances"),
};
if (DESTROY === "true") {
  found.destroyed = await signedIn(account, "eip191", "DELETE", `/compute/instances/${bought.body.instance.id}`);
}
console.log(JSON.stringify(found));
