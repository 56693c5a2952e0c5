// SPDX-License-Identifier: Apache-2.0
// USDC at its real address, and accounts that hold it, put there without anybody's signature.

import { address, lamports, none, some } from "@solana/kit";
import {
  AccountState,
  findAssociatedTokenPda,
  getMintEncoder,
  getTokenDecoder,
  getTokenEncoder,
  TOKEN_PROGRAM_ADDRESS,
} from "@solana-program/token";

export const USDC = address("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v");
const MINT_AUTHORITY = address("BJE5MMbqXjVwjAF7oxwPYXnTXDyspzZyt4vwenNw5ruG");
const FREEZE_AUTHORITY = address("7dGbd2QZcCKcTndnHcTL8q7SMVXAkp688NTQYwrRCrar");
const SUPPLY = 10_000_000_000_000_000n;
const RENT = lamports(2_039_280n);

export function installUsdc(svm) {
  const data = getMintEncoder().encode({
    mintAuthority: some(MINT_AUTHORITY),
    supply: SUPPLY,
    decimals: 6,
    isInitialized: true,
    freezeAuthority: some(FREEZE_AUTHORITY),
  });
  put(svm, USDC, data);
}

/** Gives the owner's token account that many micro-USDC, opening it where needed. */
export async function fund(svm, owner, micros) {
  const account = await tokenAccount(owner);
  const data = getTokenEncoder().encode({
    mint: USDC,
    owner: address(owner),
    amount: (await balance(svm, owner)) + BigInt(micros),
    delegate: none(),
    state: AccountState.Initialized,
    isNative: none(),
    delegatedAmount: 0n,
    closeAuthority: none(),
  });
  put(svm, account, data);
}

export async function balance(svm, owner) {
  const account = svm.getAccount(await tokenAccount(owner));
  return account.exists ? getTokenDecoder().decode(account.data).amount : 0n;
}

async function tokenAccount(owner) {
  const [account] = await findAssociatedTokenPda({
    mint: USDC,
    owner: address(owner),
    tokenProgram: TOKEN_PROGRAM_ADDRESS,
  });
  return account;
}

function put(svm, at, data) {
  svm.setAccount({
    address: at,
    data,
    executable: false,
    lamports: RENT,
    programAddress: TOKEN_PROGRAM_ADDRESS,
    space: BigInt(data.length),
  });
}
