import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { type Ledger, type LedgerOptions, openLedger } from "../../src/ledger/ledger.js";
import { OPENING } from "./entries.js";

export { OPENING, push } from "./entries.js";

export const KEY = Buffer.alloc(32, 7);

const made: string[] = [];
const opened: Ledger[] = [];

afterEach(async () => {
  for (const ledger of opened.splice(0)) await ledger.close();
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A place for a ledger; in memory where there is such a place, so that a test does not wait for the disk. */
export function ledgerPlace(): string {
  const base = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
  const folder = mkdtempSync(join(base, "aura-scan-"));
  made.push(folder);
  return join(folder, ".aura/live/audit");
}

/** A ledger that is closed after the test. */
export async function ledgerIn(folder: string, options: Partial<LedgerOptions> = {}): Promise<Ledger> {
  const ledger = await openLedger({ folder, key: () => KEY, open: OPENING, ...options });
  opened.push(ledger);
  return ledger;
}

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The segments' files, by name. */
export function segmentFiles(folder: string): Map<string, Buffer> {
  const place = join(folder, "segments");
  return new Map(
    readdirSync(place)
      .sort()
      .map((file) => [file.replace(/\.jsonl$/, ""), readFileSync(join(place, file))]),
  );
}

export const segmentFile = (folder: string, name: string): string =>
  join(folder, "segments", `${name}.jsonl`);

/** What a problem is, without its words. */
export const told = ({
  segment,
  line,
  what,
}: {
  segment: string;
  line: number | null;
  what: string;
}): string => `${segment} ${line ?? "-"} ${what}`;
