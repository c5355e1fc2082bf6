import { PatternError, rustPattern } from "../../pattern/rust-pattern.js";
import { allowedBy } from "./allowlists.js";
import type { GitleaksRule, Note } from "./config.js";
import type { AllowDraft, RuleDraft } from "./drafts.js";
import { fixedParts } from "./fixed-parts.js";
import { GoPatternError } from "./go-pattern.js";
import { areCommon, keywordsFor } from "./keywords.js";
import { pathGlobs } from "./path-globs.js";
import { type NamedPattern, namedPattern } from "./secret-group.js";

/** A rule that is carried over, and what it allows that only `.aura/live.toml` can say. */
export type Drafted = {
  readonly draft: RuleDraft;
  readonly whole: boolean;
  readonly tables: readonly AllowDraft[];
};

/** What all rules of an import share. */
export type ImportContext = {
  readonly file: string;
  readonly holdsSecret: (text: string) => boolean;
  readonly notes: Note[];
};

/** `rule` as `id` here, without its partners; null where it cannot be carried over, which is then noted. */
export function draftRule(rule: GitleaksRule, id: string, context: ImportContext): Drafted | null {
  const { holdsSecret, notes } = context;
  const of = rule.id === null || holdsSecret(rule.id) ? id : rule.id;
  const note = (key: string, message: string): void => {
    notes.push({ at: [...rule.at, key], rule: of, message });
  };
  if (rule.regex === null) {
    const [key, message] = rule.path === null ? NO_PATTERN : ONLY_PATH;
    note(key, message);
    return null;
  }
  const named = patternOf(rule.regex, rule.secretGroup, note);
  if (named === null) return null;
  if (fixedParts(rule.regex, named.tree).some(holdsSecret)) {
    note("regex", "the rule is not carried over: its pattern holds what looks like a secret");
    return null;
  }
  if (named.note !== null) note(rule.secretGroup === 0 ? "regex" : "secretGroup", named.note);
  const paths = pathsOf(rule.path, note);
  const { words, note: aboutWords } = keywordsFor(rule.keywords, named.tree);
  // A rule for certain files may do without keywords.
  const readsFiles = words === null && paths.length > 0 && rustPattern(named.pattern).extent().least > 0;
  if (words === null && !readsFiles) {
    note("regex", `the rule is not carried over: ${aboutWords}`);
    return null;
  }
  if (aboutWords !== null && !readsFiles) note("keywords", aboutWords);
  if (rule.id !== null && rule.id !== id) note("id", `its id here is ${id}`);
  const reason = (text: string | null): string =>
    text === null || text.trim() === "" || holdsSecret(text) ? `allowed in ${context.file}` : text.trim();
  const allowed = rule.allowlists.map((allowlist) =>
    allowedBy(allowlist, {
      ...context,
      rule: id,
      of,
      whole: named.whole,
      reason: reason(allowlist.description),
    }),
  );
  const tags = rule.tags.filter((tag) => !holdsSecret(tag));
  const draft: RuleDraft = {
    id,
    title:
      rule.description === null || rule.description.trim() === "" || holdsSecret(rule.description)
        ? id
        : oneLine(rule.description),
    kind: words !== null && areCommon(words) ? "generic" : "provider",
    keywords: words ?? [],
    pattern: named.pattern,
    entropy: entropyOf(rule.entropy, note),
    allow: allowed.flatMap(({ patterns }) => patterns),
    paths,
    part: rule.skipReport,
    partners: [],
    partnerLines: null,
    examples: [],
    comments: tags.length === 0 ? [] : [`Tags: ${tags.join(", ")}`],
  };
  return { draft, whole: named.whole, tables: allowed.flatMap(({ tables }) => tables) };
}

const NO_PATTERN = [
  "id",
  "the rule has no pattern of its own: it changes one that gitleaks brings, and the default rules here are others",
] as const;
const ONLY_PATH = [
  "path",
  "the rule looks at nothing but a file's path, which no rule does here, so it is not carried over",
] as const;

type NoteOf = (key: string, message: string) => void;

function patternOf(regex: string, secretGroup: number, note: NoteOf): NamedPattern | null {
  try {
    return namedPattern(regex, secretGroup);
  } catch (error) {
    if (!(error instanceof GoPatternError) && !(error instanceof PatternError)) throw error;
    note("regex", `the rule is not carried over, its pattern cannot be used: ${error.message}`);
    return null;
  }
}

/** Bits a character: more than 8 no text has. */
function entropyOf(entropy: number, note: NoteOf): number | null {
  if (entropy > 0 && entropy <= 8) return entropy;
  if (entropy !== 0) note("entropy", "entropy is not between 0 and 8, so it is left out");
  return null;
}

function pathsOf(path: string | null, note: NoteOf): readonly string[] {
  if (path === null) return [];
  const globs = pathGlobs(path);
  if (globs !== null) return globs;
  note("path", "its path cannot be said with globs, so the rule looks into every file here");
  return [];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
