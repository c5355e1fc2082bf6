import type { PatternMatch, RustPattern } from "../pattern/rust-pattern.js";
import type { Span } from "../text/lines.js";
import { assignmentAt, LONGEST_NAME, LONGEST_VALUE } from "./assignment.js";
import { csvSecrets } from "./csv-rows.js";
import { kubernetesSecrets } from "./kubernetes-values.js";
import { nameClass } from "./name-class.js";
import { isSettingAt, settingAt } from "./setting.js";
import { sqlSecrets } from "./sql-rows.js";
import {
  isChosenPassword,
  isSecretSetting,
  isTokenOf,
  mayBePassword,
  mayBeToken,
} from "./value-judgement.js";

/**
 * The kinds of names whose values a rule can ask for: `password` and `secret` (with all keys) in any text, `setting`
 * for both in files of settings, where a short value that a person chose counts too; `column` for what stands in such
 * a column of a database dump or a table of values, `kubernetes` for all that a Secret of Kubernetes holds.
 */
export const ASSIGNED = ["password", "secret", "setting", "column", "kubernetes"] as const;
export type Assigned = (typeof ASSIGNED)[number];

/** Those that are found by a word in a name. */
type Named = "password" | "secret" | "setting";

/** Everything that is looked at lies within this many UTF-16 units of the word in the name. */
const REACH = LONGEST_NAME * 2 + LONGEST_VALUE + 180;

const WORDS: Readonly<Record<Named, RegExp>> = {
  password:
    /passw|passp|pass|pwd|pswd|_pw|-pw|dbpw|rootpw|adminpw|kennwort|contrase|senha|mdp|requirepass|masterauth/gi,
  secret:
    /secret|token|key|credential|creds|auth|bearer|using|passcode|pass_code|pass-code|signature|session|cookie|salt|pepper/gi,
  setting:
    /pass|pwd|pswd|psw|pw|secret|token|key|credential|creds|auth|kennwort|contrase|senha|mdp|clave|salt|pepper/gi,
};

/** Finds what is assigned to names of that kind. It has the form of a pattern, so that a rule can hold either. */
export function assignedValues(kind: Assigned): RustPattern {
  const matches = (text: string): readonly PatternMatch[] => found(text, kind);
  return {
    source: "",
    matches,
    test: (text) => matches(text).length > 0,
    extent: () => ({ least: 4, most: REACH }),
    near: () =>
      kind === "password" || kind === "secret"
        ? { kind: "matches", at: (text, places) => textMatches(text, wordsAt(text, places, kind), kind) }
        : null,
    around: (words) =>
      words.map(() =>
        kind === "password" || kind === "secret"
          ? { given: kind === "password" ? "password" : "token" }
          : "anything",
      ),
  };
}

function found(text: string, kind: Assigned): readonly PatternMatch[] {
  if (kind === "column") return [...sqlSecrets(text), ...csvSecrets(text)].map(asMatch);
  if (kind === "kubernetes") return kubernetesSecrets(text).map(asMatch);
  return namedIn(text, kind);
}

function asMatch(secret: Span): PatternMatch {
  return { whole: secret, secret };
}

function namedIn(text: string, kind: Named): readonly PatternMatch[] {
  const words = text.matchAll(WORDS[kind]);
  return kind === "setting" ? settingMatches(text, words) : textMatches(text, words, kind);
}

/** A word as `RegExp.exec` gives it. */
type Word = { readonly index: number; readonly 0: string };

const STICKY = {
  password: new RegExp(WORDS.password.source, "iy"),
  secret: new RegExp(WORDS.secret.source, "iy"),
};

/** The words that begin at `places`. */
function* wordsAt(text: string, places: readonly number[], kind: "password" | "secret"): Generator<Word> {
  const regex = STICKY[kind];
  for (const place of places) {
    regex.lastIndex = place;
    const word = regex.exec(text);
    if (word !== null) yield word;
  }
}

function textMatches(
  text: string,
  words: Iterable<Word>,
  kind: "password" | "secret",
): readonly PatternMatch[] {
  return matchesOf(words, ({ index, 0: word }) => textSecret(text, index, word, kind));
}

function settingMatches(text: string, words: Iterable<Word>): readonly PatternMatch[] {
  return matchesOf(words, ({ index, 0: word }) => settingSecret(text, index, word));
}

/** A name may hold several such words: what is given to it counts once. */
function matchesOf(words: Iterable<Word>, secretOf: (word: Word) => Span | null): readonly PatternMatch[] {
  const matches: PatternMatch[] = [];
  let last = -1;
  for (const word of words) {
    const secret = secretOf(word);
    if (secret === null || secret.start <= last) continue;
    last = secret.start;
    matches.push({ whole: { start: Math.min(word.index, secret.start), end: secret.end }, secret });
  }
  return matches;
}

function settingSecret(text: string, at: number, word: string): Span | null {
  const setting = settingAt(text, at, word.length);
  if (setting === null || !isSettingAt(text, setting)) return null;
  const named = nameClass(setting.name);
  return named !== "none" && isSecretSetting(valueIn(text, setting.value), named, setting.name)
    ? setting.value
    : null;
}

function textSecret(text: string, at: number, word: string, kind: "password" | "secret"): Span | null {
  const assignment = assignmentAt(text, at, word.length, "word");
  if (assignment === null) return null;
  const secret = kind === "password" ? assignment.value : tokenWithin(text, assignment.value);
  const value = valueIn(text, secret);
  // To take a name apart costs more than a look at the value.
  if (!(kind === "password" ? mayBePassword(value) : mayBeToken(value))) return null;
  const named = nameClass(assignment.name);
  if (named === "none" || (named === "password") !== (kind === "password")) return null;
  if (kind === "password") return isChosenPassword(value, assignment) ? secret : null;
  const before = text.slice(Math.max(0, at - BEFORE), at);
  return isTokenOf(value, named, assignment, before) ? secret : null;
}

/** How far before a name the service that it belongs to may be named, in UTF-16 units. */
const BEFORE = 160;

/** The last word of a value of several (`Bearer x`, `{AQAAABAAA x}`): what stands before a token says what it is. */
function tokenWithin(text: string, value: Span): Span {
  const written = valueIn(text, value);
  if (!/\s/.test(written)) return value;
  const token = /[^\s{}()[\]]+(?=[\s{}()[\]]*$)/.exec(written);
  if (token === null) return value;
  const start = value.start + token.index;
  return { start, end: start + token[0].length };
}

function valueIn(text: string, value: Span): string {
  return text.slice(value.start, value.end);
}
