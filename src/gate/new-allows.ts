import type { Allowance, AllowsBefore } from "../allow/allowance.js";
import { allowedBecause, type Engine } from "../scan/engine.js";
import type { Located } from "../scan/located.js";

/**
 * The findings as they stand where new allows are refused (`scan.new_allows`): what only a new one allows is not
 * allowed, and its `fix` says so. A comment that is bound to no value never counts here, for it would allow the next
 * secret too.
 */
export async function withoutNewAllows(
  engine: Engine,
  located: readonly Located[],
): Promise<{ readonly located: readonly Located[]; readonly refused: number }> {
  const { before } = engine.allows;
  if (before === null) return { located, refused: 0 };
  let refused = 0;
  const settled: Located[] = [];
  for (const one of located) {
    const { fits, faults } = one.allowances;
    const kept: Allowance[] = [];
    for (const fit of fits) if (await wasThere(before, fit, one.finding)) kept.push(fit);
    const [first] = fits;
    if (kept.length > 0 || first === undefined) {
      settled.push({
        ...one,
        finding: { ...one.finding, ...allowedBecause(engine, { fits: kept, faults }) },
      });
      continue;
    }
    refused++;
    const fix = `${refusalWords(first)} ${one.finding.fix}`;
    settled.push({ ...one, finding: { ...one.finding, allowed: null, allowed_by: null, fix } });
  }
  return { located: settled, refused };
}

async function wasThere(
  before: AllowsBefore,
  fit: Allowance,
  finding: { readonly path: string; readonly rule: string; readonly fingerprint: string },
): Promise<boolean> {
  if (fit.by !== "inline") return !fit.isNew;
  return fit.fingerprint !== null && (await before.inline(finding.path, finding.rule, finding.fingerprint));
}

const WHAT = {
  settings: "The [[scan.allow]] table for it",
  baseline: "Its entry in the baseline",
  inline: "The comment that allows it",
} as const;

function refusalWords(fit: Allowance): string {
  if (fit.by === "inline" && fit.fingerprint === null)
    return `${WHAT.inline} is bound to no value, and does not count where new allows are refused.`;
  return `${WHAT[fit.by]} is new, and does not count where new allows are refused.`;
}
