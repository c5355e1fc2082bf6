import { promises as timers } from "node:timers";
import type { OutOfTime } from "../gate/run-scan.js";
import type { Push } from "../ledger/pushes.js";
import type { Skipped } from "../report/report.js";
import { type Engine, engineAt, withoutSecrets } from "../scan/engine.js";
import type { Located } from "../scan/located.js";
import { asPushed } from "./pushed.js";
import { scanPushed, withoutScope } from "./scan-pushed.js";
import { type ReadBody, whyNoText } from "./wire-bodies.js";

/** What pushes hold by today's rules and settings. */
export type VerifiedAgain = {
  readonly located: readonly Located[];
  /** How many pushes were looked at, and in how many different bodies. */
  readonly pushes: number;
  readonly bodies: number;
  readonly bytes: number;
  readonly skipped: readonly Skipped[];
};

/**
 * Looks again at what left, with the rules, masks and allows of today: each body once for each unit that it was. All that is
 * found has left, whatever today's mask or scope would do with it. A secret that many pushes carried is told once, by the first.
 */
export async function verifyAgain(
  engine: Engine,
  pushes: readonly Push[],
  read: ReadBody,
  outOfTime: OutOfTime = () => null,
): Promise<VerifiedAgain> {
  const shown = (text: string): string => withoutSecrets(text, engine.keywords);
  const carriers = new Map<string, { readonly located: Located; readonly unit: Unit; readonly by: Push[] }>();
  const skipped: Skipped[] = [];
  const seen = { pushes: 0, bytes: 0, hashes: new Set<string | null>() };
  for (const same of sameBodies(pushes)) {
    const [first] = same;
    const { record } = first;
    const path = shown(record.path);
    const unit = { aura_id: shown(record.aura_id), name: shown(record.name) };
    const late = outOfTime();
    if (late !== null) {
      const reason = `${pushWords(same)} not verified again: ${late}`;
      skipped.push({ path, reason, incomplete: true });
      continue;
    }
    const body = read(first);
    if (body.what !== "text") {
      const reason = `the body of ${pushWords(same)} ${whyNoText(body)}`;
      skipped.push({ path, reason, incomplete: body.what !== "scrubbed" });
      continue;
    }
    const scopeless = withoutScope(await engineAt(engine, record.path));
    const found = scanPushed(scopeless, record, body.text);
    if ("fault" in found) {
      const reason = `push ${record.record_id} could not be verified again: ${found.fault}`;
      skipped.push({ path, reason, incomplete: true });
      continue;
    }
    seen.pushes += same.length;
    if (!seen.hashes.has(record.hash)) seen.bytes += Buffer.byteLength(body.text, "utf8");
    seen.hashes.add(record.hash);
    for (const located of found.located) {
      // Two functions of a file can hold the same line.
      const key = `${located.finding.fingerprint} ${record.aura_id}`;
      const known = carriers.get(key);
      if (known === undefined) carriers.set(key, { located, unit, by: [...same] });
      else known.by.push(...same);
    }
    // tree-sitter's trees are freed only when the event loop turns.
    await timers.setImmediate();
  }
  return {
    located: [...carriers.values()].map(({ located, unit, by }) => asPushed(located, by, unit)),
    pushes: seen.pushes,
    bodies: seen.hashes.size,
    bytes: seen.bytes,
    skipped,
  };
}

type Unit = { readonly aura_id: string; readonly name: string };

type Same = readonly [Push, ...Push[]];

/** `push 01J… and 3 more`. */
function pushWords([first, ...more]: Same): string {
  return `push ${first.record.record_id}${more.length === 0 ? "" : ` and ${more.length} more`}`;
}

/** What left, by body and unit: rules look at paths and names too. */
function sameBodies(pushes: readonly Push[]): Iterable<Same> {
  const groups = new Map<string, [Push, ...Push[]]>();
  for (const push of pushes) {
    const { hash, path, language, signature_bytes, aura_id, name } = push.record;
    if (hash === null) continue;
    const key = JSON.stringify([hash, path, language, signature_bytes, aura_id, name]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [push]);
    else group.push(push);
  }
  return groups.values();
}
