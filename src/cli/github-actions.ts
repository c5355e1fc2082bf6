import { randomUUID } from "node:crypto";
import { promises as files } from "node:fs";
import path from "node:path";
import { type Surroundings, told } from "../ci/plan.js";
import { blocks } from "../report/blocking.js";
import { withoutOrders } from "../report/orders.js";
import { renderReport } from "../report/render.js";
import type { Report } from "../report/report.js";
import type { ReportTarget } from "./reports.js";
import type { Terminal } from "./terminal.js";

/** More than any event has; GitHub cuts payloads at 25 MB. */
const LONGEST_PAYLOAD = 64 << 20;

/** GitHub drops a step's whole summary above this many bytes. */
const LONGEST_SUMMARY = 1024 * 1000;

/** The event that began the workflow; null where it cannot be read. https://docs.github.com/en/webhooks/webhook-events-and-payloads */
export async function eventPayload(surroundings: Surroundings): Promise<unknown> {
  const file = told(surroundings, "GITHUB_EVENT_PATH");
  if (file === null) return null;
  try {
    if ((await files.stat(file)).size > LONGEST_PAYLOAD) return null;
    return JSON.parse(await files.readFile(file, "utf8")) as unknown;
  } catch {
    return null;
  }
}

/**
 * The terminal with what goes to standard output between two lines that keep GitHub from reading orders in it.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#stopping-and-starting-workflow-commands
 */
export function deafened(terminal: Terminal): Terminal {
  return {
    ...terminal,
    get stdin() {
      return terminal.stdin;
    },
    out(text) {
      if (text === "") return;
      const word = randomUUID();
      terminal.out(`::stop-commands::${word}\n${withoutOrders(text)}\n::${word}::\n`, "exact");
    },
  };
}

/**
 * Tells GitHub what it shows: annotations at the changed lines, the step's summary, and outputs for later steps. What
 * cannot be told is said and changes no verdict.
 */
export async function tellGithub(
  report: Report,
  targets: readonly ReportTarget[],
  terminal: Terminal,
  surroundings: Surroundings,
): Promise<void> {
  const view = { color: false, width: terminal.width, quiet: false, verbose: false };
  const onScreen = targets.find(({ file }) => file === null)?.format;
  // A machine that reads standard output finds one report there.
  if (onScreen === "text") terminal.out(renderReport("github", report, view), "exact");
  const written = targets.find(({ format }) => format === "sarif")?.file ?? null;
  const sarif = written === null ? null : path.resolve(terminal.cwd, written);
  await append("GITHUB_STEP_SUMMARY", renderReport("markdown", report, view), LONGEST_SUMMARY);
  await append("GITHUB_OUTPUT", outputs(report, sarif), Number.POSITIVE_INFINITY);

  async function append(variable: string, text: string, longest: number): Promise<void> {
    const file = told(surroundings, variable);
    if (file === null || text === "") return;
    try {
      const { size } = await files.stat(file);
      if (size + Buffer.byteLength(text) > longest)
        terminal.err(`aura-scan: the step's summary is full, and the report is not in it (${variable})\n`);
      else await files.appendFile(file, text);
    } catch {
      terminal.err(`aura-scan: the file that ${variable} names cannot be written\n`);
    }
  }
}

/** https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#setting-an-output-parameter */
function outputs(report: Report, sarif: string | null): string {
  const blocking = report.findings.filter((finding) => blocks(finding, report)).length;
  return [
    `verdict=${report.verdict}`,
    `findings=${report.findings.length}`,
    `blocking=${blocking}`,
    // A line break would begin another output.
    ...(sarif === null || /[\r\n]/.test(sarif) ? [] : [`sarif=${sarif}`]),
    "",
  ].join("\n");
}
