import type { Language } from "../units/unit.js";
import { INVALID_PARAMS, isObject, RpcFault } from "./json-rpc.js";
import type { PushRequest } from "./push.js";

const LANGUAGES: readonly Language[] = ["rust", "typescript", "tsx", "javascript"];

/** A hash that came with a request is let through and never repeated: the answer carries the right one. */
const KEYS = ["path", "source", "body", "aura_id", "name", "language", "signature", "hash", "content_hash"];

/** The pushes in the params of `preflight.check`. Throws `RpcFault` that names the push and the key at fault. */
export function pushesOf(params: unknown): readonly PushRequest[] {
  if (!isObject(params)) throw fault("params must be an object with pushes");
  const unknown = Object.keys(params).find((key) => key !== "pushes");
  if (unknown !== undefined) throw fault("params holds a key other than pushes");
  const pushes = params["pushes"];
  if (!Array.isArray(pushes)) throw fault("params.pushes must be a list");
  return pushes.map((push: unknown, index) => pushOf(push, `params.pushes[${index}]`));
}

function pushOf(value: unknown, where: string): PushRequest {
  if (!isObject(value)) throw fault(`${where} must be an object`);
  if (Object.keys(value).some((key) => !KEYS.includes(key))) {
    throw fault(`${where} holds an unknown key; known are ${KEYS.join(", ")}`);
  }
  const text = (key: string): string | null => {
    const given = value[key];
    if (given === undefined || given === null) return null;
    if (typeof given !== "string") throw fault(`${where}.${key} must be a string`);
    return given;
  };
  const path = text("path");
  if (path === null) throw fault(`${where}.path is missing`);
  const language = text("language");
  if (language !== null && !(LANGUAGES as readonly string[]).includes(language)) {
    throw fault(`${where}.language must be one of ${LANGUAGES.join(", ")}`);
  }
  const source = text("source");
  const body = text("body");
  if ((source === null) === (body === null)) throw fault(`${where} must hold either source or body`);
  const about = { path, aura_id: text("aura_id"), name: text("name"), language: language as Language | null };
  if (source !== null) return { ...about, kind: "source", source };
  return { ...about, kind: "body", body: body ?? "", signature: text("signature") };
}

function fault(message: string): RpcFault {
  return new RpcFault(INVALID_PARAMS, message);
}
