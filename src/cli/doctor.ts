import { examine } from "../doctor/examine.js";
import { type Diagnosis, diagnosisOf, examinationJson, examinationText } from "../doctor/told.js";
import { repositoryOf } from "../sources/repository.js";
import type { Command } from "./command.js";
import { EXIT, type ExitCode, UsageError } from "./exit.js";
import { onceAskedToEnd } from "./signals.js";

type DoctorOptions = { readonly json: boolean };

const CODES: Readonly<Record<Diagnosis, ExitCode>> = {
  sound: EXIT.allow,
  fault: EXIT.block,
  unknown: EXIT.incomplete,
};

/** `aura-scan doctor`: proves with a made-up secret that the gate works here, and says what to do where it does not. */
export const doctorCommand: Command<DoctorOptions> = {
  usage: "doctor",
  about: "Prove that the gate works here: try the installed hooks with a made-up secret, change nothing",
  options: (argv) =>
    argv.option("json", { type: "boolean", default: false, describe: "For a program to read" }),
  async run({ json }, terminal) {
    const repository = await repositoryOf(terminal.cwd);
    if (repository === null)
      throw new UsageError("doctor needs a git repository, and this folder is in none");
    if (repository.isBare)
      throw new UsageError("doctor needs a working tree, and this repository is bare: run it in a clone");
    const asked = new AbortController();
    const stop = onceAskedToEnd(() => {
      asked.abort();
      process.exit(EXIT.incomplete);
    });
    const examination = await examine(repository, process.env, asked.signal).finally(stop);
    terminal.out(json ? examinationJson(examination) : examinationText(examination));
    return CODES[diagnosisOf(examination)];
  },
};
