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

describe("a service that is opened drops what the settings keep no longer", () => {
  it.each([
    { keep_days: 90, keep_bytes: 0, segments: 1 },
    { keep_days: 0, keep_bytes: 0, segments: 2 },
  ])("%j", async ({ segments, ...keeping }) => {
    const yearAgo = Date.now() - 365 * 86_400_000;
    const old = await openLedger({ folder, key, open, now: () => yearAgo });
    await old.append([{ kind: "pull", aura_id: "a::b", peer_id: "ada", bytes: 1, hash: null }]);
    await old.close();
    const ledger = await repositoryLedger(root, null, { drops: true }).open(open, keeping);
    await ledger.close();
    expect(readdirSync(join(folder, "segments"))).toHaveLength(segments);
    expect(verifyLedger(folder, key)).toMatchObject({ ok: true, problems: [] });
  });
});
