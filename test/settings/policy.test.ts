import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseSettings } from "../../src/settings/parse.js";
import {
  loadPolicy,
  POLICY_DEFAULTS,
  parsePolicy,
  policyDigest,
  policyFaults,
  strictest,
} from "../../src/settings/policy.js";
import { ConfigError } from "../../src/toml/config-error.js";

const PAGE = `[policy.privacy]
require_mask_secrets = true # peers that disable masking are rejected
require_e2e = false # optional — pushes without e2e rejected if true
enforce_default_private = false # peers must have default_private on
`;

describe("mothership.toml", () => {
  it("says on the specification's page what holds where a key is left out", async () => {
    expect(await parsePolicy(PAGE)).toEqual(POLICY_DEFAULTS);
    expect(await parsePolicy("[policy.privacy]")).toEqual(POLICY_DEFAULTS);
  });

  it("may hold tables of the Mothership's own", async () => {
    expect(await parsePolicy(`[server]\nport = 7443\n[policy.sync]\nx = 1\n${PAGE}`)).toEqual(
      POLICY_DEFAULTS,
    );
  });

  it.each([
    ["", "1:1: there is no [policy.privacy], so nothing would be enforced"],
    [
      "[polcy.privacy]\nrequire_e2e = true",
      "1:2: there is no [policy.privacy], so nothing would be enforced",
    ],
    [
      "[policy.privcy]\nrequire_e2e = true",
      "1:9: there is no [policy.privacy], so nothing would be enforced",
    ],
    [
      "[policy.privacy]\nrequire_e2 = true",
      '2:1: unknown key "policy.privacy.require_e2"; did you mean "require_e2e"?',
    ],
    [
      "[policy.privacy]\nrequire_e2e = 'yes'",
      "2:15: policy.privacy.require_e2e must be true or false, not a string",
    ],
    ["policy = 1", "1:10: policy must be a table, not a number"],
    ["[policy", "1:2: not valid TOML"],
  ])("is refused: %j", async (text, fault) => {
    await expect(parsePolicy(text)).rejects.toThrow(ConfigError);
    await expect(parsePolicy(text)).rejects.toThrow(`mothership.toml:${fault}`);
  });

  it("that is not there, a folder or no text is refused too", async () => {
    const folder = mkdtempSync(join(tmpdir(), "aura-scan-policy-"));
    writeFileSync(join(folder, "latin1.toml"), Buffer.from([0x23, 0xe9]));
    for (const path of [join(folder, "none.toml"), folder, join(folder, "latin1.toml")])
      await expect(loadPolicy(path)).rejects.toThrow(ConfigError);
  });
});

describe("a policy", () => {
  const ALL = { require_mask_secrets: true, require_e2e: true, enforce_default_private: true };

  it.each([
    [
      "[live.privacy]\nmask_secrets = false",
      ["require_mask_secrets is true, and live.privacy.mask_secrets is false"],
    ],
    [
      "[live.privacy.masks]\naws = false\ngeneric_api_keys = false\njwt = false\nbearer_tokens = false\nprivate_key_blocks = false",
      ["require_mask_secrets is true, and every key of live.privacy.masks is false"],
    ],
    ["[live.privacy.masks]\ngeneric_api_keys = false", []],
  ])("that asks for masks, and the settings %j", async (text, faults) => {
    const found = policyFaults(POLICY_DEFAULTS, await parseSettings(text, "live.toml"));
    expect(found).toHaveLength(faults.length);
    for (const [index, fault] of faults.entries()) expect(found[index]).toContain(fault);
  });

  it("that asks for all names every key with both values", async () => {
    expect(policyFaults(ALL, await parseSettings("", "live.toml"))).toEqual([
      expect.stringContaining("policy.privacy.require_e2e is true, and live.e2e is false"),
      expect.stringContaining(
        "policy.privacy.enforce_default_private is true, and live.privacy.default_private is false",
      ),
    ]);
  });

  it("is met by the strictest settings", async () => {
    const settings = await parseSettings(
      "[live]\ne2e = true\n[live.privacy]\ndefault_private = true",
      "live.toml",
    );
    expect(policyFaults(ALL, settings)).toEqual([]);
  });

  it("of several is all that they ask, and has a digest of its own", () => {
    const none = { require_mask_secrets: false, require_e2e: false, enforce_default_private: false };
    expect(strictest([])).toBeNull();
    expect(strictest([none, { ...none, require_e2e: true }])).toEqual({ ...none, require_e2e: true });
    expect(new Set([none, ALL, POLICY_DEFAULTS].map(policyDigest)).size).toBe(3);
  });
});
