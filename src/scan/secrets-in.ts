import type { PatternMatch } from "../pattern/rust-pattern.js";
import { HIT, type Hits } from "../prefilter/prefilter.js";
import { looksRandom } from "../randomness/randomness.js";
import { judge } from "../rules/acceptance.js";
import type { Rule } from "../rules/rule.js";
import type { Span } from "../text/lines.js";
import { type Escapes, escapesIn, unescapedView } from "../text/unescaped-view.js";
import { identifierSecrets, mayBeGrownIn } from "./identifier-parts.js";
import type { Keywords, Tried } from "./keywords.js";
import type { Match } from "./match.js";
import { withPartners } from "./partners.js";
import { isTestPath } from "./test-path.js";

/**
 * The secrets in `text`, one for each place, in order of place; `path` tells which rules look into the file at all.
 * `hits` are the keywords in it, where they are known already. A rule's pattern runs only around its keywords: since
 * every match holds one and none is longer than the pattern's extent, that finds what a run over the whole text would
 * find. Escape sequences are no part of the word behind them: see `unescapedView`. A pattern without a bound runs over
 * the whole text.
 */
export function secretsIn(
  text: string,
  keywords: Keywords,
  path: string | null = null,
  hits: Hits = keywords.hitsIn(text, path),
): readonly Match[] {
  const always = keywords.always(path);
  if (hits.length === 0 && always.length === 0) return [];
  const escapes = escapesIn(text);
  const found: Match[] = [];
  for (const [tried, places] of placesIn(text, keywords, path, hits)) {
    for (const match of matchesOf(text, tried, places, escapes)) found.push(match);
  }
  for (const { rule } of always) {
    for (const match of matchesIn(text, rule, [{ start: 0, end: text.length }])) found.push(match);
  }
  if (found.length === 0) return found;
  const judged = path !== null && isTestPath(path) ? found.map(unsureUnlessDrawn) : found;
  return withPartners(text, judged);
}

/** Where a rule's keywords stand, and how long each is; and the places of tokens that may have grown into a longer word. */
type Places = { readonly at: number[]; readonly lengths: number[]; readonly tokens: number[] };

/** The places of each rule, in the order of the rules. */
function placesIn(
  text: string,
  keywords: Keywords,
  path: string | null,
  hits: Hits,
): readonly (readonly [Tried, Places])[] {
  const places = new Map<Tried, Places>();
  for (let hit = 0; hit < hits.length; hit += HIT) {
    const at = hits[hit] ?? 0;
    const keyword = hits[hit + 1] ?? 0;
    for (const tried of keywords.owners(keyword, hits[hit + 2] ?? 0, path)) {
      let known = places.get(tried);
      if (known === undefined) {
        known = { at: [], lengths: [], tokens: [] };
        places.set(tried, known);
      }
      known.at.push(at);
      known.lengths.push(keywords.lengthOf(keyword));
      if (tried.rule.prefixes.length > 0 && mayBeGrownIn(text, tried.rule, at)) known.tokens.push(at);
    }
  }
  return [...places].sort(([a], [b]) => a.place - b.place);
}

function matchesOf(text: string, tried: Tried, places: Places, escapes: Escapes): readonly Match[] {
  const { rule } = tried;
  const near = tried.near();
  const found: Match[] = [];
  if (near !== null) {
    keep(found, text, rule, near.at(text, places.at), 0);
    const reach = tried.reach();
    const touched = places.at.filter((at) => escapes.touch(at - reach - 1, at + reach + 1));
    for (const { start, end, at } of surroundings(touched, reach, text.length)) {
      keep(found, text, rule, near.at(escapes.view(start, end), at), start);
    }
  } else {
    const windows: Window[] = [];
    for (const [index, at] of places.at.entries()) {
      addWindow(windows, tried.reach(), at, places.lengths[index] ?? 0, text.length);
    }
    for (const match of matchesIn(text, rule, windows)) found.push(match);
  }
  for (const secret of identifierSecrets(text, rule, places.tokens)) {
    const match = matchAt(text, rule, secret, secret.start);
    if (match !== null && !isPartOfBlob(text, secret)) found.push(match);
  }
  return found;
}

/** What a pattern may look at around its keyword beyond its reach: our machine goes back twice as far, markup is long. */
const BEYOND = 1024;

/** Stretches that hold all that may be looked at around places, and the places in each, counted from its start. */
function surroundings(
  places: readonly number[],
  reach: number,
  length: number,
): readonly { readonly start: number; readonly end: number; readonly at: readonly number[] }[] {
  const found: { readonly start: number; end: number; readonly at: number[] }[] = [];
  for (const place of places) {
    const start = Math.max(0, place - 2 * reach - BEYOND);
    const end = Math.min(length, place + reach + BEYOND);
    const last = found.at(-1);
    if (last === undefined || start > last.end) found.push({ start, end, at: [place - start] });
    else {
      last.end = end;
      last.at.push(place - last.start);
    }
  }
  return found;
}

/** The rule's matches in each window, and in the unescaped view of it. */
function matchesIn(text: string, rule: Rule, windows: readonly Window[]): readonly Match[] {
  const found: Match[] = [];
  for (const window of windows) {
    const part = text.slice(window.start, window.end);
    const view = unescapedView(part);
    for (const seen of view === part ? [part] : [part, view]) {
      // `^` and `$` mean the text's ends, not the window's.
      const whole = rule.pattern
        .matches(seen)
        .filter(
          (match) =>
            !(match.whole.start === 0 && window.start > 0) &&
            !(match.whole.end === part.length && window.end < text.length),
        );
      keep(found, text, rule, whole, window.start);
    }
  }
  return found;
}

/** Adds to `found` what counts of a pattern's matches; `by` is where the text they are of begins. */
function keep(found: Match[], text: string, rule: Rule, matches: readonly PatternMatch[], by: number): void {
  for (const { whole, secret } of matches) {
    const place = { start: by + secret.start, end: by + secret.end };
    const match = matchAt(text, rule, place, by + whole.start);
    if (match !== null && (rule.kind !== "provider" || !isPartOfBlob(text, place))) found.push(match);
  }
}

function matchAt(text: string, rule: Rule, secret: Span, from: number): Match | null {
  const value = text.slice(secret.start, secret.end);
  const judgement = judge(rule, value, Date.now());
  if (judgement === null) return null;
  return {
    rule,
    secret,
    from,
    pieces: [secret],
    partner: null,
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

type Window = { readonly start: number; end: number };

/** A stretch that holds every possible match around a keyword, and one character of context on each side. */
function addWindow(windows: Window[], reach: number, at: number, length: number, textLength: number): void {
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
