import { holdsLook, patternTree } from "../../pattern/pattern-tree.js";
import { PatternError } from "../../pattern/rust-pattern.js";
import type { Allowlist, Note } from "./config.js";
import type { AllowDraft } from "./drafts.js";
import { fixedParts } from "./fixed-parts.js";
import { GoPatternError, rustSyntax } from "./go-pattern.js";
import { pathGlobs } from "./path-globs.js";

/** What an allowlist becomes: patterns over the secret for a rule's own `allow`, and tables for `.aura/live.toml`. */
export type Allowed = { readonly patterns: readonly string[]; readonly tables: readonly AllowDraft[] };

/** Of which rule the allowlist is, what is known of that rule, and how to tell a secret, which is never handed on. */
export type AllowlistContext = {
  /** The rule's id in our file; null for all rules. */
  readonly rule: string | null;
  /** The rule's id in gitleaks' file, for notes. */
  readonly of: string | null;
  /** Whether the rule's whole match is its secret. */
  readonly whole: boolean;
  readonly reason: string;
  readonly holdsSecret: (text: string) => boolean;
  readonly notes: Note[];
};

/** What of `allowlist` can be said here; the rest is noted. */
export function allowedBy(allowlist: Allowlist, context: AllowlistContext): Allowed {
  const note = (key: string, message: string): void => {
    context.notes.push({ at: [...allowlist.at, key], rule: context.of, message });
  };
  const criteria = [allowlist.commits, allowlist.paths, allowlist.regexes, allowlist.stopwords];
  const together = allowlist.all && criteria.filter((list) => list.length > 0).length > 1;
  if (allowlist.commits.length > 0) note("commits", "an allowance by commit is not carried over");
  const globs = allowlist.paths.flatMap((path, index) => {
    const made = context.holdsSecret(path) ? null : pathGlobs(path);
    if (made === null) {
      note("paths", `entry ${index + 1} of paths cannot be said with globs, so it is not carried over`);
    }
    return made ?? [];
  });
  const patterns = regexesOf(allowlist, context, note);
  const stopwords = allowlist.stopwords.filter((word, index) => {
    const secret = context.holdsSecret(word);
    if (secret) note("stopwords", `entry ${index + 1} of stopwords ${SECRET}`);
    return !secret && word !== "";
  });
  if (!together) return apart(globs, patterns, stopwords, context);
  const made = [[], globs, patterns, stopwords];
  if (criteria.some((list, at) => list.length > 0 && made[at]?.length === 0)) {
    note(
      "condition",
      "all of this allowance must hold together, and a part of it is not carried over, so none of it is",
    );
    return { patterns: [], tables: [] };
  }
  const { rule, reason } = context;
  const pattern = patterns.length === 0 ? null : eitherOf(patterns);
  const paths = globs.length === 0 ? [null] : globs;
  return { patterns: [], tables: paths.map((path) => ({ rule, path, pattern, stopwords, reason })) };
}

const SECRET =
  "holds what looks like a secret, so it is not carried over: allow that finding by its fingerprint";

function regexesOf(
  allowlist: Allowlist,
  context: AllowlistContext,
  note: (key: string, message: string) => void,
): readonly string[] {
  const { regexTarget } = allowlist;
  if (allowlist.regexes.length === 0) return [];
  if (regexTarget === "line") {
    note(
      "regexes",
      "patterns for the line around a secret are not carried over: here an allowance is about the secret itself",
    );
    return [];
  }
  return allowlist.regexes.flatMap((regex, index) => {
    const entry = `entry ${index + 1} of regexes`;
    try {
      const pattern = rustSyntax(regex, () => null);
      const tree = patternTree(pattern);
      if (fixedParts(regex, tree).some(context.holdsSecret)) {
        note("regexes", `${entry} ${SECRET}`);
        return [];
      }
      if (regexTarget === "match" && !context.whole) {
        if (holdsLook(tree)) {
          note("regexes", `${entry} is about the edges of the whole match, so it is not carried over`);
          return [];
        }
        note("regexes", `${entry} is about the whole match; here it is looked for in the secret only`);
      }
      return [pattern];
    } catch (error) {
      if (!(error instanceof GoPatternError) && !(error instanceof PatternError)) throw error;
      note("regexes", `${entry} is not carried over: ${error.message}`);
      return [];
    }
  });
}

/** Each criterion for itself: over a rule's secret in the rule, all else beside the other settings. */
function apart(
  globs: readonly string[],
  patterns: readonly string[],
  stopwords: readonly string[],
  { rule, reason }: AllowlistContext,
): Allowed {
  const none = { rule, path: null, pattern: null, stopwords: [], reason };
  const byPath = globs.map((path): AllowDraft => ({ ...none, path }));
  if (rule !== null) {
    return {
      patterns: [...patterns, ...(stopwords.length === 0 ? [] : [anyWord(stopwords)])],
      tables: byPath,
    };
  }
  return {
    patterns: [],
    tables: [
      ...byPath,
      ...patterns.map((pattern): AllowDraft => ({ ...none, pattern })),
      ...(stopwords.length === 0 ? [] : [{ ...none, stopwords }]),
    ],
  };
}

/** A stop word counts in any case, wherever it stands in the secret. */
function anyWord(words: readonly string[]): string {
  const sources = words.map((word) =>
    rustSyntax(`\\Q${word.replaceAll("\\E", "\\E\\\\E\\Q")}\\E`, () => null),
  );
  return `(?i)${sources.length === 1 ? sources[0] : `(?:${sources.join("|")})`}`;
}

function eitherOf(patterns: readonly string[]): string {
  return patterns.length === 1 ? (patterns[0] ?? "") : patterns.map((pattern) => `(?:${pattern})`).join("|");
}
