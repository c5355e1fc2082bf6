import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { glob } from "../../src/pattern/glob.js";
import { defaultContents } from "../../src/rules/load.js";
import { keptList, listBytes } from "../../src/rules/path-lists.js";
import { pathRules, pathTable } from "../../src/rules/path-rules.js";
import type { Rule } from "../../src/rules/rule.js";

const rules = (await defaultContents()).flatMap(({ content }) => content.rules);
const [some] = rules;

/** The ids of the rules one of whose globs matches, each glob asked. */
function asked(all: readonly Rule[], path: string): readonly string[] {
  return all.filter(({ paths }) => paths.some((each) => each.matches(path))).map(({ id }) => id);
}

function told(all: readonly Rule[], path: string): readonly string[] {
  const into = pathRules(all, pathTable(all.map(({ paths }, number) => [number, paths]))).into(path);
  return all.filter((rule) => into.has(rule)).map(({ id }) => id);
}

describe("the rules that look into a file are those with a glob that matches its path", () => {
  it("for the default rules, on paths made of their globs", () => {
    const sources = [...new Set(rules.flatMap(({ paths }) => paths.map(({ source }) => source)))];
    const filled = (source: string, by: string): string =>
      source
        .replace(/^\*\*\//, by === "" ? "" : "deep/")
        .replace(/\{([^{},]*)(?:,[^{}]*)?\}/g, "$1")
        .replace(/\[(.)[^\]]*\]/g, "$1")
        .replace(/\*+/g, by === "" ? "x" : by);
    const all = pathRules(rules, pathTable(rules.map(({ paths }, number) => [number, paths])));
    let found = 0;
    for (const path of sources.flatMap((source) => ["", "a.b", "Q-1"].map((by) => filled(source, by)))) {
      const into = all.into(path);
      found += into.size;
      expect([path, rules.filter((rule) => into.has(rule)).map(({ id }) => id)]).toEqual([
        path,
        asked(rules, path),
      ]);
    }
    expect(found).toBeGreaterThan(sources.length);
  });

  it("for any glob and any path", () => {
    if (some === undefined) throw new Error("there are no rules");
    const part = fc.constantFrom(
      "a",
      ".b",
      "a.b",
      "*",
      "*.b",
      "*.{b,c}",
      "{a,x}*",
      "[ab].c",
      "a?",
      "@(a|b).c",
      "x!(a)",
    );
    const globs = fc
      .array(fc.constantFrom("**", "a", "x"), { maxLength: 2 })
      .chain((folders) => part.map((name) => [...folders, name].join("/")));
    const path = fc
      .array(fc.constantFrom("a", "x", "a.b", ".b", "b.c", "ab", "x.b.c", "a."), {
        minLength: 1,
        maxLength: 4,
      })
      .map((parts) => parts.join("/"));
    fc.assert(
      fc.property(fc.array(globs, { minLength: 1, maxLength: 3 }), path, (sources, drawn) => {
        const made = sources.map((source, at): Rule => ({ ...some, id: `r${at}`, paths: [glob(source)] }));
        expect([sources, told(made, drawn)]).toEqual([sources, asked(made, drawn)]);
      }),
      { numRuns: 4000 },
    );
  });
});

describe("a list of a table that is kept as bytes", () => {
  it("is the same list, and tells the same of any text, however often it is asked", () => {
    const owned = fc.array(fc.tuple(fc.string(), fc.nat()), { maxLength: 3 });
    const text = fc.oneof(fc.string(), fc.constantFrom('"', "\n", "a", "a\\", "é", "𐍈", "[", ","));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(text, owned), { selector: ([key]) => key, maxLength: 12 }),
        fc.array(text, { maxLength: 60 }),
        (list, others) => {
          const kept = keptList(listBytes(list));
          expect(kept.all()).toEqual(list);
          for (const asked of [...list.map(([key]) => key), ...others])
            expect(kept.under(asked)).toEqual(list.find(([key]) => key === asked)?.[1] ?? []);
        },
      ),
    );
  });
});
