import { runScan } from "../gate/run-scan.js";
import type { Engine } from "../scan/engine.js";
import type { SourceFile } from "../sources/source.js";
import { randomBytes } from "../text/crypto.js";

/** A file that nobody has: its path and its text. */
export type MadeFile = { readonly path: string; readonly text: string };

/** What the gate must refuse, and what it must let pass at the same place. */
export type Canary = { readonly secret: MadeFile; readonly innocent: MadeFile };

const ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Made up anew each time; it opens nothing, and stands nowhere in this package. */
function drawn(length: number): string {
  return [...randomBytes(length)].map((byte) => ALNUM[byte % ALNUM.length]).join("");
}

/** Two formats, and for whoever blocks leaks only, places that no mask reaches. */
const TEXTS: readonly (() => string)[] = [
  () => `/** @aura-public */\nexport function canary() {\n  return "sk_live_${drawn(24)}";\n}\n`,
  () => `/** @aura-public */\nexport function canary() {\n  return "glpat-${drawn(20)}";\n}\n`,
  () => `/** @aura-public */\nexport function canary_sk_live_${drawn(24)}() {}\n`,
];

const INNOCENT = "export function canary() {\n  return 1;\n}\n";

/**
 * A canary that these settings block, in one of the folders, and an innocent file that they let pass; null where they let
 * every canary pass. The settings are asked with the very engine that the hooks run.
 */
export async function canaryFor(engine: Engine, folders: readonly string[]): Promise<Canary | null> {
  const name = `aura-scan-canary-${randomBytes(6).toString("hex")}.ts`;
  for (const folder of folders) {
    const path = folder === "" ? name : `${folder}/${name}`;
    const innocent = { path, text: INNOCENT };
    for (const text of TEXTS) {
      const secret = { path, text: text() };
      if ((await verdictOn(engine, secret)) !== "block") continue;
      if ((await verdictOn(engine, innocent)) === "allow") return { secret, innocent };
    }
  }
  return null;
}

async function verdictOn(engine: Engine, made: MadeFile): Promise<string> {
  const file: SourceFile = {
    path: made.path,
    size: made.text.length,
    chunks: async function* () {
      yield Buffer.from(made.text);
    },
    previous: async () => null,
  };
  const items = (async function* () {
    yield { kind: "file" as const, file };
  })();
  return (await runScan({ engine, mode: "staged", items, nothing: "" })).verdict;
}
