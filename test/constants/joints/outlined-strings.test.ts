import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { allowance } from "../../../src/constants/allowance.js";
import { outlinedStrings } from "../../../src/constants/joints/outlined-strings.js";
import { treeStrings } from "../../../src/constants/tree-strings.js";
import { languageOf } from "../../../src/units/languages.js";
import { parseUnits } from "../../../src/units/parse.js";
import { notAmong } from "../folded.js";
import { draws, ecmascriptProgram, rustProgram } from "./program.js";

/** What the whole tree tells of and an outline does not. */
function missed(text: string, name: string): readonly string[] {
  const language = languageOf(name);
  if (language === null) throw new Error(`no grammar for ${name}`);
  const outlined = outlinedStrings(text, name, language);
  if (outlined === null) return [];
  const { source } = parseUnits(text, name, language);
  return source === null ? [] : notAmong(outlined, treeStrings(source, allowance(1e9)));
}

test.each([
  ["TypeScript", "a.ts", ecmascriptProgram],
  ["JavaScript", "a.js", ecmascriptProgram],
  ["Rust", "a.rs", rustProgram],
] as const)("an outline tells all that a whole program in %s puts together", (_, name, program) => {
  fc.assert(
    fc.property(draws, (draw) => {
      const text = program(draw);
      expect(missed(text, name), text).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["our own source", new URL("../../../src/", import.meta.url)],
  ["what we depend on", new URL("../../../node_modules/yargs/", import.meta.url)],
  ["a grammar's own files", new URL("../../../node_modules/tree-sitter-rust/", import.meta.url)],
])("an outline of a file tells all that its whole tree does: %s", (_, folder) => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && languageOf(entry.name) !== null)
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .map((file) => [file, readFileSync(file, "utf8")] as const)
    .filter(([, text]) => text.length < 200_000);
  expect(files.length).toBeGreaterThan(1);
  for (const [file, text] of files) expect(missed(text, file), file).toEqual([]);
});
