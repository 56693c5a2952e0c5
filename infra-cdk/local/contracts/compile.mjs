// SPDX-License-Identifier: Apache-2.0
// Compiles each contract of this folder to <output folder>/<Contract>.json: its ABI, creation code and runtime code.
// Usage: node compile.mjs <output folder>

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import solc from "solc";

const output = process.argv[2];
if (!output) {
  throw new Error("usage: node compile.mjs <output folder>");
}

const here = import.meta.dirname;
const files = readdirSync(here).filter((name) => name.endsWith(".sol"));
const compiled = JSON.parse(
  solc.compile(
    JSON.stringify({
      language: "Solidity",
      sources: Object.fromEntries(files.map((name) => [name, { content: readFileSync(join(here, name), "utf8") }])),
      settings: {
        evmVersion: "cancun",
        optimizer: { enabled: true, runs: 200 },
        outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
      },
    }),
  ),
);

if (compiled.errors?.length) {
  console.error(compiled.errors.map((error) => error.formattedMessage).join("\n"));
  process.exit(1);
}

mkdirSync(output, { recursive: true });
for (const contracts of Object.values(compiled.contracts)) {
  for (const [name, { abi, evm }] of Object.entries(contracts)) {
    if (evm.bytecode.object) {
      writeFileSync(
        join(output, `${name}.json`),
        JSON.stringify({
          abi,
          bytecode: `0x${evm.bytecode.object}`,
          deployedBytecode: `0x${evm.deployedBytecode.object}`,
        }),
      );
    }
  }
}
