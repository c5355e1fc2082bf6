import { describe, expect, it } from "vitest";
import { DEFAULTS } from "../../src/settings/defaults.js";
import { settingsDigest } from "../../src/settings/digest.js";
import { parseSettings } from "../../src/settings/parse.js";

const digestOf = async (text: string): Promise<string> =>
  settingsDigest(await parseSettings(text, "live.toml"));

describe("the digest of settings", () => {
  it("is SHA-256 in hex", () => {
    expect(settingsDigest(DEFAULTS)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ["nothing and the defaults", "", "[live]\ne2e = false\n[live.selective]\ninclude = ['**/*']"],
    [
      "two spellings",
      "live.privacy.masks = { jwt = false, aws = false }",
      "# x\n[live.privacy.masks]\naws = false\njwt = false",
    ],
    [
      "two orders of a set",
      "live.selective.exclude = ['a', 'b']",
      "live.selective.exclude = ['b', 'a', 'b']",
    ],
    ["two names of a switch", "live.e2e = true", "live.privacy.e2e_encryption = true"],
  ])("is the same for %s", async (_, one, other) => {
    expect(await digestOf(one)).toBe(await digestOf(other));
  });

  it("is another for every change of what is meant", async () => {
    const mask = (name: string, pattern: string, replacement: string): string =>
      `[[live.privacy.mask]]\nname = '${name}'\npattern = '${pattern}'\nreplacement = '${replacement}'`;
    const texts = [
      "",
      "live.e2e = true",
      "live.selective.include = ['a']",
      "live.selective.exclude = ['a']",
      "live.privacy.default_private = true",
      "live.privacy.mask_secrets = false",
      "live.privacy.masks.aws = false",
      "live.privacy.masks.jwt = false",
      mask("a", "x+y", "1"),
      mask("b", "x+y", "1"),
      mask("a", "x+z", "1"),
      mask("a", "x+y", "2"),
      "scan.rules = ['a.toml']",
      "scan.fail_on = 'low'",
      "scan.git_blocks_on = 'leaks'",
      "scan.baseline = 'b.json'",
      "scan.new_allows = 'refuse'",
      "scan.limits.seconds = 1",
      "live.audit.keep_days = 1",
      "live.audit.keep_bytes = 1",
      "[[scan.allow]]\npattern = 'a'\nreason = 'r'",
      "[[scan.allow]]\nstopword = 'aaa'\nreason = 'r'",
      "[[scan.allow]]\nrule = 'a'\nreason = 'r'",
      "[[scan.allow]]\npath = 'a'\nreason = 'r'",
    ];
    expect(new Set(await Promise.all(texts.map(digestOf))).size).toBe(texts.length);
  });
});
