// SPDX-License-Identifier: Apache-2.0
// A Solana network of one: LiteSVM executes, and this keeps what it has none of, which is time. A slot is 400 ms, a
// blockhash is remembered for 150 of them, a transaction is confirmed after two and finalized after 32.

import { randomBytes } from "node:crypto";
import { getBase58Decoder, getTransactionDecoder } from "@solana/kit";
import { FailedTransactionMetadata, LiteSVM, TransactionMetadata } from "litesvm";

const SLOT_MILLIS = 400;
const BLOCKHASH_LIFE = 150;
const FIRST_SLOT = 1_000;
const DEPTHS = { processed: 0, confirmed: 2, finalized: 32 };
const HISTORY = 1_000_000n;

const base58 = getBase58Decoder();
const transactions = getTransactionDecoder();

export class Chain {
  #started = Date.now();
  #advanced = 0;
  #ahead; // how far its clock is ahead of this machine's, in milliseconds
  #slot = FIRST_SLOT - BLOCKHASH_LIFE;
  #blockhashes = new Map(); // hash -> slot, oldest first
  #executed = new Map(); // signature -> {slot, err, logs, wire}
  #messages = new Set(); // of what was executed: signatures may be missing from what is simulated
  #toDrop = 0;

  /** A network whose clock shows that many milliseconds since 1970 now, and follows real time from then on. */
  constructor(now = Date.now()) {
    this.#ahead = now - this.#started;
    // Blockhashes are judged here: LiteSVM knows of one only.
    this.svm = new LiteSVM().withBlockhashCheck(false).withTransactionHistory(HISTORY);
    this.#catchUp();
  }

  /** Moves time forward by that many milliseconds. */
  advance(millis) {
    this.#advanced += millis;
    this.#catchUp();
  }

  /** So many of the transactions that are handed in next are lost. */
  drop(count) {
    this.#toDrop = count;
  }

  slot(commitment = "finalized") {
    this.#catchUp();
    return this.#slot - DEPTHS[commitment];
  }

  latestBlockhash(commitment = "finalized") {
    const slot = this.slot(commitment);
    const [blockhash] = [...this.#blockhashes].findLast(([, at]) => at <= slot);
    return { blockhash, lastValidBlockHeight: this.#blockhashes.get(blockhash) + BLOCKHASH_LIFE };
  }

  remembers(blockhash, commitment = "finalized") {
    const slot = this.slot(commitment);
    const at = this.#blockhashes.get(blockhash);
    return at !== undefined && at <= slot && slot - at <= BLOCKHASH_LIFE;
  }

  /** What it would do: {err, logs, units}. Empty signatures are taken for good ones unless they are to be looked at. */
  simulate(wire, { sigVerify = false, replaceRecentBlockhash = false }) {
    const transaction = transactions.decode(wire);
    if (!replaceRecentBlockhash && !this.remembers(blockhashOf(transaction), "processed")) {
      return { err: "BlockhashNotFound", logs: [], units: 0 };
    }
    if (this.#messages.has(messageOf(transaction))) {
      return { err: "AlreadyProcessed", logs: [], units: 0 };
    }
    this.svm.withSigverify(sigVerify);
    try {
      return outcome(this.svm.simulateTransaction(sigVerify ? transaction : filled(transaction)));
    } finally {
      this.svm.withSigverify(true);
    }
  }

  /** Executes it, if the network does not lose it and it can be executed; answers its signature. */
  send(wire) {
    const transaction = transactions.decode(wire);
    const signature = base58.decode(Object.values(transaction.signatures)[0] ?? new Uint8Array(64));
    if (this.#toDrop > 0) {
      this.#toDrop--;
    } else if (!this.#executed.has(signature) && this.remembers(blockhashOf(transaction), "processed")) {
      const result = this.svm.sendTransaction(transaction);
      const { err, logs, units } = outcome(result);
      // What is not even tried costs no fee and is in no block.
      if (err === null || logs.length > 0) {
        const time = Math.floor((Date.now() + this.#ahead + this.#advanced) / 1000);
        this.#executed.set(signature, { slot: this.#slot, time, err, logs, units, wire });
        this.#messages.add(messageOf(transaction));
      }
    }
    return signature;
  }

  /** What became of it: {slot, time, err, logs, units, wire, status, depth}; undefined while it is in no block. */
  executed(signature) {
    this.#catchUp();
    const found = this.#executed.get(signature);
    if (!found) return undefined;
    const depth = this.#slot - found.slot;
    const status = Object.keys(DEPTHS).findLast((commitment) => depth >= DEPTHS[commitment]);
    return { ...found, status, depth };
  }

  #catchUp() {
    const now = FIRST_SLOT + Math.floor((Date.now() - this.#started + this.#advanced) / SLOT_MILLIS);
    // Of those in between, only what is remembered matters.
    this.#slot = Math.max(this.#slot, now - BLOCKHASH_LIFE - DEPTHS.finalized - 1);
    while (this.#slot < now) {
      this.#slot++;
      this.#blockhashes.set(base58.decode(randomBytes(32)), this.#slot);
    }
    for (const [hash, slot] of this.#blockhashes) {
      if (slot >= now - BLOCKHASH_LIFE - DEPTHS.finalized) break;
      this.#blockhashes.delete(hash);
    }
  }
}

function messageOf({ messageBytes }) {
  return Buffer.from(messageBytes).toString("base64");
}

/** In the first bytes after the accounts; a message of a version has a byte before its header. */
function blockhashOf({ messageBytes }) {
  const header = messageBytes[0] & 0x80 ? 4 : 3;
  const [accounts, length] = compact(messageBytes, header);
  const start = header + length + accounts * 32;
  return base58.decode(messageBytes.slice(start, start + 32));
}

function compact(bytes, at) {
  let value = 0;
  for (let i = 0; ; i++) {
    value |= (bytes[at + i] & 0x7f) << (7 * i);
    if (!(bytes[at + i] & 0x80)) return [value, i + 1];
  }
}

/** LiteSVM takes signatures that it does not look at for good, but not empty ones. */
function filled(transaction) {
  const signatures = Object.entries(transaction.signatures).map(([address, signature]) => [
    address,
    signature?.some((byte) => byte !== 0) ? signature : randomBytes(64),
  ]);
  return { ...transaction, signatures: Object.fromEntries(signatures) };
}

function outcome(result) {
  const failed = result instanceof FailedTransactionMetadata;
  const meta = result instanceof TransactionMetadata ? result : result.meta();
  return { err: failed ? error(result) : null, logs: meta.logs(), units: Number(meta.computeUnitsConsumed()) };
}

/** As JSON-RPC tells it, made from LiteSVM's text: `InstructionError(2, Custom(1))`. */
function error(failed) {
  const [, name, index, inner, code] =
    /err: (\w+)(?:\((\d+), (\w+)(?:\((\d+)\))?\))?/.exec(failed.toString()) ?? [undefined, "Unknown"];
  if (index === undefined) return name;
  return { InstructionError: [Number(index), code === undefined ? inner : { [inner]: Number(code) }] };
}
