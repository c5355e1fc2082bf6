import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "../text/zlib.js";
import { tableOf } from "./symbols.js";

/** Two floors up from both `src/randomness/` and `dist/randomness/`. Built by `scripts/train-language-model.mjs`. */
const MODEL_FILE = new URL("../../rules/language-model.bin", import.meta.url);

let table: Uint8Array | null = null;

/** The table of costs that `symbols.ts` lays out, in steps of 1/`STEP` bits; read once, at the first call. */
export function languageModel(): Uint8Array {
  table ??= tableOf(inflateRawSync(readFileSync(fileURLToPath(MODEL_FILE))));
  return table;
}
