import { promises as timers } from "node:timers";
import { blottedLine } from "../scan/blot.js";
import { type Engine, engineAt } from "../scan/engine.js";
import { checkPushPath } from "../scope/scope.js";
import { leavesRepository } from "../scope/symlink.js";
import { ConfigError } from "../toml/config-error.js";
import { checkPush, type Judgement, refusedPush } from "./check-push.js";
import {
  faultAnswer,
  INTERNAL_ERROR,
  METHOD_NOT_FOUND,
  parseRequest,
  type RpcAnswer,
  RpcFault,
} from "./json-rpc.js";
import { openEngine } from "./open-engine.js";
import type { PushAnswer, PushRequest } from "./push.js";
import { pushesOf } from "./push-params.js";

/** The preflight gate of one repository: asked before each push, it answers what may leave. */
export type Gate = {
  readonly engine: Engine;
  /** One answer for a body, one for each unit of a source, in order. */
  readonly check: (pushes: readonly PushRequest[]) => Promise<readonly PushAnswer[]>;
  /** The answer to one JSON-RPC request as text; null for a notification. Never throws. */
  readonly answer: (request: string) => Promise<RpcAnswer | null>;
};

/**
 * Opens the gate of the repository at `root`, with its own settings and rules unless an engine is given.
 * Throws `ConfigError` where they are broken.
 */
export async function createGate(options: {
  readonly root: string;
  readonly engine?: Engine;
}): Promise<Gate> {
  const { root } = options;
  const engine = options.engine ?? (await openEngine(root));
  const check = async (pushes: readonly PushRequest[]): Promise<readonly PushAnswer[]> => {
    const answers: PushAnswer[] = [];
    for (const push of pushes) {
      const under = await engineFor(engine, push.path);
      const judged =
        typeof under === "string" ? [refusedPush(engine, push, under)] : judgedPush(root, under, push);
      answers.push(...judged.map(({ answer }) => answer));
      // tree-sitter's trees are freed only when the event loop turns.
      await timers.setImmediate();
    }
    return answers;
  };
  return { engine, check, answer: (request) => answerTo(request, check) };
}

/** The engine under which a push of what stands at `path` is judged, or why it cannot be: its folder's settings file is broken. */
export async function engineFor(engine: Engine, path: string | null): Promise<Engine | string> {
  const checked = path === null ? null : checkPushPath(path);
  try {
    return checked?.ok === true ? await engineAt(engine, checked.path) : engine;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return `nothing passes there until this is mended: ${blottedLine(error.message, [])}`;
  }
}

/** The judgements of one push, its file looked up on the disk. */
export function judgedPush(root: string, engine: Engine, push: PushRequest): readonly Judgement[] {
  const outside = checkPushPath(push.path).ok && leavesRepository(root, push.path);
  return outside ? [refusedPush(engine, push, LEADS_OUT)] : checkPush(engine, push);
}

const LEADS_OUT = "path: a symlink leads it out of the repository; such a file is never in scope";

/** The answer to a request, whatever it holds; a fault inside is told as such and never lets a push through. */
async function answerTo(request: string, check: Gate["check"]): Promise<RpcAnswer | null> {
  let id: string | number | null = null;
  try {
    const parsed = parseRequest(request);
    id = parsed.id ?? null;
    if (parsed.method !== "preflight.check") {
      throw new RpcFault(METHOD_NOT_FOUND, "unknown method; a one-shot gate answers preflight.check", id);
    }
    const pushes = await check(pushesOf(parsed.params));
    return parsed.id === undefined ? null : { jsonrpc: "2.0", id, result: { pushes } };
  } catch (error) {
    if (error instanceof RpcFault) return faultAnswer(error, id);
    const name = error instanceof Error ? error.name : "unknown fault";
    return {
      jsonrpc: "2.0",
      id,
      error: { code: INTERNAL_ERROR, message: `internal fault (${name}): nothing may be sent` },
    };
  }
}
