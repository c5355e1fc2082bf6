import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { glob } from "../../../src/pattern/glob.js";
import { checkPattern } from "../../../src/pattern/rust-pattern.js";
import { rustSyntax } from "../../../src/rules/gitleaks/go-pattern.js";
import { pathGlobs } from "../../../src/rules/gitleaks/path-globs.js";

const SAYABLE: readonly (readonly [pattern: string, globs: readonly string[]])[] = [
  ["\\.pem$", ["**/*.pem"]],
  ["^docs/", ["docs/**"]],
  ["^config/app\\.yml$", ["config/app.yml"]],
  ["(^|/)tests?/", ["**/test/**", "**/tests/**"]],
  ["vendor/", ["**/*vendor/**"]],
  ["/vendor/", ["**/*/vendor/**"]],
  ["go\\.(?:mod|sum)$", ["**/*{go.mod,go.sum}"]],
  ["(?i)\\.JPE?G$", ["**/*{.[Jj][Pp][Gg],.[Jj][Pp][Ee][Gg]}"]],
  ["^src/.*\\.test\\.ts$", ["src/**/*.test.ts"]],
  ["^src/[^/]+\\.ts$", ["src/?*.ts"]],
  ["^v\\d+/", ["v+([0-9])/**"]],
  ["^a.*z$", ["a*z", "a*/**/*z"]],
  ["^x[ab]{2}$", ["x[ab][ab]"]],
  ["^[^.]x", ["[!.]x*", "[!.]x*/**"]],
  ["^app/\\(main\\)/", ["app/\\(main\\)/**"]],
  ["^a[/\\\\]b$", ["a/b"]],
  ["lock\\.json", ["**/*lock.json*", "**/*lock.json*/**"]],
];

describe("a pattern over paths becomes globs", () => {
  it.each(SAYABLE)("%s", (pattern, globs) => {
    expect(pathGlobs(pattern)).toEqual(globs);
  });

  it.each(["\\bkey\\b", "(?:ab)+", "a(?=b)", "x{3,40}", "[^.]*x", "a^b"])(
    "not %s, which no glob can say",
    (pattern) => {
      expect(pathGlobs(pattern)).toBeNull();
    },
  );

  it("that match the same paths", () => {
    const folder = fc.constantFrom(
      "docs",
      "tests",
      "mytests",
      "vendor",
      "src",
      "v12",
      "a",
      "b",
      "z",
      "app",
      "(main)",
      "config",
      "x",
    );
    const name = fc.constantFrom(
      "go.mod",
      "a.pem",
      "b.jpeg",
      "x.test.ts",
      "az",
      "b",
      "xab",
      ".x",
      "ax",
      "z",
      "app.yml",
      "package-lock.json",
    );
    const path = fc
      .tuple(fc.array(folder, { maxLength: 3 }), name)
      .map(([above, file]) => [...above, file].join("/"));
    const each = SAYABLE.map(([pattern, globs]) => ({
      pattern: checkPattern(rustSyntax(pattern, () => null)),
      globs: globs.map(glob),
    }));
    fc.assert(
      fc.property(path, (one) => {
        for (const { pattern, globs } of each) {
          expect([pattern.source, one, globs.some(({ matches }) => matches(one))]).toEqual([
            pattern.source,
            one,
            pattern.test(one),
          ]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
