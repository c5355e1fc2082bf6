import { DETECTORS } from "../mask/detectors.js";
import { MaskError, type MaskOptions, mask, type Redaction } from "../mask/mask.js";
import { PatternError, rustPattern } from "../pattern/rust-pattern.js";
import type { Rule } from "../rules/rule.js";
import type { CustomMask, Settings } from "../settings/settings.js";
import { createHash } from "../text/crypto.js";
import { contains, type Span } from "../text/lines.js";
import { blottedLine } from "./blot.js";
import type { Surface, Wire } from "./finding.js";

/** What to tell about a leak in a unit's body: who should have caught it, and what would. */
export type MaskAdvice = { readonly detector: string | null; readonly block: string | null };

const REPLACEMENT = "****MASKED****";

/**
 * For a secret that survives the mask in `body`: the built-in detector that would hide it if it were on, and a
 * `[[live.privacy.mask]]` block that was tried on this very body and hides it.
 */
export function maskAdvice(
  body: string,
  secret: Span,
  rule: Rule,
  settings: Settings,
  secrets: readonly string[],
  trials: MaskTrials,
): MaskAdvice {
  const everything = { maskSecrets: true, masks: ALL_ON, customMasks: [] };
  const detector = hiding(trials, "built-in", body, secret, everything)?.detector ?? null;
  if (!settings.maskSecrets) return { detector, block: null };
  for (const pattern of closingPatterns(rule, body, secret, secrets)) {
    const custom: CustomMask = {
      name: freeName(
        pattern === rule.pattern.source ? rule.id : `${rule.id}-${tagOf(pattern)}`,
        settings.customMasks,
      ),
      pattern: rustPattern(pattern),
      replacement: REPLACEMENT,
    };
    const masks = { ...settings, customMasks: [...settings.customMasks, custom] };
    if (hiding(trials, pattern, body, secret, masks) !== null) return { detector, block: maskBlock(custom) };
  }
  return { detector, block: null };
}

/** What to do about a finding, in plain words; a mask block, where there is one, is printed after it. */
export function fixFor(finding: {
  surface: Surface;
  wire: Wire;
  detector: string | null;
  hasBlock: boolean;
  inUnitBody: boolean;
  /** Whether it is put together from pieces or encoded: a mask is a transformation of text and cannot see it. */
  isBuilt: boolean;
  exit: "git" | "wire";
  /** Whether only leaks block: then the mask is a way out for git too. */
  leaksOnly: boolean;
}): string {
  const { surface, wire, exit } = finding;
  const move =
    surface === "identifier"
      ? "Rename it: a name must not hold a secret, and names are never masked."
      : "Take it out of the file: read it from the environment or a secret manager.";
  if (wire === "masked") {
    return exit === "git" ? `${move} Live Sync would mask it, git does not.` : `${move} It was masked.`;
  }
  if (wire === "withheld") return exit === "git" ? `${move} Live Sync would not send it, git would.` : move;
  if (finding.isBuilt) return `${move} It is put together or encoded there, which no mask can see.`;
  if (!finding.inUnitBody) {
    return surface === "comment"
      ? "Take it out of the comment: the mask does not reach comments above a function."
      : surface === "signature"
        ? "Take it out of the signature: signatures are never masked."
        : move;
  }
  const off =
    finding.detector === null
      ? ""
      : ` The detector ${finding.detector} would hide it, but it is off or does not reach it.`;
  return finding.hasBlock
    ? `${move}${off} To close the leak, paste this into .aura/live.toml:`
    : `${move}${off}`;
}

const ALL_ON = {
  aws: true,
  generic_api_keys: true,
  jwt: true,
  bearer_tokens: true,
  private_key_blocks: true,
};

/** What each mask that was tried on a body hides there: the next secret in that body asks for the same ones. */
export type MaskTrials = Map<string, readonly Redaction[]>;

function hiding(
  trials: MaskTrials,
  name: string,
  body: string,
  secret: Span,
  options: MaskOptions,
): Redaction | null {
  const redactions = trials.get(name) ?? redactionsOf(body, options);
  trials.set(name, redactions);
  return redactions.find((redaction) => contains(redaction.span, secret)) ?? null;
}

/** A candidate that does not compile or never settles hides nothing; the next one is tried. */
function redactionsOf(body: string, options: MaskOptions): readonly Redaction[] {
  try {
    return mask(body, options).redactions;
  } catch (error) {
    if (error instanceof PatternError || error instanceof MaskError) return [];
    throw error;
  }
}

/**
 * For a generic rule, first the name that the value is given to, which reads better than the rule and hides less code;
 * then the rule's own pattern, and that without its word boundaries, for a secret grown into a longer word.
 */
function closingPatterns(
  rule: Rule,
  body: string,
  place: Span,
  secrets: readonly string[],
): readonly string[] {
  const secret = body.slice(place.start, place.end);
  const own = rule.pattern.source;
  const unbound = own.replace(/^\\b/, "").replace(/\\b$/, "");
  const prefix = rule.prefixes.find((known) => secret.startsWith(known));
  const shape =
    prefix === undefined
      ? []
      : [`${escaped(prefix)}[0-9A-Za-z_.=/+-]{${Math.max(1, secret.length - prefix.length)}}`];
  const named = rule.kind === "generic" ? namedPattern(body, place, secrets) : [];
  // A rule that finds assignments has no pattern of its own.
  return [...new Set([...named, own, unbound, ...shape])].filter((pattern) => pattern !== "");
}

/** `db_password = "(?P<secret>[^\s"'`]+)`: what stands right before the secret on its line, if it gives nothing away. */
function namedPattern(body: string, place: Span, secrets: readonly string[]): readonly string[] {
  const before = body.slice(Math.max(0, place.start - 60), place.start);
  const name = /[A-Za-z_][A-Za-z0-9_.-]{2,40}["'`\])]{0,3}[ \t]*(?::=|=>|[:=,(])[ \t]*["'`]?$/.exec(
    before,
  )?.[0];
  if (name === undefined || blottedLine(name, secrets) !== name) return [];
  const value = body.slice(place.start, place.end);
  const shape = /^[0-9A-Za-z_.=/+-]+$/.test(value) ? "[0-9A-Za-z_.=/+-]" : "[^\\s\"'`]";
  const context = escaped(name).replace(/[ \t]+/g, "\\s*");
  const quote = /["'`]$/.exec(name)?.[0];
  // Between quotes it is a literal whatever it is; without them only the like of this one, or code would be hidden too.
  return quote === undefined
    ? [`${context}(?P<secret>${shape}{${value.length}})(?:[^0-9A-Za-z_.=/+-]|$)`]
    : [`${context}(?P<secret>${shape}+)${quote}`];
}

function maskBlock(custom: CustomMask): string {
  const source = custom.pattern.source;
  const literal = source.includes("'''") || source.endsWith("'") || /[\r\n]/.test(source);
  const pattern = literal ? JSON.stringify(source) : `'''${source}'''`;
  return [
    "[[live.privacy.mask]]",
    `name = ${JSON.stringify(custom.name)}`,
    `pattern = ${pattern}`,
    `replacement = ${JSON.stringify(custom.replacement)}`,
  ].join("\n");
}

/** Tells the masks for two names under one rule apart, so that both can be pasted. */
function tagOf(pattern: string): string {
  return createHash("sha256").update(pattern, "utf8").digest("hex").slice(0, 4);
}

/** A mask's name must be its own: neither a detector's nor another mask's. */
function freeName(wanted: string, masks: readonly CustomMask[]): string {
  const taken = new Set<string>([...DETECTORS.map((d) => d.name), ...masks.map((m) => m.name)]);
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}-${count}`;
  return name;
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
