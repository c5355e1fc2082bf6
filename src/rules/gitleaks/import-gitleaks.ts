import { patternTree } from "../../pattern/pattern-tree.js";
import { ConfigError, type ConfigProblem } from "../../toml/config-error.js";
import { parseToml, type TomlDocument } from "../../toml/document.js";
import { places } from "../../toml/places.js";
import { matchTemplates } from "../made-up-match.js";
import { readRuleFile } from "../read-rules.js";
import { testRule } from "../test-rule.js";
import { allowedBy } from "./allowlists.js";
import { type Allowlist, type GitleaksConfig, type Note, readConfig } from "./config.js";
import { type Drafted, draftRule, type ImportContext } from "./draft-rule.js";
import { type AllowDraft, allowText, commented, type RuleDraft, ruleText } from "./drafts.js";
import { ruleIds } from "./rule-ids.js";

/** Something that is not carried over, or not as it was, at its place in gitleaks' file. */
export type ImportNote = ConfigProblem & { readonly rule: string | null };

/** What becomes of a rule file of gitleaks. */
export type Imported = {
  readonly rules: number;
  /** How many rules the file has. */
  readonly of: number;
  /** A rule file, every rule of it checked; its comments tell what is not carried over. */
  readonly ruleFile: string;
  /** `[[scan.allow]]` tables for `.aura/live.toml`; empty for none. */
  readonly allow: string;
  readonly allowances: number;
  readonly notes: readonly ImportNote[];
};

/**
 * Carries the rule file `text` of gitleaks over. `taken` are the ids of the default rules, which an import never
 * replaces; nothing for which `holdsSecret` says yes is handed on. Throws `ConfigError` if it is no such file.
 */
export async function importGitleaks(
  text: string,
  file: string,
  taken: ReadonlySet<string>,
  holdsSecret: (text: string) => boolean,
): Promise<Imported> {
  const document = parseToml(text, file);
  const notes: Note[] = [];
  const context: ImportContext = { file, holdsSecret, notes };
  const config = readConfig(document.root, notes);
  if (config.rules.length + config.allowlists.length === 0 && config.extend === null) {
    throw new ConfigError([
      {
        file,
        line: 1,
        column: 1,
        message: "gitleaks has [[rules]], [[allowlists]] or [extend] in its files, and there is none here",
      },
    ]);
  }
  const ids = ruleIds(config.rules, taken, holdsSecret);
  const drafted = new Map<number, Drafted>();
  for (const [index, rule] of config.rules.entries()) {
    const one = draftRule(rule, ids[index] ?? "", context);
    if (one !== null) drafted.set(index, one);
  }
  const comments = extendNotes(config, taken, context);
  const shared = sharedAllowances(config, drafted, context);
  const drafts = [...drafted].map(([index, { draft }]): RuleDraft => {
    const partners = partnersOf(config, index, drafted, context);
    return { ...draft, ...partners, allow: [...draft.allow, ...(shared.patterns.get(draft.id) ?? [])] };
  });
  const tables = [...[...drafted.values()].flatMap((one) => one.tables), ...shared.tables];
  const placed = await placedNotes(document, notes, holdsSecret);
  return {
    rules: drafts.length,
    of: config.rules.length,
    ruleFile: fileText(file, config, comments, await withExamples(drafts), placed, holdsSecret),
    allow: tables.map((table) => `${allowText(table)}\n`).join("\n"),
    allowances: tables.length,
    notes: placed,
  };
}

/** What `[extend]` means here, noted; what is best said in the file itself is returned. */
function extendNotes(
  { extend, rules }: GitleaksConfig,
  taken: ReadonlySet<string>,
  context: ImportContext,
): readonly string[] {
  const { notes, holdsSecret } = context;
  if (extend === null) {
    if (rules.length === 0) return [];
    return [
      "In gitleaks these rules stood alone; here the default rules stay on beside them, and are switched off by their ids.",
    ];
  }
  const note = (key: string, message: string): void => {
    notes.push({ at: [...extend.at, key], rule: null, message });
  };
  if (extend.path !== null) note("path", "the file that this one extends is not read: import it too");
  const comments: string[] = [];
  for (const [index, id] of extend.disabledRules.entries()) {
    if (taken.has(id)) {
      comments.push(
        `gitleaks' own ${id} was switched off. The default rule of this name here is another one; this switches it off:`,
      );
      comments.push("[[rule]]", `id = "${id}"`, "disabled = true");
    } else {
      const shown = holdsSecret(id) ? `entry ${index + 1}` : id;
      note(
        "disabledRules",
        `gitleaks' own ${shown} is no rule here; aura-scan rules list names those that are`,
      );
    }
  }
  return comments;
}

/** The file's own allowlists: those with targets belong to these rules, all others to every rule. */
function sharedAllowances(
  config: GitleaksConfig,
  drafted: ReadonlyMap<number, Drafted>,
  context: ImportContext,
): { readonly patterns: ReadonlyMap<string, readonly string[]>; readonly tables: readonly AllowDraft[] } {
  const patterns = new Map<string, readonly string[]>();
  const tables: AllowDraft[] = [];
  const reasonOf = ({ description }: Allowlist): string =>
    description === null || description.trim() === "" || context.holdsSecret(description)
      ? `allowed in ${context.file}`
      : description.trim();
  for (const allowlist of config.allowlists) {
    const reason = reasonOf(allowlist);
    if (allowlist.targetRules.length === 0) {
      tables.push(...allowedBy(allowlist, { ...context, rule: null, of: null, whole: false, reason }).tables);
      continue;
    }
    for (const [at, target] of allowlist.targetRules.entries()) {
      const one = drafted.get(config.rules.findIndex((rule) => rule.id === target));
      if (one === undefined) {
        const message = `entry ${at + 1} of targetRules is no rule that was carried over, so nothing is allowed for it`;
        context.notes.push({ at: [...allowlist.at, "targetRules"], rule: null, message });
        continue;
      }
      const { id } = one.draft;
      const made = allowedBy(allowlist, { ...context, rule: id, of: target, whole: one.whole, reason });
      patterns.set(id, [...(patterns.get(id) ?? []), ...made.patterns]);
      tables.push(...made.tables);
    }
  }
  return { patterns, tables };
}

/** The most that `partner_lines` takes. */
const MOST_LINES = 1000;

/** `[[rules.required]]`: there all must be near, here one of the partners. */
function partnersOf(
  config: GitleaksConfig,
  index: number,
  drafted: ReadonlyMap<number, Drafted>,
  { notes }: ImportContext,
): Pick<RuleDraft, "partners" | "partnerLines"> {
  const required = config.rules[index]?.required ?? [];
  const rule = config.rules[index]?.id ?? null;
  const found = required.flatMap(({ at, id, withinColumns }) => {
    const one = drafted.get(config.rules.findIndex((other) => other.id !== null && other.id === id));
    if (one === undefined)
      notes.push({
        at,
        rule,
        message: "what the rule requires is no rule that was carried over, so it is found without",
      });
    if (withinColumns !== null)
      notes.push({
        at,
        rule,
        message: "withinColumns is not carried over: a partner is looked for by lines",
      });
    return one === undefined ? [] : [one.draft.id];
  });
  if (found.length === 0) return { partners: [], partnerLines: null };
  if (found.length > 1) {
    const [{ at } = { at: [] }] = required;
    notes.push({ at, rule, message: "the rule requires several others; here one of them is enough" });
  }
  const lines = Math.max(...required.map(({ withinLines }) => withinLines ?? MOST_LINES));
  return {
    partners: [...new Set(found)],
    partnerLines: Math.min(MOST_LINES, Math.max(0, Math.round(lines))),
  };
}

/** How many examples are made up for a rule. */
const EXAMPLES = 2;

/** The rules with examples that were made up from their patterns and that they find: so that `rules test` tests something. */
async function withExamples(drafts: readonly RuleDraft[]): Promise<readonly RuleDraft[]> {
  const { rules } = await readRuleFile(drafts.map(ruleText).join("\n\n"), "imported rules", "checked");
  return drafts.map((draft, index) => {
    const rule = rules[index];
    if (rule === undefined) return draft;
    const examples: string[] = [];
    for (const template of matchTemplates(patternTree(rule.pattern.source))) {
      if (examples.length === EXAMPLES) break;
      // The sample depends on its place in the list.
      if (testRule({ ...rule, examples: [...examples, template] }).length === 0) examples.push(template);
    }
    return { ...draft, examples };
  });
}

async function placedNotes(
  document: TomlDocument,
  notes: readonly Note[],
  holdsSecret: (text: string) => boolean,
): Promise<readonly ImportNote[]> {
  const placeOf = await places(document.text, document.file);
  return notes
    .map(({ at, rule, message }) => {
      const shown = rule === null || holdsSecret(rule) ? null : rule;
      return { file: document.file, ...placeOf(at, "value"), rule: shown, message };
    })
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

function fileText(
  file: string,
  { title }: GitleaksConfig,
  comments: readonly string[],
  drafts: readonly RuleDraft[],
  notes: readonly ImportNote[],
  holdsSecret: (text: string) => boolean,
): string {
  const of = title === null || title.trim() === "" || holdsSecret(title) ? "" : ` (${title.trim()})`;
  const head = [
    `Rules from ${file}${of}, by aura-scan rules import. Severity and confidence are not known there:`,
    "look through them, and add counterexamples. What the keys mean: rules/default.toml of aura-scan.",
    ...comments,
    ...(notes.length === 0 ? [] : ["Not carried over, or not as it was:"]),
    ...notes.map(
      ({ line, column, rule, message }) =>
        `  ${line}:${column}: ${rule === null ? "" : `${rule}: `}${message}`,
    ),
  ].map(commented);
  return `${[head.join("\n"), ...drafts.map(ruleText)].join("\n\n")}\n`;
}
