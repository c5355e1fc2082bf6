import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../repository.js";
import { auraScanHere } from "./terminal.js";

/** A folder with these settings and this policy. */
function folderWith(settings: string, policy: string | null): string {
  const root = temporaryFolder();
  mkdirSync(join(root, ".aura"));
  writeFileSync(join(root, ".aura/live.toml"), settings);
  if (policy !== null) writeFileSync(join(root, "mothership.toml"), policy);
  return root;
}

describe("aura-scan policy check", () => {
  it.each([
    [
      "settings that meet it",
      "",
      "[policy.privacy]",
      0,
      "meets the policy, which asks for require_mask_secrets",
    ],
    [
      "settings that it disallows",
      "[live]\ne2e = false",
      "[policy.privacy]\nrequire_e2e = true",
      1,
      "policy.privacy.require_e2e is true, and live.e2e is false",
    ],
    ["a policy that is broken", "", "[policy.privacy]\nrequire_e2e = 1", 2, "mothership.toml:2:15"],
    ["settings that are broken", "[live]\ne2e = 1", "[policy.privacy]", 2, ".aura/live.toml:2:7"],
    ["no policy", "", null, 2, "mothership.toml:1:1: cannot be read (ENOENT)"],
  ])("%s", async (_, settings, policy, code, said) => {
    const run = await auraScanHere(folderWith(settings, policy), "policy", "check");
    expect(run.code).toBe(code);
    expect(run.out + run.err).toContain(said);
  });

  it("takes the file that --policy names", async () => {
    const root = folderWith("", null);
    writeFileSync(join(root, "other.toml"), "[policy.privacy]\nenforce_default_private = true");
    expect((await auraScanHere(root, "policy", "check", "--policy", "other.toml")).code).toBe(1);
  });
});
