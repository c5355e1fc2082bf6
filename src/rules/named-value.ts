import type { Extent } from "../pattern/extent.js";
import { keywordlessMatch } from "../pattern/keywordless-match.js";
import { parsePattern } from "../pattern/parse-pattern.js";
import type { KnownPattern } from "../pattern/pattern-reading.js";
import { matcherAt, rulePattern } from "../pattern/rule-pattern.js";
import { type Run, runOf } from "../pattern/run.js";
import type { PatternMatch, RustPattern } from "../pattern/rust-pattern.js";
import { looksRandom } from "../randomness/randomness.js";
import { isHashShape } from "../validators/hash-shapes.js";

/** From a provider's name to a value that is given to it: the rest of the name, and an assignment in any syntax. */
const ASSIGNED_TO = "[0-9A-Za-z_. -]{0,32}[ \\t\"'`\\])\\\\]{0,6}(?:=>|:=|[=:,>(|])[ \\t=\"'`(\\\\]{0,8}";

/** Or to a value further on, behind a word that says what it is. */
const WORD = "(?i-u:key|token|secret|auth|passw|pwd|cred|bearer|access|private|sid\\b)";
const SPOKEN_OF = `[\\t\\n\\r -~]{0,60}?${WORD}[\\t -~]{0,24}?[^0-9A-Za-z+/_.~$-]`;

/** A longer run of such characters is something else. */
const END = "(?![0-9A-Za-z+/=_-])";

/** No way in which a value is given to a name is longer. */
const FARTHEST = 200;

/** The most that may stand between the name and the value, in UTF-16 units. */
const GAP = 120;

/**
 * What a rule finds that says `after` (what names the provider) and `value` (what its secrets look like), both in Rust
 * regex syntax: most providers' keys are told from other random text only by the name they are given to. `source` is
 * one pattern of about the same meaning, for whoever needs a pattern. Nothing is read of what is `known` of the two.
 */
export function namedValues(
  after: string,
  value: string,
  known: (source: string) => KnownPattern | null = () => null,
): RustPattern {
  const source = `(?:${after})(?:${ASSIGNED_TO}|${SPOKEN_OF})(?P<secret>${value})(?:[^0-9A-Za-z+/=_-]|$)`;
  const name = rulePattern(after, known(after));
  let extent: Extent | null = null;
  let endAt: ((text: string, at: number) => number) | null = null;
  const valuesOf = (text: string, names: readonly PatternMatch[]): readonly PatternMatch[] => {
    endAt ??= matcherAt(value, END, known(value) ?? undefined);
    const found: PatternMatch[] = [];
    let behind = 0;
    for (const { whole } of names) {
      if (whole.start < behind) continue;
      const secret = valueBehind(text, whole.start, whole.end, endAt);
      if (secret === null) continue;
      found.push({ whole: { start: whole.start, end: secret.end }, secret });
      behind = secret.end;
    }
    return found;
  };
  const matches = (text: string): readonly PatternMatch[] => valuesOf(text, name.matches(text));
  return {
    source,
    matches,
    test: (text) => matches(text).length > 0,
    extent() {
      extent ??= extentOf(name, rulePattern(value, known(value)));
      return extent;
    },
    near(literals) {
      const names = name.near?.(literals) ?? null;
      return names === null ? null : { at: (text, places) => valuesOf(text, names.at(text, places)) };
    },
    around(literals) {
      const node = parsePattern(after);
      // Where the value alone may hold the keyword, nothing is known of what stands around it.
      const isNamed = node !== null && keywordlessMatch(node, literals).kind === "none";
      const around = (isNamed ? name.around?.(literals) : null) ?? literals.map(() => "anything" as const);
      const run = valueRun(value, name);
      return around.map((one) =>
        run === null || typeof one === "string" || "given" in one ? one : { ...one, run },
      );
    },
  };
}

/** A value stands behind a name, not too far away. */
function valueRun(value: string, name: RustPattern): Run | null {
  const node = parsePattern(value);
  return node === null ? null : runOf(node, name.extent().most + FARTHEST);
}

/** The first value behind a name that stands from `name` to `from`, at one of the places where one may begin. */
function valueBehind(
  text: string,
  name: number,
  from: number,
  endAt: (text: string, at: number) => number,
): PatternMatch["secret"] | null {
  for (const start of startsBehind(text, name, from)) {
    const end = endAt(text, start);
    const value = text.slice(start, end);
    if (end > start && !isWritten(value) && !isChecksum(text.slice(from, start), value))
      return { start, end };
  }
  return null;
}

const FILE_NAME =
  /\.(?:rs|[cm]?[jt]sx?|py|go|c|h|cc|cpp|java|rb|php|json|md|txt|bin|toml|ya?ml|lock|p8|pem|der|crt|svg|png|css|html|wasm|sh|tgz|gz|zip|jar)["']?\s{0,4}[:=#]/;

/** Lists of files with their checksums: `"private_key.rs":"9f43…"`. */
function isChecksum(between: string, value: string): boolean {
  return FILE_NAME.test(between) && isHashShape(value);
}

/** Letters that make words: a function's or a variable's name behind the provider's. */
function isWritten(value: string): boolean {
  return /^[A-Za-z_]+$/.test(value) && !looksRandom(value);
}

/**
 * Ways in which a value is given to a name, from the rest of the name on: an assignment; with a type or behind `||` in
 * between; `name="…" value="…"`; a list of names and values; `<key>…</key><string>…`.
 */
const JOINS = [
  ASSIGNED_TO,
  "[0-9A-Za-z_.-]{0,32}[\"'`\\])]{0,3}[ \\t]{0,4}:[ \\t]{0,4}&?(?:'static )?[A-Za-z][0-9A-Za-z_.<>?&' ]{0,24}[ \\t]{0,4}=[ \\t]{0,4}[\"'`]{0,1}",
  "[0-9A-Za-z_.-]{0,32}[\"'`\\])]{0,3}[ \\t]{0,4}(?:\\|\\||\\?\\?)[ \\t]{0,4}[\"'`]{0,1}",
  "[0-9A-Za-z_. -]{0,32}[\"'][ \\t\\r\\n]{1,24}value[ \\t]{0,2}=[ \\t]{0,2}[\"']",
  "[0-9A-Za-z_. -]{0,32}[\"']?,?[ \\t]{0,8}\\r?\\n?[ \\t]{0,40}[\"']?[Vv]alue[\"']?[ \\t]{0,4}[:=][ \\t]{0,4}[\"']?",
  "[0-9A-Za-z_. -]{0,32}</(?:key|name|string)>[ \\t\\r\\n]{0,40}<(?:string|value)>",
].map((source) => new RegExp(source, "y"));

/** A space alone, or `is`, joins only a name that says what it holds: `ENV ACME_KEY …`, `--acme-token …`. */
const BEHIND_SPACE = /[0-9A-Za-z_.-]{0,32}["'`]?[ \t]{1,4}(?:is[ \t]{1,4})?["'`]{0,1}/y;
const SPEAKS = /key|token|secret|auth|passw|pwd|cred|bearer|access|private|sid\b/i;
const SPOKEN = /key|token|secret|auth|passw|pwd|cred|bearer|access|private|sid\b/gi;

function* startsBehind(text: string, name: number, from: number): Generator<number> {
  for (const join of JOINS) {
    join.lastIndex = from;
    if (join.test(text)) yield join.lastIndex;
  }
  BEHIND_SPACE.lastIndex = from;
  if (BEHIND_SPACE.test(text) && SPEAKS.test(text.slice(name, BEHIND_SPACE.lastIndex)))
    yield BEHIND_SPACE.lastIndex;
  const gap = text.slice(from, from + GAP);
  const words = [...gap.matchAll(SPOKEN)].filter((word) => word.index <= 60);
  for (let at = 1; at <= gap.length && words.length > 0; at++) {
    const unit = gap.charCodeAt(at - 1);
    if (unit > 126 || (unit < 32 && unit !== 9 && unit !== 10 && unit !== 13)) return;
    const before = gap.charAt(at - 1);
    // `acme-token-…`, `ACME_KEY-…`: the word itself ends right before the joint.
    const isJoint = (before === "-" || before === "_") && words.some((w) => w.index + w[0].length === at - 1);
    if (!isJoint && /[0-9A-Za-z+/_.~$-]/.test(before)) continue;
    const isSpoken = words.some((word) => {
      const end = word.index + word[0].length;
      return end < at && at - 1 - end <= 24 && !/[\r\n]/.test(gap.slice(end, at - 1));
    });
    if (isSpoken) yield from + at;
  }
}

function extentOf(name: RustPattern, value: RustPattern): Extent {
  const before = name.extent();
  const secret = value.extent();
  return { least: before.least + 1 + secret.least, most: before.most + GAP + secret.most + 1 };
}
