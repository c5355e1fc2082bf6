import {
  type ForeignContent,
  type ForeignEntry,
  type ForeignFault,
  plainName,
  plainPath,
} from "./foreign-entry.js";

/**
 * What a baseline of detect-secrets says (https://github.com/Yelp/detect-secrets#baseline-schema), or null if `text`
 * is none; `name` stands for the file in messages. Its entries look like
 *
 *     { "results": { "src/a.py": [
 *       { "type": "Secret Keyword", "filename": "src/a.py", "hashed_secret": "<SHA-1 in hex>",
 *         "is_verified": false, "is_secret": true, "line_number": 12 } ] } }
 *
 * `is_secret` is there once somebody has audited the entry.
 */
export function detectSecretsBaseline(text: string, name: string): ForeignContent | null {
  const results = resultsIn(text);
  if (results === null) return null;
  const entries: ForeignEntry[] = [];
  const faults: ForeignFault[] = [];
  for (const [path, found] of Object.entries(results)) {
    for (const [index, entry] of (Array.isArray(found) ? (found as unknown[]) : []).entries()) {
      const origin = `${name}: entry ${index + 1} of ${plainPath(path)}`;
      const read = entryOf(entry, plainPath(path), origin);
      if (read === null) faults.push({ origin, fault: "it has no hashed_secret, the SHA-1 of the secret" });
      else entries.push(read);
    }
  }
  return { entries, faults };
}

function resultsIn(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    const results = isObject(value) ? value["results"] : null;
    return isObject(results) ? results : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function entryOf(entry: unknown, path: string, origin: string): ForeignEntry | null {
  if (!isObject(entry)) return null;
  const { hashed_secret: hash, line_number: line, type, is_secret: isSecret } = entry;
  if (typeof hash !== "string" || !/^[0-9a-f]{40}$/.test(hash)) return null;
  const kind = plainName(type);
  return {
    origin,
    path,
    line: typeof line === "number" && Number.isSafeInteger(line) && line > 0 ? line : 0,
    // What is hashed of a private key is the line that begins it, the same for every key of its kind.
    sha1: kind === "Private Key" ? null : hash,
    state: isSecret === false ? "false-positive" : "open",
    reason: `from .secrets.baseline${kind === null ? "" : ` (${kind})`}`,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
