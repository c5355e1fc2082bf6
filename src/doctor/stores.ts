import { accessSync, constants, lstatSync, type Stats, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LEDGER_FOLDER, ledgerKeyFile } from "../gate/service/repository-ledger.js";
import { knownAuditKey } from "../ledger/key.js";
import { LedgerError } from "../ledger/ledger-error.js";
import { isLedgerFolder } from "../ledger/ledger-folder.js";
import { verifyLedger } from "../ledger/verify-ledger.js";
import { visible } from "../report/visible.js";
import { counted, humanBytes } from "../report/words.js";
import type { Repository } from "../sources/repository.js";
import { type Check, fault, good, note, unknown } from "./check.js";
import { shownIn } from "./hooks.js";
import type { PlainGit } from "./plain-git.js";

/** The ledger, every chain and body of it. */
export function ledgerCheck({ root, gitDir }: Repository): Check {
  const id = "ledger";
  const folder = join(root, LEDGER_FOLDER);
  try {
    if (!isLedgerFolder(folder))
      return good(id, `no ledger yet (${LEDGER_FOLDER}); Live Sync's first push begins it`);
    const key = knownAuditKey(ledgerKeyFile(folder, gitDir));
    const { ok, records, problems } = verifyLedger(folder, key === null ? null : () => key, { bodies: true });
    if (ok) return good(id, `${counted(records, "record")} in the ledger, each as it was written`);
    const [first] = problems.filter(({ what }) => what !== "torn");
    return fault(
      id,
      `the ledger is not as it was written: ${visible(first?.message ?? "")}`,
      "Run aura-scan audit --verify, which names every place; keep the folder as it is for whoever looks into it.",
    );
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return fault(id, visible(error.message), `Mend that, then run aura-scan audit --verify.`);
  }
}

/** What a history's cache may be; nothing that is cached is worth a fault, but a stranger's folder is. */
export function cacheCheck({ root }: Repository): Check {
  const id = "cache";
  const stats = statsOf(join(root, ".aura/cache"));
  if (stats === null) return good(id, "no cache yet (.aura/cache); the first scan of the history makes it");
  if (!stats.isDirectory())
    return fault(id, ".aura/cache is no folder, so every history is read anew", "Delete it.");
  if (isForeign(stats)) return fault(id, ".aura/cache belongs to another user", "Delete it, or chown it.");
  return good(id, ".aura/cache is in use");
}

/** Neither the ledger nor the cache is for others: git must not keep them. */
export async function trackedCheck(git: PlainGit): Promise<readonly Check[]> {
  const answer = await git(["ls-files", "--", ".aura/live", ".aura/cache"]);
  if (answer.code !== 0 || answer.out === "") return [];
  const fix = "Take it out of git and keep it: git rm -r --cached .aura/live .aura/cache, and commit.";
  return [
    fault("tracked", "git tracks files of .aura/live or .aura/cache, which are this machine's own", fix),
  ];
}

/** Less than this is full for a ledger, whose every push is written before it leaves. */
const LEAST_BYTES = 64 * 1024 * 1024;

/** Is there room for what is written down, and for what is tried? */
export function diskChecks({ root, gitDir }: Repository): readonly Check[] {
  return [...new Set([root, gitDir, tmpdir()])].flatMap((folder): Check[] => {
    try {
      const { bavail, bsize } = statfsSync(folder);
      const free = bavail * bsize;
      if (free >= LEAST_BYTES) return [];
      const message = `only ${humanBytes(free)} are free for ${visible(folder)}: the ledger needs room, and without it nothing is pushed`;
      return [fault("disk", message, "Make room on that disk.")];
    } catch {
      return [unknown("disk", `nobody tells how much is free for ${visible(folder)}`, "Look at it with df.")];
    }
  });
}

/** Who can write what decides, and whether we can where we must. */
export function permissionChecks(
  { root, gitDir }: Repository,
  hookFiles: readonly string[],
): readonly Check[] {
  if (process.platform === "win32") return [];
  const checks: Check[] = [];
  const deciding = [...hookFiles, join(root, ".aura/live.toml"), join(root, ".aura"), gitDir];
  for (const file of deciding) {
    const stats = statsOf(file);
    if (stats === null || stats.isSymbolicLink() || (stats.mode & 0o002) === 0) continue;
    const message = `every user of this machine can write ${shownIn(root, file)}, and so switch the gate off`;
    checks.push(fault("permissions", message, `Take that right away: chmod o-w ${shownIn(root, file)}`));
  }
  const live = join(root, ".aura");
  const place = statsOf(live) === null ? root : live;
  if (!isWritable(place)) {
    const message = `${shownIn(root, place)} cannot be written by this user: there is no ledger and no cache`;
    checks.push(note("permissions", message));
  }
  return checks;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function isForeign({ uid }: Stats): boolean {
  const user = process.getuid?.();
  return user !== undefined && uid !== user;
}

function statsOf(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}
