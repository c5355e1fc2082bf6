import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asComment } from "../../src/allow/comment.js";
import { directivesIn } from "../../src/allow/directive.js";
import { lineIndex } from "../../src/text/lines.js";

/** Put together, so that this file holds no such comment itself. */
const ALLOW = ["aura-scan", "allow"].join(":");
const FP = "0123456789ab";

const directives = (text: string) => directivesIn(text, lineIndex(text));

describe("a comment that allows", () => {
  it.each<readonly [string, string, string]>([
    ["Rust, JavaScript", `f("x"); // ${ALLOW} a-b@${FP} -- why`, 'f("x"); '],
    ["no space", `f("x"); //${ALLOW} a-b@${FP} -- why`, 'f("x"); '],
    ["a doc comment", `/// ${ALLOW} a-b@${FP} -- why`, ""],
    ["a block comment with code behind it", `f(/* ${ALLOW} a-b@${FP} -- why */ "x")`, 'f( "x")'],
    ["JSX", `<a>{/* ${ALLOW} a-b@${FP} -- why */}</a>`, "<a></a>"],
    ["Python, YAML, shell", `k: x # ${ALLOW} a-b@${FP} -- why`, "k: x "],
    ["SQL", `values ('x'); -- ${ALLOW} a-b@${FP} -- why`, "values ('x'); "],
    ["HTML", `<b>x</b> <!-- ${ALLOW} a-b@${FP} -- why --> y`, "<b>x</b>  y"],
    ["XML, one hyphen", `<b>x</b> <!-- ${ALLOW} a-b@${FP} - why -->`, "<b>x</b> "],
    ["a dash that an editor made", `// ${ALLOW} a-b@${FP} — why`, ""],
    ["CSS", `a { } /* ${ALLOW} a-b@${FP} -- why */`, "a { } "],
    ["Lisp", `(x) ;; ${ALLOW} a-b@${FP} -- why`, "(x) "],
    ["INI", `x = 1 ; ${ALLOW} a-b@${FP} -- why`, "x = 1 "],
    ["TeX", `x % ${ALLOW} a-b@${FP} -- why`, "x "],
    ["Visual Basic", `x = "y" ' ${ALLOW} a-b@${FP} -- why`, 'x = "y" '],
    ["a batch file", `REM ${ALLOW} a-b@${FP} -- why`, ""],
    ["Jinja", `{# ${ALLOW} a-b@${FP} -- why #}x`, "x"],
    ["ERB", `<%# ${ALLOW} a-b@${FP} -- why %>x`, "x"],
    ["Handlebars", `{{!-- ${ALLOW} a-b@${FP} -- why --}}x`, "x"],
    ["OCaml", `x (* ${ALLOW} a-b@${FP} -- why *)`, "x "],
    ["JSON, as a string", `"//": "${ALLOW} a-b@${FP} -- why",`, '"//": "'],
    ["the end of a block comment", ` * ${ALLOW} a-b@${FP} -- why */`, " "],
  ])("in %s", (_name, line, rest) => {
    const [directive] = directives(line);
    expect(directive).toMatchObject({
      allows: [{ rule: "a-b", fingerprint: FP }],
      reason: "why",
      fault: null,
    });
    const { start, end } = directive?.span ?? { start: 0, end: 0 };
    expect(line.slice(0, start) + line.slice(end)).toBe(rest);
  });

  it("may name several rules, with fingerprints or without", () => {
    expect(directives(`# ${ALLOW} a, b-c@${FP.toUpperCase()},d -- why`)[0]?.allows).toEqual([
      { rule: "a", fingerprint: null },
      { rule: "b-c", fingerprint: FP },
      { rule: "d", fingerprint: null },
    ]);
  });

  it("may stand on a line with another one", () => {
    const found = directives(`x # ${ALLOW} a -- one # ${ALLOW} b -- two`);
    expect(found.map(({ allows, reason }) => [allows[0]?.rule, reason])).toEqual([
      ["a", "one"],
      ["b", "two"],
    ]);
  });

  it.each<readonly [string, string]>([
    [`// ${ALLOW}`, "it names no rule"],
    [`// ${ALLOW} -- why`, "it names no rule"],
    [`// ${ALLOW} a-b`, "it gives no reason"],
    [`// ${ALLOW} a-b --`, "it gives no reason"],
    [`/* ${ALLOW} a-b -- */`, "it gives no reason"],
    [`// ${ALLOW} a-b -- ...`, "it gives no reason"],
    [`// ${ALLOW} RULE -- why`, "what stands for a rule is no rule's id"],
    [`// ${ALLOW} a b -- why`, "what stands for a rule is no rule's id"],
    [`// ${ALLOW} a, -- why`, "what stands for a rule is no rule's id"],
    [`// ${ALLOW} a@0123456 -- why`, "behind the @ belong the first 8 or more hex digits of the fingerprint"],
    [
      `// ${ALLOW} a@${"0".repeat(33)} -- y`,
      "behind the @ belong the first 8 or more hex digits of the fingerprint",
    ],
  ])("allows nothing where it cannot be understood: %s", (line, fault) => {
    expect(directives(line)).toMatchObject([{ allows: [], fault }]);
  });

  it.each([`// x${ALLOW} a -- why`, `// ${ALLOW}ed a -- why`, `// ${ALLOW}-all a -- why`])(
    "is another word in %s",
    (line) => {
      expect(directives(line)).toEqual([]);
    },
  );

  it("is found on its line, whatever ends lines", () => {
    expect(directives(`a\r\n# ${ALLOW} a -- x\rb\n\n# ${ALLOW} b -- y`).map(({ line }) => line)).toEqual([
      2, 5,
    ]);
  });

  it("never spans more than its line, whatever the text", () => {
    const part = fc.oneof(
      fc.constantFrom(ALLOW, " a-b -- x", "//", "/*", "*/", "\n", "<!--", "-->", "@"),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join("");
        for (const { span, at } of directives(text)) {
          expect(span.start).toBeLessThanOrEqual(at);
          expect(span.end).toBeGreaterThanOrEqual(at + ALLOW.length);
          expect(text.slice(span.start, span.end)).not.toContain("\n");
        }
      }),
    );
  });

  it("is read from a long line of them without end", () => {
    expect(directives(`// ${ALLOW} a -- x `.repeat(50_000))).toHaveLength(32);
  });
});

describe("how a file writes a comment", () => {
  it.each([
    ["src/a.rs", "// x"],
    ["src/a.ts", "// x"],
    ["a.py", "# x"],
    ["a/b.yml", "# x"],
    [".env.local", "# x"],
    ["Dockerfile", "# x"],
    ["Dockerfile.dev", "# x"],
    ["a.sql", "-- x"],
    ["a.HTML", "<!-- x -->"],
    ["a.css", "/* x */"],
    ["a.json", null],
    ["a.txt", null],
    ["a.constructor", null],
    ["README", null],
  ])("%s", (path, comment) => {
    expect(asComment("x", path)).toBe(comment);
  });
});
