import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { HookName } from "../install/hook-text.js";
import { lefthookSettings } from "../install/lefthook-file.js";
import { jobOf, type Table } from "../install/lefthook-job.js";
import { parseToml } from "../toml/document.js";
import { ownWords } from "./own-words.js";

/** What lefthook's settings make of our job in one hook. */
export type LefthookGate =
  /** No job of ours; `elsewhere`: the settings take in others, which are not read here. */
  | { readonly is: "absent"; readonly elsewhere: boolean }
  /** `why`: what keeps lefthook from running the job, always or at times, and where that stands. */
  | { readonly is: "skipped"; readonly why: string; readonly ours: boolean }
  | { readonly is: "unread"; readonly why: string }
  | { readonly is: "run" };

type Job = { readonly name: string; readonly table: Table; readonly above: readonly Table[] };

const ENDINGS = ["yml", "yaml", "json", "jsonc", "toml"];
const LOCAL = ["lefthook-local", ".lefthook-local", ".config/lefthook-local"].flatMap((name) =>
  ENDINGS.map((ending) => `${name}.${ending}`),
);
/** With any of these lefthook runs the job at times only, or not at all. https://lefthook.dev/configuration/ */
const CONDITIONS = ["skip", "only", "glob", "exclude", "file_types"];
const HOOK_CONDITIONS = ["skip", "only", "exclude"];

/** Whether lefthook runs our job in that hook of the working tree at `top`, as far as its settings tell. */
export async function lefthookGate(top: string, hook: HookName): Promise<LefthookGate> {
  const main = lefthookSettings(top);
  if (main === null) return { is: "absent", elsewhere: false };
  const local = LOCAL.map((name) => join(top, name)).find((file) => existsSync(file));
  try {
    const tables: (readonly [string, Table])[] = [];
    for (const file of local === undefined ? [main] : [main, local])
      tables.push([file.slice(top.length + 1).replaceAll("\\", "/"), await read(file)]);
    return judged(tables, hook);
  } catch (error) {
    return { is: "unread", why: (error as Error).message.split("\n")[0] ?? "" };
  }
}

function judged(tables: readonly (readonly [string, Table])[], hook: HookName): LefthookGate {
  const jobs = tables.map(([, table]) => jobsOf(tableIn(table, hook)));
  const own = jobs.flat().filter(({ table }) => namesUs(table["run"]));
  const names = new Set(["aura-scan", ...own.map(({ name }) => name)].filter((name) => name !== ""));
  if (own.length === 0) {
    const elsewhere = tables.some(([, table]) => "extends" in table || "remotes" in table);
    return { is: "absent", elsewhere };
  }
  for (const [at, [file, table]] of tables.entries()) {
    const ofHook = tableIn(table, hook);
    for (const key of HOOK_CONDITIONS)
      if (isSet(ofHook[key])) return { is: "skipped", why: `${key} of ${hook} in ${file}`, ours: false };
    const tags = [ofHook["exclude_tags"] ?? []].flat();
    if (tags.some((tag) => names.has(String(tag))))
      return { is: "skipped", why: `exclude_tags of ${hook} in ${file}`, ours: false };
    const ours = (jobs[at] ?? []).filter((job) => names.has(job.name) || own.includes(job));
    for (const { table: job, above } of ours) {
      const key = CONDITIONS.find((name) => [job, ...above].some((one) => isSet(one[name])));
      if (key !== undefined)
        return { is: "skipped", why: `${key} of aura-scan's job in ${hook} of ${file}`, ours: false };
      if (job["run"] !== undefined && !namesUs(job["run"]))
        return { is: "skipped", why: `another run of aura-scan's job in ${hook} of ${file}`, ours: false };
      const run = String(job["run"] ?? "");
      if (run.includes("{staged_files}"))
        return { is: "skipped", why: `{staged_files} in ${file}, which knows no links`, ours: true };
      if (run !== "" && run !== jobOf(hook)["run"] && ownWords(run).share !== "all")
        return { is: "unread", why: `aura-scan's job in ${hook} of ${file} runs other commands too` };
    }
  }
  return { is: "run" };
}

async function read(file: string): Promise<Table> {
  const text = readFileSync(file, "utf8");
  if (file.endsWith(".toml")) return parseToml(text, file).root;
  // JSON, with comments or without, is YAML but for those.
  const { lefthookTable } = await import("../install/lefthook-text.js");
  return tableOf(lefthookTable(file.endsWith(".jsonc") ? text.replace(/^\s*\/\/.*$/gm, "") : text));
}

/** Those of groups too, with what stands above them. */
function jobsOf(table: Table, above: readonly Table[] = []): readonly Job[] {
  const listed = [table["jobs"] ?? []].flat().map(tableOf);
  const named = Object.entries(tableIn(table, "commands")).map(([name, job]) => ({
    name,
    job: tableOf(job),
  }));
  return [
    ...listed.map((job) => ({ name: String(job["name"] ?? ""), table: job, above })),
    ...listed.flatMap((job) => ("group" in job ? jobsOf(tableIn(job, "group"), [job, ...above]) : [])),
    ...named.map(({ name, job }) => ({ name, table: job, above })),
  ];
}

const namesUs = (run: unknown): boolean => typeof run === "string" && /\baura-scan\b/.test(run);
const tableOf = (value: unknown): Table =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Table) : {};
const tableIn = (table: Table, key: string): Table => tableOf(table[key]);

/** `skip: false` and an empty list ask for nothing. */
function isSet(value: unknown): boolean {
  return (
    value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0)
  );
}
