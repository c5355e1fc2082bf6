import { loadRuleSet } from "../rules/load.js";
import { createEngine, type Engine, engineAt } from "../scan/engine.js";
import type { Finding } from "../scan/finding.js";
import { openFile, scanPiece } from "../scan/scan-text.js";
import { DEFAULTS } from "../settings/defaults.js";
import { findingsOf } from "./assemble.js";

/**
 * The findings in one text, as a scan of a file of that name would tell them. `path` is relative to the repository
 * and decides the language. Without an engine the default rules and settings hold.
 */
export async function scanText(
  text: string,
  options: { readonly path?: string; readonly engine?: Engine } = {},
): Promise<readonly Finding[]> {
  const path = options.path ?? "stdin";
  const top = options.engine ?? createEngine(DEFAULTS, await loadRuleSet([]));
  const engine = await engineAt(top, path);
  const context = openFile(engine, path, "git");
  const piece = { text, origin: { line: 1, column: 1 }, ownedUpTo: text.length, whole: true };
  return findingsOf([...context.inPath, ...scanPiece(engine, context, piece).located]);
}
