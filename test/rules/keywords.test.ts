import { describe, expect, it } from "vitest";
import { keywordlessMatch } from "../../src/pattern/keywordless-match.js";
import { parsePattern } from "../../src/pattern/parse-pattern.js";
import { defaultContents } from "../../src/rules/load.js";
import type { Rule } from "../../src/rules/rule.js";

const contents = await defaultContents();
const rules = contents.flatMap(({ content }) => content.rules);
const asked = rules.filter(({ keywords, pattern }) => keywords.length > 0 && pattern.source !== "");

function withoutKeyword(rule: Rule, others: readonly string[]): string | null {
  const node = parsePattern(rule.pattern.source);
  if (node === null) return "the pattern is beyond what can be asked";
  const found = keywordlessMatch(node, [...rule.keywords, ...others]);
  return found.kind === "none" ? null : found.kind === "match" ? found.text : "it takes too long to tell";
}

/** The words that would cover what the keywords of a rule leave out, and why they are none. */
type LeftOut = { readonly why: string; readonly words: readonly string[]; readonly rules: readonly string[] };

const LEFT_OUT: readonly LeftOut[] = [
  {
    why: "A tab, a line's end or several blanks where one is usual, behind a word like `echo`, `open` or `set`.",
    words: ["\t", "\n", "\r", "  "],
    rules: [
      "command-line-password",
      "database-command-password",
      "daemon-directive-password",
      "file-transfer-script",
      "fish-shell-password",
      "install-file-password",
      "ipsec-secret",
      "kubernetes-secret",
      "kubernetes-secret-data-first",
      "mail-code-password",
      "mail-fetch-password",
      "netrc-password",
      "openwrt-option-key",
      "piped-password",
      "sql-dump-password",
      "sql-dump-password-digest",
    ],
  },
  { why: "The rest of `macro` and `across`.", words: ["acro"], rules: ["azure-container-registry-password"] },
  { why: "Every fraction begins so.", words: ["0."], rules: ["bitwarden-access-token"] },
  { why: "Two letters, and anything behind them.", words: ["nr"], rules: ["new-relic-license-key"] },
  { why: "Two letters, anything, and `token`.", words: ["token"], rules: ["salesforce-security-token"] },
  {
    why: "Old programs, of whose names words are made.",
    words: ["exp", "imp", "  "],
    rules: ["oracle-connect-string"],
  },
  { why: "A realm may have any name: `me@anywhere!…`.", words: ["!"], rules: ["proxmox-api-token"] },
  {
    why: "A variable's name that does not begin with what it opens.",
    words: ["pass", "pwd", "pw", "mdp", "secret"],
    rules: ["php-variable-password"],
  },
  {
    why: "Far behind the statement's first words.",
    words: ["password", "secret"],
    rules: ["sql-user-password"],
  },
  {
    why: "Fields that hold anything: the known ends tell it.",
    words: [":"],
    rules: ["shadow-file-password"],
  },
  { why: "Only a known port or name tells a mail relay.", words: ["."], rules: ["mail-relay-password"] },
  {
    why: "Only a known section tells a registry.",
    words: ["username"],
    rules: ["package-registry-password"],
  },
  { why: "A list without a column for passwords.", words: ["url"], rules: ["exported-password-list"] },
  {
    why: "Words of any manual: the known ways to go on tell a device's settings.",
    words: ["add ", "set ", "username ", "neighbor "],
    rules: ["network-device-password"],
  },
];

const leftOut = new Map(LEFT_OUT.flatMap(({ rules: ids, words }) => ids.map((id) => [id, words] as const)));

describe("every match of a default rule holds one of its keywords", () => {
  it.each(asked.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
    expect(withoutKeyword(rule, leftOut.get(id) ?? [])).toBe(null);
  });
});

describe("what is left out of it on purpose", () => {
  it.each([...leftOut.keys()].map((id) => [id] as const))("is left out by %s still", (id) => {
    const rule = asked.find((one) => one.id === id);
    expect(rule && withoutKeyword(rule, [])).toEqual(expect.any(String));
  });
});
