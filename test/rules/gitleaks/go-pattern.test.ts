import { describe, expect, it } from "vitest";
import { checkPattern } from "../../../src/pattern/rust-pattern.js";
import { GoPatternError, rustSyntax } from "../../../src/rules/gitleaks/go-pattern.js";

const plain = (source: string): string => rustSyntax(source, () => null);

describe("a Go pattern becomes the Rust pattern that means the same", () => {
  it.each([
    ["Perl's classes are ASCII", "\\d\\w\\s", "[0-9][0-9A-Za-z_][\\t\\n\\f\\r ]"],
    ["and what is none of them", "\\D\\W\\S", "[^0-9][^0-9A-Za-z_][^\\t\\n\\f\\r ]"],
    ["in a class too", "[\\w.-]", "[0-9A-Za-z_.\\-]"],
    ["the others nested", "[\\S\\d]", "[[^\\t\\n\\f\\r ]0-9]"],
    ["a boundary is one of ASCII words", "\\bkey\\B", "(?-u:\\b)key(?-u:\\B)"],
    ["quoted text", "\\Qa.b[c]\\E+", "a\\.b\\[c\\]+"],
    ["quoted text without an end", "\\Q(x", "\\(x"],
    ["hexadecimal numbers", "\\x41\\x{e9}\\x{5b}", "Aé\\["],
    ["octal numbers", "\\101\\012", "A\\n"],
    ["signs that need no escape", "\\<\\>\\_\\/\\'", "<>_/'"],
    ["signs that do", "\\.\\{\\|", "\\.\\{\\|"],
    ["a bracket in a class", "[a[b]", "[a\\[b]"],
    ["a bracket that comes first", "[]a][^]a]", "[\\]a][^\\]a]"],
    ["what would be an operation on sets", "[a&&b~~!--d]", "[a\\&\\&b\\~\\~!-\\-d]"],
    ["ranges", "[a-f0-9-]", "[a-f0-9\\-]"],
    ["a range of escapes", "[\\x41-\\x43]", "[A-C]"],
    ["named classes", "[[:alpha:]_][[:^digit:]]", "[[:alpha:]_][[:^digit:]]"],
    ["Unicode classes", "\\pL\\p{Greek}\\p{^Lu}[\\P{Lu}]", "\\pL\\p{Greek}\\P{Lu}[\\P{Lu}]"],
    ["a brace that counts nothing", "a{,5}x{", "a\\{,5\\}x\\{"],
    ["a brace that counts", "a{2}b{1,}c{0,3}?", "a{2}b{1,}c{0,3}?"],
    ["flags, each once", "(?ii)a(?s-i:b)(?)c", "(?i)a(?s-i:b)c"],
    ["groups that need no number", "(a)(?P<x>b)(?<1y>c)(?:d)", "(?:a)(?:b)(?:c)(?:d)"],
    ["the ends of the text", "^\\A.\\z$", "^\\A.\\z$"],
  ])("%s: %s", (_, go, rust) => {
    expect(plain(go)).toBe(rust);
    checkPattern(rust);
  });

  it("names the group that it is told to, by its number", () => {
    expect(rustSyntax("(a(b))(?P<c>c)", (index) => (index === 2 ? "secret" : null))).toBe(
      "(?:a(?P<secret>b))(?:c)",
    );
  });

  it.each([
    ["a(?=b)", "look-around"],
    ["(?<!a)b", "look-around"],
    ["\\C", "a single byte"],
    ["(a)\\1", "a reference to a group"],
    ["\\j", "an escape that Go does not know"],
    ["[a", "a class without an end"],
    ["(?#a)", "a group of an unknown kind"],
    ["\\p{", "a Unicode class without a name"],
    ["a\\", "a backslash at the end"],
  ])("but not %s", (go, said) => {
    expect(() => plain(go)).toThrow(GoPatternError);
    expect(() => plain(go)).toThrow(said);
  });
});
