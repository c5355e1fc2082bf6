import { createGate } from "../gate/gate.js";
import { isObject, type RpcAnswer } from "../gate/json-rpc.js";
import type { PushAnswer } from "../gate/push.js";
import { repositoryOf } from "../sources/repository.js";
import { EXIT, type ExitCode } from "./exit.js";
import type { Command } from "./parse-arguments.js";
import { textOf } from "./stdin.js";

/** `aura-scan preflight`: one JSON-RPC request on standard input, one answer on standard output (design section 9). */
export const preflightCommand: Command = {
  usage: "preflight",
  about: "Answer one JSON-RPC request on standard input: what of these units may leave?",
  options: (argv) => argv,
  async run(_options, terminal) {
    const repository = await repositoryOf(terminal.cwd);
    const gate = await createGate({ root: repository?.root ?? terminal.cwd });
    const answer = await gate.answer(await textOf(terminal.stdin));
    if (answer === null) return EXIT.allow;
    terminal.out(`${JSON.stringify(answer)}\n`);
    return exitCodeOf(answer);
  },
};

/** 0 if nothing is blocked, 1 if something is, 2 for a request that is wrong, 3 for a fault of ours. */
function exitCodeOf(answer: RpcAnswer): ExitCode {
  if ("error" in answer) return answer.error.code === -32603 ? EXIT.incomplete : EXIT.usage;
  const pushes = isObject(answer.result) ? (answer.result["pushes"] as readonly PushAnswer[]) : [];
  return pushes.some((push) => push.verdict === "block") ? EXIT.block : EXIT.allow;
}
