import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LEDGER_FOLDER, repositoryLedger } from "../../src/gate/service/repository-ledger.js";
import { auditKey } from "../../src/ledger/key.js";
import { openLedger } from "../../src/ledger/ledger.js";
import { verifyLedger } from "../../src/ledger/verify-ledger.js";

let root = "";
let folder = "";
const key = () => auditKey(join(folder, "key"));
const open = { tool: "t", rules: 1, rules_digest: null, settings_digest: "s", policy_digest: null };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "aura-scan-"));
  folder = join(root, LEDGER_FOLDER);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("a service that is opened for the second time drops what the settings keep no longer", () => {
  it.each([
    { keep_days: 90, keep_bytes: 0, segments: 2 },
    { keep_days: 0, keep_bytes: 0, segments: 3 },
  ])("%j", async ({ segments, ...keeping }) => {
    const yearAgo = Date.now() - 365 * 86_400_000;
    const old = await openLedger({ folder, key, open, now: () => yearAgo });
    await old.append([{ kind: "pull", aura_id: "a::b", peer_id: "ada", bytes: 1, hash: null }]);
    await old.close();
    const held = (): number => readdirSync(join(folder, "segments")).length;
    const openAndClose = async (): Promise<void> => {
      const ledger = await repositoryLedger(root, null, { drops: true }).open(open, keeping);
      await ledger.close();
    };
    // A clock that jumped says the same as a year that went by: what was written since tells them apart.
    await openAndClose();
    expect(held()).toBe(2);
    await openAndClose();
    expect(held()).toBe(segments);
    expect(verifyLedger(folder, key)).toMatchObject({ ok: true, problems: [] });
  });
});
