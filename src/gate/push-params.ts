import type { Language } from "../units/unit.js";
import { INVALID_PARAMS, RpcFault } from "./json-rpc.js";
import { fieldsOf } from "./params.js";
import type { PushRequest } from "./push.js";

const LANGUAGES: readonly Language[] = ["rust", "typescript", "tsx", "javascript"];

/** A hash that came with a request is let through and never repeated: the answer carries the right one. */
const KEYS = ["path", "source", "body", "aura_id", "name", "language", "signature", "hash", "content_hash"];

/** The pushes in the params of `preflight.check`, at most so many. Throws `RpcFault` that names the push and the key at fault. */
export function pushesOf(params: unknown, most: number = Number.POSITIVE_INFINITY): readonly PushRequest[] {
  const pushes = fieldsOf(params, "params", ["pushes"]).raw("pushes");
  if (!Array.isArray(pushes)) throw new RpcFault(INVALID_PARAMS, "params.pushes must be a list");
  if (pushes.length > most)
    throw new RpcFault(
      INVALID_PARAMS,
      `params.pushes holds more than ${most}: send them in several requests`,
    );
  return pushes.map((push: unknown, index) => pushOf(push, `params.pushes[${index}]`));
}

function pushOf(value: unknown, where: string): PushRequest {
  const fields = fieldsOf(value, where, KEYS);
  const whole = Number.POSITIVE_INFINITY;
  const path = fields.text("path");
  if (path === null) throw fields.fault("path", "is missing");
  const language = fields.text("language") === null ? null : fields.oneOf("language", LANGUAGES);
  const source = fields.text("source", whole);
  const body = fields.text("body", whole);
  if ((source === null) === (body === null))
    throw new RpcFault(INVALID_PARAMS, `${where} must hold either source or body`);
  const about = { path, aura_id: fields.text("aura_id"), name: fields.text("name"), language };
  if (source !== null) return { ...about, kind: "source", source };
  return { ...about, kind: "body", body: body ?? "", signature: fields.text("signature", whole) };
}
