import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { carriedOver, type FoundHere } from "../baseline/carry-over.js";
import { detectSecretsBaseline } from "../baseline/detect-secrets.js";
import type { ForeignContent, ForeignFault } from "../baseline/foreign-entry.js";
import { gitleaksComments } from "../baseline/gitleaks-comments.js";
import { gitleaksIgnore } from "../baseline/gitleaks-ignore.js";
import { NOT_JUDGED, pruned, withFindings } from "../baseline/update.js";
import { openEngine } from "../gate/open-engine.js";
import { runOnCores } from "../parallel/run-on-cores.js";
import { blocks } from "../report/blocking.js";
import type { Report } from "../report/report.js";
import { visible } from "../report/visible.js";
import type { Located } from "../scan/located.js";
import { type Baseline, EMPTY_BASELINE, formatBaseline, parseBaseline } from "../settings/baseline.js";
import { SETTINGS_FILE } from "../settings/load.js";
import { repositoryOf } from "../sources/repository.js";
import { baselineText, writeBaseline } from "./baseline-file.js";
import type { Command } from "./command.js";
import { EXIT, UsageError } from "./exit.js";
import type { Terminal } from "./terminal.js";
import { wholeTree } from "./whole-tree.js";

type BaselineOptions = {
  readonly action: "prune" | "import" | undefined;
  readonly files: readonly string[];
  readonly inline: boolean;
  readonly all: boolean;
  readonly check: boolean;
  readonly allowIncomplete: boolean;
};

/** Where the baseline stands unless the settings name another place (`scan.baseline`). */
const DEFAULT_FILE = ".aura/baseline.txt";

/** `aura-scan baseline`, `aura-scan baseline prune`, `aura-scan baseline import [FILE…]`. */
export const baselineCommand: Command<BaselineOptions> = {
  usage: "baseline [action] [files..]",
  about: "Write down what is found now as known; prune what is gone, import what other scanners know",
  options: (argv) =>
    argv
      .positional("action", { choices: ["prune", "import"] as const })
      .positional("files", {
        type: "string",
        array: true,
        default: [],
        describe: "For import: .gitleaksignore, .secrets.baseline",
      })
      .option("inline", {
        type: "boolean",
        default: false,
        describe: "For import: gitleaks:allow comments too",
      })
      .option("all", { type: "boolean", default: false, describe: "What does not block, too" })
      .option("check", {
        type: "boolean",
        default: false,
        describe: "Write nothing; exit code 1 if it would change",
      })
      .option("allow-incomplete", {
        type: "boolean",
        default: false,
        describe: "Go on although something could not be read",
      }),
  async run(options, terminal) {
    refuseWrongUse(options);
    const tree = await lookedAt(options.action === "import", terminal);
    const { file } = tree;
    const text = baselineText(tree.root, file);
    const before = text === null ? EMPTY_BASELINE : parseBaseline(text, file);
    const unread = tree.report.scanned.skipped.filter((item) => item.incomplete);
    if (unread.length > 0) {
      for (const { path: name, reason } of unread)
        terminal.err(`${visible(name)}: not read: ${visible(reason)}\n`);
      if (!options.allowIncomplete) {
        terminal.err("Nothing is written: what was not read may hold what the baseline is about.\n");
        return EXIT.incomplete;
      }
    }
    const after = updated(before, options, tree, terminal);
    tellChange(before, after, file, terminal);
    const written = formatBaseline(after);
    const isSame = text?.replaceAll("\r\n", "\n") === written || (text === null && after.entries.size === 0);
    if (options.check) return isSame ? EXIT.allow : EXIT.block;
    if (!isSame) writeBaseline(tree.root, file, written);
    tellNext(tree, after, terminal);
    return EXIT.allow;
  },
};

function refuseWrongUse({ action, files, inline, all }: BaselineOptions): void {
  if (action !== "import" && (files.length > 0 || inline))
    throw new UsageError("baseline reads other scanners' files only with: baseline import FILE");
  if (action === "import" && files.length === 0 && !inline)
    throw new UsageError("baseline import needs a file (.gitleaksignore, .secrets.baseline) or --inline");
  if (action !== undefined && all)
    throw new UsageError("--all is for baseline alone, not for prune or import");
}

/** All that a scan of the tree found, as if there were no baseline. */
type Tree = {
  readonly root: string;
  readonly file: string;
  /** Whether the settings name the file. */
  readonly isNamed: boolean;
  readonly report: Report;
  readonly located: readonly Located[];
};

async function lookedAt(withHashes: boolean, terminal: Terminal): Promise<Tree> {
  const repository = await repositoryOf(terminal.cwd);
  const root = repository?.root ?? terminal.cwd;
  const engine = await openEngine(root, {
    withoutBaseline: true,
    ...(withHashes ? { valueKey: sha1 } : {}),
  });
  const located: Located[] = [];
  const report = await runOnCores({
    engine,
    ...wholeTree(terminal.cwd, repository),
    seesAll: false,
    onLocated: (found) => located.push(found),
  });
  const { baseline } = engine.settings;
  return { root, file: baseline ?? DEFAULT_FILE, isNamed: baseline !== null, report, located };
}

function sha1(secret: string): string {
  return createHash("sha1").update(secret, "utf8").digest("hex");
}

function updated(before: Baseline, options: BaselineOptions, tree: Tree, terminal: Terminal): Baseline {
  const { located, report } = tree;
  if (options.action === "prune")
    return pruned(before, new Set(located.map(({ finding }) => finding.fingerprint)));
  // What a comment or the settings allow needs no entry.
  const open = located.filter(({ finding }) => finding.allowed === null);
  if (options.action === "import") return imported(before, options, tree, open, terminal);
  const wanted = open.filter(({ finding }) => options.all || blocks(finding, report));
  return withFindings(
    before,
    wanted.map(({ finding: { fingerprint, rule, path: place } }) => ({
      fingerprint,
      rule,
      path: place,
      ...NOT_JUDGED,
    })),
  );
}

function imported(
  before: Baseline,
  options: BaselineOptions,
  { root }: Tree,
  open: readonly Located[],
  terminal: Terminal,
): Baseline {
  const found = open.map(
    ({ finding, valueKey }): FoundHere => ({
      fingerprint: finding.fingerprint,
      rule: finding.rule,
      path: finding.path,
      firstLine: finding.start.line,
      lastLine: finding.end.line,
      sha1: valueKey,
    }),
  );
  const contents = [
    ...options.files.map((file) => foreignContent(file, terminal.cwd)),
    ...(options.inline ? [gitleaksComments(found, (file) => textOf(path.join(root, file)))] : []),
  ];
  const { findings, left } = carriedOver(
    contents.flatMap(({ entries }) => entries),
    found,
  );
  tellLeft([...contents.flatMap(({ faults }) => faults), ...left], terminal);
  return withFindings(before, findings);
}

function foreignContent(file: string, cwd: string): ForeignContent {
  const text = textOf(path.resolve(cwd, file));
  if (text === null) throw new UsageError(`baseline import: ${file} cannot be read`);
  const name = path.basename(file);
  const content = detectSecretsBaseline(text, name) ?? gitleaksIgnore(text, name);
  if (content.entries.length === 0 && content.faults.length > 0)
    throw new UsageError(`baseline import: ${file} is neither a .gitleaksignore nor a .secrets.baseline`);
  return content;
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function tellLeft(left: readonly ForeignFault[], terminal: Terminal): void {
  for (const { origin, fault } of left)
    terminal.out(`${visible(`${origin}: not carried over, for ${fault}`)}.\n`);
}

function tellChange(before: Baseline, after: Baseline, file: string, terminal: Terminal): void {
  const added = [...after.entries.keys()].filter((known) => !before.entries.has(known)).length;
  const dropped = [...before.entries.keys()].filter((known) => !after.entries.has(known)).length;
  const parts = [
    ...(added === 0 ? [] : [`${added} added`]),
    ...(dropped === 0 ? [] : [`${dropped} dropped`]),
    `${after.entries.size - added} kept`,
  ];
  terminal.out(`${visible(file)}: ${parts.join(", ")}.\n`);
}

/** What is left to do by hand, in lines that work as they are. */
function tellNext({ root, file, isNamed }: Tree, after: Baseline, terminal: Terminal): void {
  if (after.entries.size === 0 || isNamed) return;
  const line = `baseline = ${JSON.stringify(file)}`;
  const settings = textOf(path.join(root, SETTINGS_FILE)) ?? "";
  const hasTable = /^[ \t]*\[[ \t]*scan[ \t]*\]/m.test(settings);
  const where = hasTable ? `Add this under [scan] in ${SETTINGS_FILE}` : `Add this to ${SETTINGS_FILE}`;
  terminal.out(`${where}, so that these findings no longer block:\n\n${hasTable ? "" : "[scan]\n"}${line}\n`);
  if (!existsSync(path.join(root, ".git"))) return;
  terminal.out(
    `\nWith this line in .gitattributes two branches never conflict in it:\n\n${file} merge=union\n`,
  );
}
