import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { glob } from "../../src/pattern/glob.js";
import { inScope, markerMix, type ScopeAnswer, unitScope, unitScopes } from "../../src/scope/scope.js";
import { DEFAULTS } from "../../src/settings/defaults.js";
import type { ScopeSettings } from "../../src/settings/settings.js";
import type { Marker, Unit } from "../../src/units/unit.js";

const selecting = (
  include: readonly string[],
  exclude: readonly string[],
  defaultPrivate = false,
): ScopeSettings => ({
  include: include.map(glob),
  exclude: exclude.map(glob),
  defaultPrivate,
  above: null,
});

/** "in", or the reason why not. */
const told = (answer: ScopeAnswer | undefined): string => {
  if (answer === undefined) return "no answer";
  return answer.in ? "in" : answer.reason;
};

const unit = (name: string, range: readonly [number, number], more: Partial<Unit> = {}): Unit => {
  const [start, end] = range;
  const body = start + 1;
  return {
    auraId: name,
    name,
    path: "src/a.rs",
    language: "rust",
    range: { start, end },
    signature: { start, end: body },
    body: { start: body, end },
    docs: [],
    marker: null,
    enclosedByLocal: false,
    ...more,
  };
};

describe("a file is in scope", () => {
  it.each([
    ["src/public/api.rs", ["src/public/**"], [], "in"],
    ["src/private/keys.rs", ["src/public/**"], [], "not included"],
    ["src/public", ["src/public/*"], [], "not included"],
    ["src/a.rs", ["src/**"], ["**/a.rs"], "excluded"],
    ["src/a.rs", ["src/a.rs"], ["src/a.rs"], "excluded"],
    ["lib/a.rs", ["src/**"], ["lib/**"], "excluded"],
    [".env", ["**/*"], [], "in"],
    [".github/workflows/ci.yml", ["**/*"], [], "in"],
    ["src/.hidden/a.rs", ["src/**"], [], "in"],
    ["Src/a.rs", ["src/**"], [], "not included"],
    ["src/SECRET.rs", ["src/**"], ["**/secret.rs"], "in"],
    ["a.rs", [], [], "not included"],
    ["/etc/passwd", ["**/*"], [], "outside the repository"],
    ["../a.rs", ["**/*"], [], "outside the repository"],
    ["src/../../a.rs", ["**/*"], [], "outside the repository"],
    ["C:/a.rs", ["**/*"], [], "outside the repository"],
    ["C:\\a.rs", ["**/*"], [], "outside the repository"],
    ["\\\\server\\share", ["**/*"], [], "outside the repository"],
    ["src/a\nb.rs", ["**/*"], [], "in"],
  ])("%s, include %j, exclude %j: %s", (path, include, exclude, expected) => {
    expect(told(inScope(path, selecting(include, exclude)))).toBe(expected);
  });

  it("says which globs decided, and repeats no path", () => {
    expect(inScope("src/a.rs", selecting(["**/*"], ["src/**", "**/a.rs", "x"]))).toEqual({
      in: false,
      reason: "excluded",
      detail: 'the path matches live.selective.exclude: "**/a.rs", "src/**"',
    });
    expect(inScope("b.rs", selecting(["src/**"], []))).toEqual({
      in: false,
      reason: "not included",
      detail: 'the path matches nothing of live.selective.include: "src/**"',
    });
    expect(inScope("b.rs", selecting([], []))).toMatchObject({
      detail: "the path matches nothing of live.selective.include: it is empty",
    });
  });

  it("whatever the order of the globs, and never if one excludes it", () => {
    const globs = fc.subarray(["**/*", "src/**", "*.rs", "**/a.*", "lib/*", "(x)"], {
      minLength: 0,
    });
    const path = fc.constantFrom("src/a.rs", "a.rs", "lib/b", "src/x/.b", "(x)");
    fc.assert(
      fc.property(globs, globs, path, (include, exclude, at) => {
        const answer = inScope(at, selecting(include, exclude));
        expect(inScope(at, selecting([...include].reverse(), [...exclude].reverse()))).toEqual(answer);
        if (exclude.some((source) => glob(source).matches(at))) expect(answer.in).toBe(false);
        expect(answer.in).toBe(
          include.some((source) => glob(source).matches(at)) &&
            !exclude.some((source) => glob(source).matches(at)),
        );
      }),
    );
  });
});

describe("a unit is in scope", () => {
  it.each<[what: string, more: Partial<Unit>, privateByDefault: boolean, expected: string]>([
    ["unmarked", {}, false, "in"],
    ["unmarked", {}, true, "not @aura-public (default_private)"],
    ["@aura-public", { marker: "@aura-public" }, false, "in"],
    ["@aura-public", { marker: "@aura-public" }, true, "in"],
    ["@aura-local", { marker: "@aura-local" }, false, "@aura-local"],
    ["@aura-local", { marker: "@aura-local" }, true, "@aura-local"],
    ["inside @aura-local", { enclosedByLocal: true }, false, "inside @aura-local"],
    [
      "@aura-public inside @aura-local",
      { enclosedByLocal: true, marker: "@aura-public" },
      false,
      "inside @aura-local",
    ],
    [
      "@aura-public inside @aura-local",
      { enclosedByLocal: true, marker: "@aura-public" },
      true,
      "inside @aura-local",
    ],
    ["@aura-public in an excluded file", { marker: "@aura-public", path: "keys/a.rs" }, true, "excluded"],
    ["@aura-local in an excluded file", { marker: "@aura-local", path: "keys/a.rs" }, false, "excluded"],
  ])("%s, %j, default_private = %s: %s", (_, more, privateByDefault, expected) => {
    const settings = selecting(["**/*"], ["keys/**"], privateByDefault);
    const one = unit("f", [0, 10], more);
    expect(told(unitScope(one, settings))).toBe(expected);
    expect(told(unitScopes([one], settings).get(one))).toBe(expected);
  });

  it("unless it holds an @aura-local function, at any depth", () => {
    const outer = unit("outer", [0, 100]);
    const middle = unit("outer::middle", [10, 90]);
    const local = unit("outer::middle::local", [20, 50], { marker: "@aura-local" });
    const inner = unit("outer::middle::local::inner", [30, 40], { enclosedByLocal: true });
    const beside = unit("outer::middle::beside", [60, 70]);
    const units = [outer, middle, local, inner, beside];
    const scopes = unitScopes(units, DEFAULTS);
    expect(units.map((one) => told(scopes.get(one)))).toEqual([
      "holds an @aura-local function",
      "holds an @aura-local function",
      "@aura-local",
      "inside @aura-local",
      "in",
    ]);
  });

  it("where it holds one and is @aura-public in private-by-default mode, it stays too", () => {
    const outer = unit("outer", [0, 100], { marker: "@aura-public" });
    const local = unit("outer::local", [20, 50], { marker: "@aura-local" });
    expect(told(unitScopes([outer, local], { ...DEFAULTS, defaultPrivate: true }).get(outer))).toBe(
      "holds an @aura-local function",
    );
  });

  it("by its own marker in private-by-default mode: an outer @aura-public is not inherited", () => {
    const outer = unit("outer", [0, 100], { marker: "@aura-public" });
    const inner = unit("outer::inner", [20, 50]);
    const scopes = unitScopes([outer, inner], { ...DEFAULTS, defaultPrivate: true });
    expect([outer, inner].map((one) => told(scopes.get(one)))).toEqual([
      "in",
      "not @aura-public (default_private)",
    ]);
  });

  it("whatever is local in another file", () => {
    const one = unit("f", [0, 100]);
    const other = unit("g", [10, 20], { marker: "@aura-local", path: "src/b.rs" });
    expect(told(unitScopes([one, other], DEFAULTS).get(one))).toBe("in");
  });
});

describe("mixing both styles", () => {
  it.each<[markers: readonly (Marker | null)[], mixed: boolean]>([
    [[], false],
    [[null], false],
    [["@aura-local", null, "@aura-local"], false],
    [["@aura-public"], false],
    [["@aura-public", null, "@aura-local"], true],
  ])("is warned of: %j is %s", (markers, mixed) => {
    expect(markerMix(markers) !== null).toBe(mixed);
  });
});
