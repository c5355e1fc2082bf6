import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Report } from "../../src/report/report.js";
import { cleanEnvironment } from "../repository.js";

/** The Node under test: `.ci/run` sets the oldest and the newest that we support. */
export const NODE = process.env["AURA_SCAN_TEST_NODE"] ?? process.execPath;

export const BIN = fileURLToPath(new URL("../../bin/aura-scan.js", import.meta.url));

export type Run = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs the built command line as a user would, cut off from the machine's git settings. */
export function auraScan(
  cwd: string,
  words: readonly string[],
  options: { readonly input?: string | Uint8Array; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(NODE, [BIN, ...words], { cwd, env: { ...environment(), ...options.env } });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
  });
}

/** The JSON report of a run. */
export async function reportOf(
  cwd: string,
  words: readonly string[],
  options: Parameters<typeof auraScan>[2] = {},
): Promise<Report> {
  const run = await auraScan(cwd, ["--report", "json", ...words], options);
  try {
    return JSON.parse(run.out) as Report;
  } catch {
    throw new Error(`no report: exit ${run.code}\n${run.out}\n${run.err}`);
  }
}

/** The tests' environment with the Node under test first on PATH, so that hooks find it too. */
export function environment(): NodeJS.ProcessEnv {
  const { PATH = "", ...rest } = cleanEnvironment();
  const { NO_COLOR: _noColor, FORCE_COLOR: _forceColor, ...plain } = rest;
  return { ...plain, PATH: `${path.dirname(NODE)}${path.delimiter}${PATH}` };
}
