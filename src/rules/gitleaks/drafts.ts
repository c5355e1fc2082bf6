/** A rule to be written; what is null or empty is left to the defaults. */
export type RuleDraft = {
  readonly id: string;
  readonly title: string;
  readonly kind: "provider" | "generic";
  readonly keywords: readonly string[];
  readonly pattern: string;
  readonly entropy: number | null;
  readonly allow: readonly string[];
  readonly paths: readonly string[];
  readonly part: boolean;
  readonly partners: readonly string[];
  readonly partnerLines: number | null;
  readonly examples: readonly string[];
  /** Sentences for the reader, above the table. */
  readonly comments: readonly string[];
};

/** A `[[scan.allow]]` table for `.aura/live.toml`; every condition in it must hold. */
export type AllowDraft = {
  readonly rule: string | null;
  readonly path: string | null;
  readonly pattern: string | null;
  readonly stopwords: readonly string[];
  readonly reason: string;
};

/** The table of a rule, as a rule file has it. */
export function ruleText(rule: RuleDraft): string {
  const generic = rule.kind === "generic";
  const lines: readonly (readonly [key: string, value: string | null])[] = [
    ["id", quoted(rule.id)],
    ["title", quoted(rule.title)],
    ["kind", quoted(rule.kind)],
    ["severity", quoted(generic ? "medium" : "high")],
    ["confidence", quoted(generic ? "medium" : "high")],
    ["keywords", list(rule.keywords)],
    ["pattern", literal(rule.pattern)],
    ["entropy", rule.entropy === null ? null : String(rule.entropy)],
    ["allow", rule.allow.length === 0 ? null : list(rule.allow, literal)],
    ["paths", rule.paths.length === 0 ? null : list(rule.paths)],
    ["part", rule.part ? "true" : null],
    ["partners", rule.partners.length === 0 ? null : list(rule.partners)],
    ["partner_lines", rule.partnerLines === null ? null : String(rule.partnerLines)],
    ["alone", rule.partners.length === 0 ? null : quoted("nothing")],
    ["examples", rule.examples.length === 0 ? null : list(rule.examples, literal)],
  ];
  const keys = lines.flatMap(([key, value]) => (value === null ? [] : [`${key} = ${value}`]));
  return [...rule.comments.map(commented), "[[rule]]", ...keys].join("\n");
}

/** The table of an allowance, as `.aura/live.toml` has it. */
export function allowText({ rule, path, pattern, stopwords, reason }: AllowDraft): string {
  return [
    "[[scan.allow]]",
    ...(rule === null ? [] : [`rule = ${quoted(rule)}`]),
    ...(path === null ? [] : [`path = ${quoted(path)}`]),
    ...(pattern === null ? [] : [`pattern = ${literal(pattern)}`]),
    ...(stopwords.length === 0 ? [] : [`stopword = ${list(stopwords)}`]),
    `reason = ${quoted(reason)}`,
  ].join("\n");
}

/** One comment a sentence, on one line whatever it holds. */
export function commented(sentence: string): string {
  return `# ${sentence.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")}`;
}

function list(texts: readonly string[], write = quoted): string {
  return `[${texts.map(write).join(", ")}]`;
}

/** A basic string of TOML; its escapes for what is not seen are those of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A literal string where the text allows it: patterns are read more easily without escapes. */
function literal(text: string): string {
  return /^[ -~]*$/.test(text) && !text.includes("'''") && !text.endsWith("'")
    ? `'''${text}'''`
    : quoted(text);
}
