import { visible } from "../report/visible.js";
import { blottedLine } from "../scan/blot.js";
import type { Attempt, Bench } from "./bench.js";
import type { Canary, MadeFile } from "./canary.js";
import { type Check, fault, good, unknown } from "./check.js";
import { whatOf } from "./hooks.js";
import type { GitEnd } from "./plain-git.js";

const AGAIN = "Then run aura-scan doctor again.";

/** Does each hook, however it is started, refuse the canary and let an innocent file through? */
export async function proofs(
  bench: Bench,
  attempts: readonly Attempt[],
  { secret, innocent }: Canary,
): Promise<readonly Check[]> {
  const refused = await bench.run(secret, attempts);
  const passed = await bench.run(innocent, attempts);
  return attempts.map((attempt, at) => proof(attempt, secret, refused[at], passed[at]));
}

function proof(
  { hook, starter }: Attempt,
  secret: MadeFile,
  refused: GitEnd | undefined,
  passed: GitEnd | undefined,
): Check {
  const what = whatOf(hook.name);
  const id = `${what}-${starter}`;
  const where = starter === "shell" ? "in this shell" : "in a git client without a shell's PATH";
  if (refused === undefined || refused.code === null || passed === undefined || passed.code === null)
    return unknown(id, `${where}: the ${what}'s hook did not end`, `Run git ${what} by hand. ${AGAIN}`);
  if (refused.code === 0) return letThrough(id, where, what);
  if (!refused.said.includes(secret.path)) return otherReason(id, where, what, refused);
  if (passed.code === 0)
    return good(id, `${where}: a ${what} with a made-up secret was refused, an innocent one was let through`);
  return fault(
    id,
    `${where}: a ${what} with a made-up secret was refused, but an innocent one was refused too${words(passed)}`,
    `Mend what it complains of. ${AGAIN}`,
  );
}

function letThrough(id: string, where: string, what: string): Check {
  if (process.env["HUSKY"] === "0" && where === "in this shell")
    return fault(
      id,
      `${where}: a ${what} with a made-up secret was let through, for HUSKY=0 switches husky's hooks off`,
      `Unset HUSKY where people commit. ${AGAIN}`,
    );
  const bin = process.env["AURA_SCAN_BIN"] ?? "";
  if (bin !== "" && where === "in this shell")
    return fault(
      id,
      `${where}: a ${what} with a made-up secret was let through, by what AURA_SCAN_BIN names (${visible(bin)})`,
      `Unset AURA_SCAN_BIN, or have it name an aura-scan. ${AGAIN}`,
    );
  return fault(
    id,
    `${where}: a ${what} with a made-up secret was let through`,
    `Run aura-scan init, which brings the hook up to date. ${AGAIN}`,
  );
}

/** The hook ended before it had found anything: nothing gets through, and nobody can work. */
function otherReason(id: string, where: string, what: string, end: GitEnd): Check {
  const message = `${where}: the ${what}'s hook ended without having looked${words(end)}`;
  if (/node was not found|node: (?:command )?not found/.test(end.said))
    return fault(
      id,
      message,
      `Run aura-scan init with the Node that hooks shall use, or put its folder on the PATH. ${AGAIN}`,
    );
  if (/scanner was not found|aura-scan: (?:command )?not found/.test(end.said))
    return fault(id, message, `Run npm install, and aura-scan init. ${AGAIN}`);
  return fault(id, message, `Mend what it complains of, or run aura-scan init. ${AGAIN}`);
}

/** So many lines of a hook are told. */
const MOST_LINES = 3;

/** What it said, in a few lines that hold no secret. */
function words({ said }: GitEnd): string {
  const lines = said.split(/\r?\n/).filter((line) => line.trim() !== "");
  const own = lines.filter((line) => /\baura-scan\b/.test(line));
  const told = (own.length === 0 ? lines : own).slice(0, MOST_LINES);
  return told.length === 0
    ? ""
    : `: ${told.map((line) => visible(blottedLine(line.trim(), []))).join(" / ")}`;
}
