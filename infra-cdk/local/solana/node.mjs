// SPDX-License-Identifier: Apache-2.0
// The JSON-RPC of a Solana node, as far as wallets and facilitators ask, over a network of one. Listens on loopback only.
// Usage: node node.mjs <port> [<its time, in milliseconds since 1970>]

import { createServer } from "node:http";
import { address, lamports } from "@solana/kit";
import { getTokenDecoder } from "@solana-program/token";
import { Chain } from "./chain.mjs";
import { balance, fund, installUsdc } from "./money.mjs";

const INVALID_PARAMS = -32602;
const METHOD_NOT_FOUND = -32601;
const SLOTS_PER_EPOCH = 432_000;

const chain = new Chain(process.argv[3] && Number(process.argv[3]));
const { svm } = chain;
installUsdc(svm);

const methods = {
  getHealth: () => "ok",
  getVersion: () => ({ "solana-core": "3.0.0", "feature-set": 0 }),
  getSlot: (options) => chain.slot(options?.commitment),
  getBlockHeight: (options) => chain.slot(options?.commitment),
  getEpochInfo: (options) => {
    const slot = chain.slot(options?.commitment);
    return {
      absoluteSlot: slot,
      blockHeight: slot,
      epoch: Math.floor(slot / SLOTS_PER_EPOCH),
      slotIndex: slot % SLOTS_PER_EPOCH,
      slotsInEpoch: SLOTS_PER_EPOCH,
      transactionCount: null,
    };
  },
  getLatestBlockhash: (options) => contextual(chain.latestBlockhash(options?.commitment)),
  isBlockhashValid: (blockhash, options) => contextual(chain.remembers(blockhash, options?.commitment)),
  getBalance: (of) => contextual(Number(svm.getBalance(address(of)) ?? 0n)),
  getAccountInfo: (of) => contextual(account(of)),
  getMultipleAccounts: (all) => contextual(all.map(account)),
  getTokenAccountBalance: (of) => contextual(tokenAmount(of)),
  getMinimumBalanceForRentExemption: (bytes) => Number(svm.minimumBalanceForRentExemption(BigInt(bytes))),
  simulateTransaction: (transaction, options) => {
    const { err, logs, units } = chain.simulate(wire(transaction, options), options ?? {});
    return contextual({ err, logs, accounts: null, unitsConsumed: units, returnData: null, innerInstructions: null });
  },
  sendTransaction: (transaction, options) => chain.send(wire(transaction, options)),
  getSignatureStatuses: (signatures) => contextual(signatures.map(status)),
  getTransaction: (signature, options) => {
    const found = chain.executed(signature);
    if (!found || (options?.commitment === "confirmed" && found.status === "processed")) return null;
    const { slot, time, err, logs, units } = found;
    const meta = { err, status: err ? { Err: err } : { Ok: null }, logMessages: logs, computeUnitsConsumed: units };
    return { slot, blockTime: time, version: 0, meta, transaction: [found.wire.toString("base64"), "base64"] };
  },
  requestAirdrop: (to, amount) => {
    svm.airdrop(address(to), lamports(BigInt(amount)));
    return "1".repeat(64);
  },
  // What only a development node has.
  local_fund: async (owner, micros) => fund(svm, owner, micros),
  local_balance: async (owner) => Number(await balance(svm, owner)),
  local_advance: (millis) => chain.advance(millis),
  local_drop: (count) => chain.drop(count),
};

function contextual(value) {
  return { context: { slot: chain.slot("processed"), apiVersion: "3.0.0" }, value };
}

function account(of) {
  const found = svm.getAccount(address(of));
  if (!found.exists) return null;
  return {
    data: [Buffer.from(found.data).toString("base64"), "base64"],
    executable: found.executable,
    lamports: Number(found.lamports),
    owner: found.programAddress,
    rentEpoch: 0,
    space: found.data.length,
  };
}

function tokenAmount(of) {
  const found = svm.getAccount(address(of));
  if (!found.exists) throw new Refusal(INVALID_PARAMS, "Invalid param: could not find account");
  const amount = getTokenDecoder().decode(found.data).amount;
  const uiAmount = Number(amount) / 1e6;
  return { amount: amount.toString(), decimals: 6, uiAmount, uiAmountString: `${uiAmount}` };
}

function status(signature) {
  const found = chain.executed(signature);
  if (!found) return null;
  const { slot, err, depth } = found;
  const confirmations = found.status === "finalized" ? null : depth;
  return { slot, confirmations, err, status: err ? { Err: err } : { Ok: null }, confirmationStatus: found.status };
}

function wire(transaction, options) {
  if (options?.encoding !== "base64") throw new Refusal(INVALID_PARAMS, "only base64 is understood here");
  return Buffer.from(transaction, "base64");
}

class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

async function answer({ id = null, method, params = [] }) {
  try {
    if (!Object.hasOwn(methods, method)) throw new Refusal(METHOD_NOT_FOUND, `no method ${method} here`);
    return { jsonrpc: "2.0", id, result: (await methods[method](...params)) ?? null };
  } catch (e) {
    // What is thrown by the libraries is about what they were given.
    const code = e instanceof Refusal ? e.code : INVALID_PARAMS;
    return { jsonrpc: "2.0", id, error: { code, message: e.message } };
  }
}

const port = Number(process.argv[2]);
createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  let body;
  try {
    const asked = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    body = Array.isArray(asked) ? await Promise.all(asked.map(answer)) : await answer(asked);
  } catch {
    body = { jsonrpc: "2.0", id: null, error: { code: -32700, message: "no JSON" } };
  }
  response.writeHead(200, { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*" });
  response.end(JSON.stringify(body));
}).listen(port, "127.0.0.1");
