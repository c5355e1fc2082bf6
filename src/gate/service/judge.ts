import type { Engine } from "../../scan/engine.js";
import { type Judgement, refusedPush } from "../check-push.js";
import { judgedPush } from "../gate.js";
import type { PushRequest } from "../push.js";

/** When an answer would come too late. */
export type Deadline = {
  readonly clock: () => number;
  /** By the clock. */
  readonly at: number;
  /** The time that one push has, in milliseconds. */
  readonly each: number;
};

/**
 * The judgements of one push, whatever happens: what takes too long, and what nobody foresaw, is blocked. Judging cannot
 * be interrupted, so what took too long is known only afterwards.
 */
export function judge(
  root: string,
  engine: Engine,
  push: PushRequest,
  refusals: readonly string[],
  { clock, at, each }: Deadline,
): readonly Judgement[] {
  const [refusal] = refusals;
  if (refusal !== undefined) return [withReasons(refusedPush(engine, push, refusal), refusals)];
  const late = `the time limit of ${each} ms for a push ran out: offer it again`;
  const started = clock();
  if (started > at) return [refusedPush(engine, push, late)];
  try {
    const judged = judgedPush(root, engine, push);
    return clock() - started > each ? [refusedPush(engine, push, late)] : judged;
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown fault";
    return [refusedPush(engine, push, `internal fault (${name}): nothing may be sent`)];
  }
}

/** The judgement as a block for these reasons: nothing of the unit is handed out. */
export function blockedFor({ answer, ...rest }: Judgement, reasons: readonly string[]): Judgement {
  const nothing = { record_id: null, wire_body: null, bytes: null, hash: null };
  return { ...rest, answer: { ...answer, ...nothing, verdict: "block", reasons } };
}

function withReasons(judgement: Judgement, reasons: readonly string[]): Judgement {
  return { ...judgement, answer: { ...judgement.answer, reasons } };
}
