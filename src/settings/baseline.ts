import { ConfigError, type ConfigProblem } from "../toml/config-error.js";
import { nearest } from "../toml/nearest.js";

/**
 * What a team thinks of a known finding. `open`: a secret that is still to be dealt with; `accepted`: known and left
 * as it is; `false-positive`: no secret. None of them blocks.
 */
export const STATES = ["open", "accepted", "false-positive"] as const;
export type BaselineState = (typeof STATES)[number];

/** One finding that is known. Rule and path are for people: the fingerprint is made of both. */
export type BaselineEntry = {
  readonly fingerprint: string;
  readonly rule: string | null;
  readonly path: string | null;
  readonly state: BaselineState;
  readonly reason: string;
};

/** A baseline file: what is said in its comments, and its entries by fingerprint. */
export type Baseline = {
  readonly comments: readonly string[];
  readonly entries: ReadonlyMap<string, BaselineEntry>;
};

export const EMPTY_BASELINE: Baseline = { comments: [], entries: new Map() };

/** Stands for a rule or a path that is not known. */
const UNKNOWN = "-";

const HEAD = [
  "# aura-scan baseline: findings that are known, one a line: fingerprint rule path state -- reason",
  "# States: open (still to be dealt with), accepted (known, left as it is), false-positive (no secret). None blocks.",
];

/**
 * A baseline: findings that a team knows, one a line, nothing secret, no line numbers and no time in it:
 *
 *     # comment
 *     3f0c…(32 hex digits) generic-assignment src/legacy.ts accepted -- rotated in March
 *
 * A path with spaces stands in quotes, as a JSON string; a line without a state is `accepted`. Only the fingerprint
 * decides. A line that stands twice, as after a merge, counts once: whoever judged it outweighs `open`.
 * Throws `ConfigError` for a line that is not of this form.
 */
export function parseBaseline(text: string, file: string): Baseline {
  const comments: string[] = [];
  const entries = new Map<string, BaselineEntry>();
  const problems: ConfigProblem[] = [];
  for (const [index, line] of text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .entries()) {
    const said = line.trim();
    if (said.startsWith("#")) comments.push(said);
    if (said === "" || said.startsWith("#")) continue;
    const entry = entryOf(said);
    if (typeof entry === "string") problems.push({ file, line: index + 1, column: 1, message: entry });
    else entries.set(entry.fingerprint, weightier(entries.get(entry.fingerprint), entry));
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return { comments, entries };
}

/** The text of a baseline: its comments, then its entries sorted by fingerprint; the same for the same content. */
export function formatBaseline({ comments, entries }: Baseline): string {
  const sorted = [...entries.values()].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  const head = comments.length === 0 ? HEAD : comments;
  return [...head, ...sorted.map(lineOf), ""].join("\n");
}

function lineOf({ fingerprint, rule, path, state, reason }: BaselineEntry): string {
  return `${fingerprint} ${rule ?? UNKNOWN} ${pathWord(path)} ${state} -- ${reason}`;
}

/** A path as one word: as it is, or as a JSON string where that could be read as something else. */
function pathWord(path: string | null): string {
  if (path === null) return UNKNOWN;
  if (/^(?!-|")[\x21-\x7e\u00a1-\u1fff\u3001-\ud7ff\uf900-\ufdff]+$/.test(path)) return path;
  return JSON.stringify(path).replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const FORM = "a baseline line reads: fingerprint rule path state -- reason";

/** The entry that a line states, or what is wrong with it. */
function entryOf(line: string): BaselineEntry | string {
  const { words, reason } = parted(line);
  const [fingerprint = "", rule = UNKNOWN, ...place] = words;
  if (!/^[0-9a-f]{32}$/.test(fingerprint) || reason === "") return FORM;
  const last = place.at(-1) ?? "";
  const state = place.length > 1 ? STATES.find((known) => known === last) : undefined;
  if (state === undefined && place.length > 1) {
    const guess = nearest(last, STATES);
    if (guess !== null) return `there is no state of that name; did you mean ${guess}?`;
  }
  const path = (state === undefined ? place : place.slice(0, -1)).map(unquoted).join(" ");
  return {
    fingerprint,
    rule: rule === UNKNOWN ? null : rule,
    path: path === "" || path === UNKNOWN ? null : path,
    state: state ?? "accepted",
    reason,
  };
}

/** The words before the first `--` that is a word of its own, and the reason behind it (empty if there is none). */
function parted(line: string): { readonly words: readonly string[]; readonly reason: string } {
  const words: string[] = [];
  const word = /\s*("(?:[^"\\]|\\.)*"(?=\s)|\S+)/y;
  for (let found = word.exec(line); found !== null; found = word.exec(line)) {
    if (found[1] === "--") return { words, reason: line.slice(word.lastIndex).trim() };
    words.push(found[1] ?? "");
  }
  return { words, reason: "" };
}

function unquoted(word: string): string {
  if (!word.startsWith('"')) return word;
  try {
    const path: unknown = JSON.parse(word);
    return typeof path === "string" ? path : word;
  } catch {
    return word;
  }
}

function weightier(known: BaselineEntry | undefined, entry: BaselineEntry): BaselineEntry {
  if (known === undefined) return entry;
  if ((known.state === "open") !== (entry.state === "open")) return known.state === "open" ? entry : known;
  // Which of two judgements comes first must not decide: a merge may turn them round.
  return lineOf(known) <= lineOf(entry) ? known : entry;
}
