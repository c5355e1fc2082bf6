import { isDeepStrictEqual } from "node:util";
import { isMap, isScalar, isSeq, parse, parseDocument, type YAMLMap } from "yaml";
import { HOOK_NAMES, type HookName } from "./hook-text.js";
import { asCommand, asItem, asJobs, commandOf, indented, jobOf, NAME, type Table } from "./lefthook-job.js";

/** What a lefthook.yml should hold from now on; `unread`: it is not written in a way in which lines can be put into it. */
export type LefthookEdit =
  | { readonly kind: "added" | "updated"; readonly text: string }
  | { readonly kind: "present" }
  | { readonly kind: "unread" };

const BLOCKS = /^[ \t]*# >>> aura-scan >>>\r?\n.*?^[ \t]*# <<< aura-scan <<<\r?(?:\n|$(?!.))/gms;

/**
 * The text of a lefthook.yml with ours as the first job of both hooks. Whole lines are put in and all else is kept byte for
 * byte, so both texts hold one byte a character ("latin1"). What YAML makes of the result is compared with what it should be.
 */
export function lefthookWithJobs(existing: string): LefthookEdit {
  const base = lefthookWithoutJobs(existing);
  let text = base;
  for (const hook of HOOK_NAMES) {
    const next = withJob(text, hook);
    if (next === null) return { kind: "unread" };
    text = next;
  }
  if (text === existing) return { kind: "present" };
  return { kind: base === existing ? "added" : "updated", text };
}

/** The text as it was before. */
export function lefthookWithoutJobs(existing: string): string {
  return existing.replace(BLOCKS, "");
}

/** What lefthook's settings in YAML, or in JSON, say. Throws where they are neither. */
export function lefthookTable(text: string): unknown {
  return parse(text);
}

function withJob(text: string, hook: HookName): string | null {
  const document = parseDocument(text);
  const place = document.errors.length > 0 ? null : placeFor(text, document.contents, hook);
  if (place === null) return null;
  const lines = ["# >>> aura-scan >>>", ...place.lines, "# <<< aura-scan <<<"];
  const block = lines.map((line) => `${place.indent}${line}\n`).join("");
  const edited = text.slice(0, place.at) + block + text.slice(place.at);
  const was = (document.toJS() ?? {}) as { readonly [hook: string]: Table };
  const meant = { ...was, [hook]: place.meant(was[hook] ?? {}) };
  const result = parseDocument(edited);
  return result.errors.length === 0 && isDeepStrictEqual(result.toJS(), meant) ? edited : null;
}

/** Where lines go, and what they make of what the hook holds. */
type Place = {
  readonly at: number;
  readonly indent: string;
  readonly lines: readonly string[];
  readonly meant: (was: Table) => Table;
};

/** Before the first of what is there, so that ours runs first. */
function placeFor(text: string, top: unknown, hook: HookName): Place | null {
  const job = { name: NAME, ...jobOf(hook) };
  const addJobs = (was: Table): Table => ({ ...was, jobs: [job] });
  const whole = { lines: [`${hook}:`, ...indented(asJobs(hook))], meant: addJobs };
  // lefthook makes a file of comments alone.
  if (top === null) return { at: 0, indent: "", ...whole };
  if (!isBlockMap(top)) return null;
  const found = valueIn(top, hook);
  // Else before the last one, which is never ours.
  if (found === undefined)
    return text.endsWith("\n")
      ? { at: text.length, indent: "", ...whole }
      : lineOf(text, keyOf(top, -1), whole);
  if (!isBlockMap(found)) return null;
  const jobs = valueIn(found, "jobs");
  if (isSeq(jobs) && jobs.flow !== true) {
    const [first] = jobs.items as readonly { readonly range?: readonly number[] | null }[];
    const meant = (was: Table): Table => ({ ...was, jobs: [job, ...(was["jobs"] as readonly unknown[])] });
    return lineOf(text, first?.range?.[0], { lines: asItem(hook), meant }, /^([ \t]*)- +$/);
  }
  if (jobs !== undefined) return null;
  const commands = valueIn(found, "commands");
  if (commands === undefined) return lineOf(text, keyOf(found), { lines: asJobs(hook), meant: addJobs });
  if (!isBlockMap(commands)) return null;
  const meant = (was: Table): Table => ({
    ...was,
    commands: { ...(was["commands"] as Table), [NAME]: commandOf(hook) },
  });
  return lineOf(text, keyOf(commands), { lines: asCommand(hook), meant });
}

function isBlockMap(node: unknown): node is YAMLMap {
  return isMap(node) && node.flow !== true && node.items.length > 0;
}

function valueIn(map: YAMLMap, name: string): unknown {
  return map.items.find(({ key }) => isScalar(key) && key.value === name)?.value;
}

function keyOf(map: YAMLMap, index = 0): number | undefined {
  const key = map.items.at(index)?.key;
  return isScalar(key) ? key.range?.[0] : undefined;
}

/** The line that holds the place `at`, if nothing but what `lead` takes stands before it there. */
function lineOf(
  text: string,
  at: number | undefined,
  rest: Pick<Place, "lines" | "meant">,
  lead = /^([ \t]*)$/,
): Place | null {
  if (at === undefined) return null;
  const begin = text.lastIndexOf("\n", at - 1) + 1;
  const indent = lead.exec(text.slice(begin, at))?.[1];
  return indent === undefined ? null : { at: begin, indent, ...rest };
}
