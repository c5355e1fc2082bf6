import type { Rule } from "../rules/rule.js";
import type { Span } from "../text/lines.js";

/** What a report may show of a secret: the rule's public prefix and the length in characters, `AKIA…(20)`. */
export function preview(rule: Rule, secret: string): string {
  const prefix = rule.prefixes
    .filter((known) => secret.startsWith(known) && known.length * 2 <= secret.length)
    .reduce((longest, known) => (known.length > longest.length ? known : longest), "");
  return `${printable(prefix)}…(${secret.length})`;
}

/** A secret's place and what to show in its stead. */
export type Blot = { readonly span: Span; readonly shown: string };

/** `part` of a text with every blot in it shown as such; `caret` is where `focus` went, in the new text. */
export function blottedPart(
  text: string,
  part: Span,
  blots: readonly Blot[],
  focus: Span,
): { readonly text: string; readonly caret: Span } {
  let out = "";
  let at = part.start;
  let caret: Span = { start: 0, end: 0 };
  for (const { span, shown } of blots) {
    if (span.end <= at || span.start >= part.end) continue;
    out += text.slice(at, Math.max(at, span.start));
    const start = out.length;
    out += shown;
    if (span.start <= focus.start && focus.end <= span.end) caret = { start, end: out.length };
    at = Math.min(part.end, span.end);
  }
  return { text: out + text.slice(at, part.end), caret };
}

/** `text` with every copy of the secrets, and of their base64, hex, percent and backslash forms, replaced by `…`. */
export function blotted(text: string, secrets: readonly string[]): string {
  let out = text;
  if (text.length < SHORTEST_FORM) return text;
  const forms = secrets.flatMap((secret) => formsOf(secret).filter((form) => text.includes(form)));
  for (const form of forms.sort((a, b) => b.length - a.length)) out = out.split(form).join("…");
  return out;
}

/**
 * The same, and whatever else looks like random data gone too: a scanner does not know every format. Ids of git
 * objects stay, whoever reads an error about one needs it.
 */
export function blottedLine(text: string, secrets: readonly string[]): string {
  return blotted(text, secrets).replace(/[A-Za-z0-9+=%]{16,}/g, (run) =>
    looksRandom(run) ? `…(${run.length})` : run,
  );
}

/** Whether any form of a secret stands in `text`. */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) => formsOf(secret).some((form) => text.includes(form)));
}

/** Shorter stretches would blot out ordinary words. */
const SHORTEST_FORM = 6;

/** A secret's neighbours ask for its forms again and again; so many are kept. */
const MOST_KEPT = 1024;
const kept = new Map<string, readonly string[]>();

function formsOf(secret: string): readonly string[] {
  const known = kept.get(secret);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const forms = madeForms(secret);
  kept.set(secret, forms);
  return forms;
}

function madeForms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  const hex = bytes.toString("hex");
  const forms = [
    secret,
    percentEncoded(bytes),
    hex.replace(/../g, "%$&"),
    hex.replace(/../g, "\\x$&"),
    hex,
    ...[...secret.matchAll(/[A-Za-z0-9+/=_-]{24,}/g)].map((run) => run[0]),
    ...base64Forms(bytes),
  ];
  const cased = forms.flatMap((form) => (/^[0-9a-f%\\x]+$/.test(form) ? [form, form.toUpperCase()] : [form]));
  return [...new Set(cased)].filter((form) => form.length >= SHORTEST_FORM);
}

/** As `encodeURIComponent` does it, which throws on half a surrogate pair. */
function percentEncoded(bytes: Buffer): string {
  return bytes
    .toString("latin1")
    .replace(
      /[^A-Za-z0-9_.!~*'()-]/g,
      (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
    );
}

/** Base64 of the bytes at each of the three alignments they can have inside a longer text, edges cut off. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const first = shift === 0 ? 0 : shift + 1;
    const core = whole.slice(first, (shift + bytes.length) % 3 === 0 ? whole.length : whole.length - 1);
    return core.length < 10 ? [] : [core, core.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

function looksRandom(run: string): boolean {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(run)) return false;
  const digits = run.match(/[0-9]/g)?.length ?? 0;
  const letters = run.match(/[A-Za-z]/g)?.length ?? 0;
  return digits >= 2 && letters >= 3 && new Set(run).size >= 8;
}

/** PEM headers and the like run over lines; a preview stays on one. */
function printable(prefix: string): string {
  return prefix.replace(/\s+/g, " ");
}
