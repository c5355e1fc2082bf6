import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { grammarOf } from "../../src/units/languages.js";
import { nativeTree } from "../../src/units/native-parser.js";
import { parseUnits } from "../../src/units/parse.js";
import { UnitsError } from "../../src/units/units-error.js";

const require = createRequire(import.meta.url);

function loadedParsers(): readonly string[] {
  return Object.keys(require.cache).filter((file) => file.includes("tree-sitter"));
}

function thrown(run: () => unknown): UnitsError {
  try {
    run();
  } catch (error) {
    if (error instanceof UnitsError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

test("the native parsers are loaded when a file is parsed, and no sooner", () => {
  expect(loadedParsers()).toEqual([]);
  parseUnits("fn a() {}", "a.rs", "rust");
  expect(loadedParsers().some((file) => file.includes("tree-sitter-rust"))).toBe(true);
  expect(loadedParsers().some((file) => file.includes("tree-sitter-typescript"))).toBe(false);
});

test("a parser that cannot be loaded says which file, why and what to do", () => {
  const error = thrown(() => nativeTree("", "src/a.rs", { package: "tree-sitter-absent", member: null }));
  expect(error.reason).toBe("not-loaded");
  expect(error.message).toMatch(
    /^src\/a\.rs: .*tree-sitter-absent.*npm rebuild tree-sitter tree-sitter-absent$/s,
  );
});

test("a grammar that is none is a parser that cannot be loaded", () => {
  const error = thrown(() => nativeTree("", "a.rs", { package: "tree-sitter-typescript", member: "absent" }));
  expect(error.reason).toBe("not-loaded");
});

test("parsing that takes too long is stopped, and the next file is not harmed by it", () => {
  const source = "const a = [1, 2, 3];\n".repeat(50_000);
  const error = thrown(() => nativeTree(source, "a.ts", grammarOf("typescript"), 1));
  expect(error.reason).toBe("timed-out");
  expect(parseUnits("function b() {}", "b.ts", "typescript").units.map((unit) => unit.auraId)).toEqual([
    "b::b",
  ]);
});
