import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GlobError, glob, lazyGlob } from "../../src/pattern/glob.js";

describe("a glob", () => {
  it.each([
    // `**` crosses folders, `*` and `?` do not.
    ["**/*", ["a", "a/b", "a/b/c"], []],
    ["**", ["a", "a/b/c"], []],
    ["*", ["a"], ["a/b"]],
    ["src/**", ["src/a", "src/a/b"], ["a", "lib/src/a", "srcs/a"]],
    ["src/**/*.ts", ["src/a.ts", "src/x/y/a.ts"], ["src/a.tsx", "a.ts"]],
    ["**/*.pem", ["k.pem", "a/k.pem"], ["k.pem/a"]],
    ["src/?.ts", ["src/a.ts"], ["src/ab.ts", "src/.ts"]],
    ["src", ["src"], ["src/a"]],
    ["*.*", ["a.b", "a.", ".b"], ["a"]],
    // Dot files match.
    ["*", [".env"], []],
    ["**/*", [".env", ".github/x", "a/.b/.c"], []],
    ["src/**", ["src/.env", "src/.x/y"], []],
    // Letters are compared as they are, on every system.
    ["Src/*.TS", ["Src/a.TS"], ["src/a.TS", "Src/a.ts"]],
    // Classes, named classes, braces and groups.
    ["[a-c]x", ["ax", "cx"], ["dx"]],
    ["[!a]x", ["bx"], ["ax", "/x", "x"]],
    ["[^a]x", ["bx"], ["ax"]],
    ["[[:digit:]]x", ["1x"], ["ax"]],
    ["*.{ts,tsx}", ["a.ts", "a.tsx"], ["a.js"]],
    ["{src,lib}/**", ["src/a", "lib/b/c"], ["doc/a"]],
    ["{src/**,lib/*}", ["src/a/b", "lib/b"], ["lib/b/c"]],
    ["{1..3}.ts", ["1.ts", "3.ts"], ["4.ts"]],
    ["@(a|b)/x", ["a/x", "b/x"], ["c/x"]],
    ["src/!(a)/**", ["src/b/x"], ["src/a/x"]],
    // What only a regular expression would read as more than itself.
    ["app/(admin)/**", ["app/(admin)/page.tsx"], ["app/admin/page.tsx"]],
    ["(a|b)/x", ["(a|b)/x"], ["a/x", "b/x"]],
    ["(?=a)/*", ["(_=a)/x"], ["a/x"]],
    ["a|b/*", ["a|b/x"], ["a", "b/x"]],
    ["c++/$x/^y/~z/#w/a b/*", ["c++/$x/^y/~z/#w/a b/c"], []],
    ["a.b", ["a.b"], ["axb"]],
    ["$$*^^", ["$$x^^"], ["$$x^"]],
    ["a\\*b", ["a*b"], ["axb"]],
    ["{a}/x", ["{a}/x"], ["a/x"]],
    // A beginning `./` means the same with and without.
    ["./a/*", ["a/x"], []],
    // A line break in a name hides nothing.
    ["secret/**", ["secret/a\nb", "secret/\n/b"], []],
    ["**/*", ["a\nb", "a\n/b"], []],
  ])("%s matches %j and not %j", (source, yes, no) => {
    const { matches } = glob(source);
    expect(yes.filter((path) => !matches(path))).toEqual([]);
    expect(no.filter((path) => matches(path))).toEqual([]);
  });

  it.each([
    ["", "the glob is empty"],
    ["/src/**", "a glob is relative to the repository's root: leave the first slash out"],
    ["C:/src/**", "a glob is relative to the repository's root: leave the drive out"],
    ["../x", 'a glob is relative to the repository\'s root: a ".." part leaves the repository'],
    ["a/../b", 'a glob is relative to the repository\'s root: a ".." part leaves the repository'],
    ["!src/**", "there is no negation: put the glob under exclude"],
    ["src\\lib\\*", "use forward slashes; a backslash only escapes a glob character"],
    ["src/", "a glob names files: write src/** for all that is in the folder"],
    ["a//b", 'an empty or "." part matches nothing: take it out'],
    ["a/./b", 'an empty or "." part matches nothing: take it out'],
    ["**.pem", "** crosses folders only where it is a whole part of the path, as in **/*.pem"],
    ["a**/b", "** crosses folders only where it is a whole part of the path, as in **/*.pem"],
    ["***", "** crosses folders only where it is a whole part of the path, as in **/*.pem"],
    ["{**/a,b}", "** crosses folders only where it is a whole part of the path, as in **/*.pem"],
    ["@(x/**|y)", "** crosses folders only where it is a whole part of the path, as in **/*.pem"],
    ["@(x/**/z|y)", "** crosses no folders inside parentheses: write two globs"],
    [
      "{1..12}.ts",
      "a range in braces goes from one character to another: write the rest out, as in {9,10,11}",
    ],
    ["a[b", '"]" is missing'],
    ["a{b,c", '"}" is missing'],
    ["a(b", '")" is missing'],
    ["a]b", '"]" has no beginning; \\] stands for itself'],
    ["{a,b}}", '"}" has no beginning; \\} stands for itself'],
    ["[z-a]", "Range out of order in character class"],
    ["a".repeat(70_000), "Input length: 70000, exceeds maximum allowed length: 65536"],
  ])("is refused where it cannot mean what it says: %s", (source, message) => {
    expect(() => glob(source)).toThrow(new GlobError(message));
  });

  it("gives a glob or a GlobError for any text", () => {
    const noise = fc.string({
      unit: fc.constantFrom(..."ab/.*?[](){}!@+|\\,^-:$é\n".split("")),
      maxLength: 20,
    });
    fc.assert(
      fc.property(noise, (source) => {
        try {
          expect(typeof glob(source).matches("a/b")).toBe("boolean");
        } catch (error) {
          expect(error).toBeInstanceOf(GlobError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("matches a path literally when its special characters are escaped", () => {
    const part = fc
      .string({
        unit: fc.constantFrom(..."ab.*?[](){}!@+|^-$é ~#%&=;,:'\"`<>_0\n".split("")),
        minLength: 1,
        maxLength: 6,
      })
      .filter((text) => !/^(?:[. ]+$|[A-Za-z]:)/.test(text));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
        const path = parts.join("/");
        const escaped = path.replace(/[*?[\]{}()!+@|]/g, "\\$&");
        expect(glob(escaped).matches(path)).toBe(true);
        expect(glob(escaped).matches(`${path}x`)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it("with stars and question marks matches what a plain reading of them says", () => {
    const letters = ["a", "b", ".", "$", "+", "(", ")"];
    const text = (units: readonly string[]): fc.Arbitrary<string> =>
      fc
        .string({ unit: fc.constantFrom(...units), minLength: 1, maxLength: 4 })
        .filter((part) => !/^\.+$|\*\*|[?*+]\(/.test(part));
    const globs = fc.array(fc.oneof(fc.constant("**"), text([...letters, "*", "?"])), {
      minLength: 1,
      maxLength: 4,
    });
    const paths = fc.array(text(letters), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(globs, paths, (parts, path) => {
        const source = parts.join("/");
        fc.pre(balanced(source));
        // Whether `a/**` is also the file `a` differs from glob to glob, and nobody means it.
        fc.pre(parts.at(-1) !== "**" || !covers(parts.slice(0, -1), path));
        expect(glob(source).matches(path.join("/"))).toBe(covers(parts, path));
      }),
      { numRuns: 5000 },
    );
  });
});

/** Whether the parts of a glob cover the parts of a path, read as the specification's page reads them. */
function covers(parts: readonly string[], path: readonly string[]): boolean {
  const [part, ...rest] = parts;
  if (part === undefined) return path.length === 0;
  if (part === "**") return path.some((_, at) => covers(rest, path.slice(at))) || covers(rest, []);
  const [name, ...below] = path;
  return name !== undefined && named(part, name) && covers(rest, below);
}

function named(part: string, name: string): boolean {
  if (part === "") return name === "";
  if (part.startsWith("*")) return named(part.slice(1), name) || (name !== "" && named(part, name.slice(1)));
  return name !== "" && (part.startsWith("?") || part[0] === name[0]) && named(part.slice(1), name.slice(1));
}

function balanced(source: string): boolean {
  let open = 0;
  for (const char of source) {
    if (char === "(") open++;
    if (char === ")" && --open < 0) return false;
  }
  return open === 0;
}

describe("a glob that is compiled when it is first used", () => {
  it.each([
    "**/.env",
    "**/config/master.key",
    "**/*.env",
    "**/*rc",
    "**/.{bash,zsh}*",
    "**/a*.yml",
    "**/**/.env",
    "x/**",
  ])("%s matches what the same glob matches at once", (source) => {
    const paths = [
      ...[".env", "a/.env", "a.env", "b/a.env", ".envrc", "config/master.key", "a/config/master.key"],
      ...["xconfig/master.key", ".bashrc", "a/.zshrc", "a/b.yml", "ab.yml", "x/y", "env", "a/rc"],
    ];
    const [now, later] = [glob(source), lazyGlob(source)];
    expect(paths.filter((path) => later.matches(path))).toEqual(paths.filter((path) => now.matches(path)));
  });
});
