import { resolve } from "node:path";
import { INTERNAL_ERROR, isObject, LEDGER_FAULT } from "../gate/json-rpc.js";
import type { PushAnswer } from "../gate/push.js";
import { repositoryLedger } from "../gate/service/repository-ledger.js";
import { createGateService, type GateService } from "../gate/service/service.js";
import { repositoryOf } from "../sources/repository.js";
import type { Command } from "./command.js";
import { EXIT, type ExitCode, UsageError } from "./exit.js";
import { serveOnSocket, serveStandardStreams } from "./preflight-service.js";
import { textOf } from "./stdin.js";
import type { Terminal } from "./terminal.js";

type PreflightOptions = {
  readonly stdio: boolean;
  readonly socket: string | undefined;
  readonly policy: string | undefined;
};

/**
 * `aura-scan preflight`: one JSON-RPC request on standard input, one answer on standard output (design section 9); with
 * `--stdio` or `--socket` a service for as many as come.
 */
export const preflightCommand: Command<PreflightOptions> = {
  usage: "preflight",
  about: "Answer JSON-RPC requests: what of these units may leave?",
  options: (argv) =>
    argv
      .option("stdio", {
        type: "boolean",
        default: false,
        describe: "Serve one client on standard input and output, a message a line, until it ends",
      })
      .option("socket", {
        type: "string",
        requiresArg: true,
        describe: "Serve many clients on this Unix socket, or named pipe on Windows",
      })
      .option("policy", {
        type: "string",
        requiresArg: true,
        describe: "The mothership.toml whose [policy.privacy] every push must meet",
      }),
  async run({ stdio, socket, policy }, terminal) {
    if (stdio && socket !== undefined) throw new UsageError("--stdio and --socket exclude each other");
    const repository = await repositoryOf(terminal.cwd);
    const root = repository?.root ?? terminal.cwd;
    const service = createGateService({
      root,
      ledger: repositoryLedger(root, repository?.gitDir ?? null, { drops: stdio || socket !== undefined }),
      policy: policy === undefined ? null : resolve(terminal.cwd, policy),
      // A whole repository may be asked about in one go: nobody else waits.
      ...(stdio || socket !== undefined ? {} : { limits: ONE_SHOT }),
    });
    if (socket !== undefined) return serveOnSocket(service, socket, terminal);
    return stdio ? serveStandardStreams(service, terminal) : answerOnce(service, terminal);
  },
};

const ONE_SHOT = { pushes: Number.POSITIVE_INFINITY };

async function answerOnce(service: GateService, terminal: Terminal): Promise<ExitCode> {
  // Nobody will come again when the settings are mended.
  const { error } = await service.settings();
  if (error !== null) throw error;
  const answer = await service.connect().answer(await textOf(terminal.stdin));
  await service.close();
  if (answer === null) return EXIT.allow;
  terminal.out(`${answer}\n`);
  const answers: unknown = JSON.parse(answer);
  return worst((Array.isArray(answers) ? answers : [answers]).map(exitCodeOf));
}

function worst(codes: readonly ExitCode[]): ExitCode {
  return [EXIT.incomplete, EXIT.usage, EXIT.block].find((code) => codes.includes(code)) ?? EXIT.allow;
}

/** 0 if nothing is blocked, 1 if something is, 2 for a request that is wrong, 3 for a fault of ours. */
function exitCodeOf(answer: unknown): ExitCode {
  if (!isObject(answer)) return EXIT.incomplete;
  const { error, result } = answer as { readonly error?: unknown; readonly result?: unknown };
  if (isObject(error)) {
    const isOurs = error["code"] === INTERNAL_ERROR || error["code"] === LEDGER_FAULT;
    return isOurs ? EXIT.incomplete : EXIT.usage;
  }
  const pushes = isObject(result) ? (result["pushes"] as readonly PushAnswer[]) : [];
  return pushes.some((push) => push.verdict === "block") ? EXIT.block : EXIT.allow;
}
