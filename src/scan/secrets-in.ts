import { looksRandom } from "../randomness/randomness.js";
import { judge } from "../rules/acceptance.js";
import type { Rule } from "../rules/rule.js";
import type { Span } from "../text/lines.js";
import { unescapedView } from "../text/unescaped-view.js";
import { identifierSecrets, mayBeGrownIn } from "./identifier-parts.js";
import type { Keyword, Keywords } from "./keywords.js";
import type { Match } from "./match.js";
import { withPartners } from "./partners.js";
import { isTestPath } from "./test-path.js";

/**
 * The secrets in `text`, one for each place, in order of place; `path` tells which rules look into the file at all.
 * A rule's pattern runs only around its keywords: since every match holds one and none is longer than the pattern's
 * extent, that finds what a run over the whole text would find. Escape sequences are no part of the word behind them:
 * see `unescapedView`. A pattern without a bound runs over the whole text.
 */
export function secretsIn(text: string, keywords: Keywords, path: string | null = null): readonly Match[] {
  const found = [...placesIn(text, keywords, path)].flatMap(([rule, places]) =>
    matchesOf(text, rule, places),
  );
  if (found.length === 0) return found;
  const judged = path !== null && isTestPath(path) ? found.map(unsureUnlessDrawn) : found;
  return withPartners(text, judged);
}

/** Where each rule whose keyword stands in the text is to be tried. */
function placesIn(text: string, keywords: Keywords, path: string | null): ReadonlyMap<Rule, Places> {
  const places = new Map<Rule, Places>();
  const owners = new Map<Keyword, readonly Places[]>();
  const ownersOf = (keyword: Keyword): readonly Places[] =>
    keyword.rules.flatMap((rule) => {
      if (!looksInto(rule, path)) return [];
      const known = places.get(rule) ?? {
        rule,
        windows: [],
        tokens: [],
        reach: rule.pattern.extent().most,
      };
      places.set(rule, known);
      return [known];
    });
  keywords.visit(text, (keyword, at) => {
    let owning = owners.get(keyword);
    if (owning === undefined) {
      owning = ownersOf(keyword);
      owners.set(keyword, owning);
    }
    for (const known of owning) {
      addWindow(known, at, keyword.folded.length, text.length);
      if (mayBeGrownIn(text, known.rule, at)) known.tokens.push(at);
    }
  });
  for (const rule of keywords.always) {
    if (looksInto(rule, path)) {
      places.set(rule, { rule, windows: [{ start: 0, end: text.length }], tokens: [], reach: 0 });
    }
  }
  return places;
}

function looksInto(rule: Rule, path: string | null): boolean {
  return rule.paths.length === 0 || (path !== null && rule.paths.some((glob) => glob.matches(path)));
}

function matchesOf(text: string, rule: Rule, { windows, tokens }: Places): Match[] {
  const found: Match[] = [];
  for (const window of windows) {
    const part = text.slice(window.start, window.end);
    const view = unescapedView(part);
    for (const seen of view === part ? [part] : [part, view]) {
      for (const { whole, secret } of rule.pattern.matches(seen)) {
        // `^` and `$` mean the text's ends, not the window's.
        if (whole.start === 0 && window.start > 0) continue;
        if (whole.end === part.length && window.end < text.length) continue;
        const place = { start: window.start + secret.start, end: window.start + secret.end };
        const match = matchAt(text, rule, place);
        if (match !== null && (rule.kind !== "provider" || !isPartOfBlob(text, place))) found.push(match);
      }
    }
  }
  for (const secret of identifierSecrets(text, rule, tokens)) {
    const match = matchAt(text, rule, secret);
    if (match !== null && !isPartOfBlob(text, secret)) found.push(match);
  }
  return found;
}

function matchAt(text: string, rule: Rule, secret: Span): Match | null {
  const value = text.slice(secret.start, secret.end);
  const judgement = judge(rule, value, Date.now());
  if (judgement === null) return null;
  return {
    rule,
    secret,
    pieces: [secret],
    value,
    severity: rule.severity,
    confidence: judgement.confidence,
    check: judgement.check?.note ?? null,
    built: null,
    also: [],
  };
}

/** Tests, examples and documents are full of made-up names and passwords; what is drawn at random is drawn there too. */
function unsureUnlessDrawn(match: Match): Match {
  const isSure = match.confidence === "high" && match.rule.kind !== "generic";
  const isDrawn = isSure && looksRandom(spokenPart(match.value));
  return isDrawn ? match : { ...match, confidence: "low" };
}

/** Of base64 that is a user's name and password, the password; of all else the whole. */
function spokenPart(value: string): string {
  if (!/^[A-Za-z0-9+/]{8,400}={0,2}$/.test(value)) return value;
  const decoded = Buffer.from(value, "base64").toString("latin1");
  return /^[\x20-\x7e]+:[\x20-\x7e]*$/.test(decoded) ? decoded.slice(decoded.indexOf(":") + 1) : value;
}

/** A run of base64 this long that goes on beyond a token is an image, an archive or a program, not a place for one. */
const BLOB = 256;

/** Whether the token is only a piece of a long run of base64: any prefix turns up in enough random letters. */
function isPartOfBlob(text: string, token: Span): boolean {
  const run = runAround(text, token.start, token.end);
  const beyond = text.slice(run.start, token.start) + text.slice(token.end, run.end);
  if (/(?:sha\d{1,3}[-:]|h1:)$/.test(text.slice(Math.max(0, run.start - 7), run.start))) return true;
  if (run.end - run.start >= BLOB) return beyond.length > BLOB || /[+/]/.test(beyond);
  return isWrapped(text, run);
}

/** The unbroken base64 around a stretch, as far as that matters. */
function runAround(text: string, from: number, to: number): Span {
  let start = from;
  let end = to;
  while (from - start < BLOB && isBase64(text.charCodeAt(start - 1))) start--;
  while (end - to < BLOB && isBase64(text.charCodeAt(end))) end++;
  return { start, end };
}

/**
 * Base64 is often cut into lines of one length, 60 to 76 characters: so is the line before or behind this one. Inside a
 * string `\n` stands between them, and its `n` counts into each line.
 */
function isWrapped(text: string, { start, end }: Span): boolean {
  const length = end - start;
  if (length < 60 || length > 76) return false;
  const before = /([0-9A-Za-z+/]{60,76})(?:\r?\n|\\)$/.exec(text.slice(Math.max(0, start - 80), start))?.[1];
  const behind = /^(?:\r?\n|\\)([0-9A-Za-z+/]{1,76})={0,2}(?:\s|\\|$)/.exec(text.slice(end, end + 82))?.[1];
  return before?.length === length && behind !== undefined;
}

function isBase64(unit: number): boolean {
  const isLetter = (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122);
  return isLetter || (unit >= 48 && unit <= 57) || unit === 43 || unit === 47;
}

/** Where a rule is to be tried: windows around its keywords, and tokens that may have grown into a longer word. */
type Places = {
  readonly rule: Rule;
  readonly windows: { start: number; end: number }[];
  readonly tokens: number[];
  readonly reach: number;
};

/** A stretch that holds every possible match around a keyword, and one character of context on each side. */
function addWindow({ windows, reach }: Places, at: number, length: number, textLength: number): void {
  const last = windows.at(-1);
  if (!Number.isFinite(reach)) {
    if (last === undefined) windows.push({ start: 0, end: textLength });
    return;
  }
  const start = Math.max(0, at + length - reach - 1);
  const end = Math.min(textLength, at + reach + 1);
  if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
  else windows.push({ start, end });
}
