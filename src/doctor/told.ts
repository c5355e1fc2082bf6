import { plainJson } from "../report/plain-json.js";
import { VERSION } from "../report/version.js";
import { counted } from "../report/words.js";
import type { State } from "./check.js";
import type { Examination } from "./examine.js";

/** `sound`: nothing is wrong. `fault`: something is. `unknown`: something could not be told, and nothing is known to be wrong. */
export type Diagnosis = "sound" | "fault" | "unknown";

export function diagnosisOf({ checks }: Pick<Examination, "checks">): Diagnosis {
  if (checks.some(({ state }) => state === "fault")) return "fault";
  // A gate that was never seen at work is not known to work.
  const seen = ["commit-shell", "push-shell"].every((id) => checks.some((check) => check.id === id));
  return !seen || checks.some(({ state }) => state === "unknown") ? "unknown" : "sound";
}

const WORDS: Readonly<Record<State, string>> = {
  good: "ok",
  note: "note",
  fault: "FAULT",
  unknown: "unknown",
};

const INDENT = " ".repeat(9);
const below = (text: string): string => text.replaceAll("\n", `\n${INDENT}`);

/** For people: a line a check, and below what to do. */
export function examinationText(examination: Examination): string {
  const lines = examination.checks.flatMap(({ id, state, message, fix }) => [
    `${WORDS[state].padEnd(8)} ${id}: ${below(message)}`,
    ...(fix === null ? [] : [`${INDENT}${below(fix)}`]),
  ]);
  return `${[...lines, lastLine(examination)].join("\n")}\n`;
}

function lastLine(examination: Examination): string {
  const count = (state: State) => examination.checks.filter((check) => check.state === state).length;
  switch (diagnosisOf(examination)) {
    case "sound":
      return "The gate works here: secrets were refused and innocent files let through, by the hooks that git runs.";
    case "fault":
      return `The gate does not work as it should: ${counted(count("fault"), "fault")} to mend.`;
    case "unknown":
      return "It could not be told whether the gate works here.";
  }
}

/** For a program. */
export function examinationJson(examination: Examination): string {
  const told = {
    schema: "aura-scan/doctor/1",
    tool: { name: "aura-scan", version: VERSION },
    root: examination.root,
    diagnosis: diagnosisOf(examination),
    checks: examination.checks,
  };
  return `${plainJson(told, 2)}\n`;
}
