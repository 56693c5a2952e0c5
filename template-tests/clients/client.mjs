// SPDX-License-Identifier: Apache-2.0
// What the re-created clients in this folder share: a wallet, requests that it signs, and a list of commands to carry out.
//
//   API_URL      of the API
//   PRIVATE_KEY  of the wallet, 0x…
//   COMMANDS     JSON list of commands, each a list of a name and its arguments
//
// Prints one line: for each command {"command", "ok", "shown"}, or the error's text in place of what the client would show.

import { createHash, randomUUID } from "node:crypto";

import { privateKeyToAccount } from "viem/accounts";

const { API_URL = "http://localhost:4020", PRIVATE_KEY, COMMANDS = "[]" } = process.env;

export const account = PRIVATE_KEY ? privateKeyToAccount(PRIVATE_KEY) : undefined;

export const url = (path) => new URL(path, API_URL);

/** The six headers that every client which signs sends; `path` is what is signed. */
export async function authHeaders(method, path, body = "") {
  const address = account.address.toLowerCase();
  const timestamp = String(Date.now());
  const nonce = randomUUID().replaceAll("-", "");
  const hash = createHash("sha256").update(body).digest("hex");
  const message = ["X402-COMPUTE-AUTH", "v1", "base", address, method, path, hash, timestamp, nonce].join("\n");
  return {
    "X-Auth-Address": address,
    "X-Auth-Chain": "base",
    "X-Auth-Signature": await account.signMessage({ message }),
    "X-Auth-Timestamp": timestamp,
    "X-Auth-Nonce": nonce,
    "X-Auth-Sig-Encoding": "hex",
  };
}

export async function send(method, path, headers, body) {
  const response = await fetch(url(path), { method, headers, body });
  const text = await response.text();
  return { status: response.status, text, json: () => JSON.parse(text) };
}

/** Anything but these statuses is what a client prints and gives up on. */
export function expect(response, ...statuses) {
  if (!statuses.includes(response.status)) {
    throw new Error(`unexpected status ${response.status}: ${response.text.slice(0, 500)}`);
  }
  return response.json();
}

/** Carries out what the environment asks for; a command that fails does not keep the next from being tried. */
export async function run(commands) {
  const results = [];
  for (const [command, ...args] of JSON.parse(COMMANDS)) {
    try {
      results.push({ command, ok: true, shown: (await commands[command](...args)) ?? null });
    } catch (error) {
      results.push({ command, ok: false, error: String(error) });
    }
  }
  console.log(JSON.stringify(results));
}
