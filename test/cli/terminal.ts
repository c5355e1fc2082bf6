import { main } from "../../src/cli/main.js";

export type Said = { readonly code: number; readonly out: string; readonly err: string };

/** Runs the command line `words` in this process, in the folder `cwd`. */
export async function auraScanHere(cwd: string, ...words: readonly string[]): Promise<Said> {
  let out = "";
  let err = "";
  const code = await main(words, {
    cwd,
    stdin: (async function* () {})(),
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    onceNobodyReads: () => () => undefined,
    color: false,
    live: false,
    width: 100,
  });
  return { code, out, err };
}
