import { realpathSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { VERSION } from "../../report/version.js";
import { blottedLine } from "../../scan/blot.js";
import { type Engine, withoutSecrets } from "../../scan/engine.js";
import { secretsInName } from "../../scan/name-secrets.js";
import { POLICY_DEFAULTS, POLICY_KEYS, type Policy, policyDigest } from "../../settings/policy.js";
import { isPeerId, isTime, RESOLUTIONS } from "../envelope/envelope.js";
import { outwardNameFault } from "../envelope/outward-name.js";
import { INVALID_REQUEST, isObject, NOT_INITIALIZED, RpcFault } from "../json-rpc.js";
import { type Fields, fieldsOf } from "../params.js";
import { pushesOf } from "../push-params.js";
import { type Client, introduce } from "./client.js";
import { checkConflict, checkHeartbeat } from "./outward.js";
import type { ServiceCore } from "./service-core.js";
import type { Terms } from "./terms.js";

/** What a method does: gives the result, or throws an `RpcFault`. */
export type Method = (core: ServiceCore, client: Client, params: unknown) => unknown;

/** The protocol's version. */
const PROTOCOL = 1;

/** Every method. All but `initialize` and `preflight.check` want to know who asks first. */
export const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ["initialize", initialize],
  ["preflight.check", check],
  ["preflight.sent", introduced((core, client, params) => tell(core, client, params, "sent"))],
  ["preflight.failed", introduced((core, client, params) => tell(core, client, params, "failed"))],
  ["pull.received", introduced(pullReceived)],
  ["heartbeat.check", introduced(heartbeat)],
  ["conflict.check", introduced(conflict)],
  ["settings.reload", introduced(reload)],
  ["shutdown", introduced(shutdown)],
]);

function introduced(method: Method): Method {
  return (core, client, params) => {
    if (!client.introduced) throw new RpcFault(NOT_INITIALIZED, "send initialize first");
    return method(core, client, params);
  };
}

async function initialize(core: ServiceCore, client: Client, params: unknown): Promise<unknown> {
  const fields = fieldsOf(params, "params", [
    "client",
    "root",
    "mothership",
    "peer_id",
    "policy",
    "protocol",
  ]);
  const protocol = fields.raw("protocol");
  if (protocol !== undefined && protocol !== PROTOCOL) throw fields.fault("protocol", "must be 1");
  fields.needed("client", 128);
  if (!isRoot(core.root, fields.needed("root")))
    throw fields.fault("root", "is not the folder that this service guards");
  const peerId = fields.text("peer_id");
  if (peerId !== null && !isPeerId(peerId)) throw fields.fault("peer_id", "is no peer's id");
  const mothership = mothershipIn(fields);
  const policy = policyIn(core.root, fields);
  if (client.introduced) throw new RpcFault(INVALID_REQUEST, "initialize was sent before");
  introduce(client, { peerId, mothership, policy });
  const terms = await core.terms(client);
  try {
    refuseSecrets(fields, { peer_id: peerId, mothership }, terms);
  } catch (error) {
    // Whoever is refused has not introduced itself.
    client.introduced = false;
    throw error;
  }
  return { protocol: PROTOCOL, tool: { name: "aura-scan", version: VERSION }, ...told(terms) };
}

async function check(core: ServiceCore, client: Client, params: unknown): Promise<unknown> {
  return { pushes: await core.check(client, pushesOf(params, core.limits.pushes)) };
}

async function tell(
  core: ServiceCore,
  client: Client,
  params: unknown,
  state: "sent" | "failed",
): Promise<unknown> {
  const known = ["record_id", "mothership", "at", ...(state === "failed" ? ["error"] : [])];
  const fields = fieldsOf(params, "params", known);
  const recordId = fields.needed("record_id", 64);
  const happened_at = timeIn(fields);
  const mothership = mothershipIn(fields) ?? client.mothership;
  const why = state === "failed" ? fields.text("error", Number.POSITIVE_INFINITY) : null;
  const terms = await core.ready(client);
  refuseSecrets(fields, { mothership }, terms);
  const error = why === null ? null : toldError(why, terms);
  const recorded = await core.deliveries.tell({ record_id: recordId, state, error, happened_at }, mothership);
  return { record_id: recordId, state, recorded };
}

async function pullReceived(core: ServiceCore, client: Client, params: unknown): Promise<unknown> {
  const fields = fieldsOf(params, "params", ["aura_id", "peer_id", "bytes", "hash", "at"]);
  const auraId = fields.needed("aura_id");
  const fault = outwardNameFault(auraId);
  if (fault !== null) throw fields.fault("aura_id", `cannot be kept: ${fault}`);
  const peerId = fields.needed("peer_id");
  if (!isPeerId(peerId)) throw fields.fault("peer_id", "is no peer's id");
  const bytes = fields.count("bytes");
  const hash = fields.text("hash")?.replace(/^sha256:/, "") ?? null;
  if (hash !== null && !/^[0-9a-f]{64}$/.test(hash)) throw fields.fault("hash", "is no SHA-256");
  timeIn(fields);
  const terms = await core.ready(client);
  refuseSecrets(fields, { peer_id: peerId }, terms);
  const aura_id = spoken(auraId, terms.force.engine);
  await core.append({ kind: "pull", aura_id, peer_id: peerId, bytes, hash });
  return { recorded: true };
}

async function heartbeat(core: ServiceCore, client: Client, params: unknown): Promise<unknown> {
  const fields = fieldsOf(params, "params", ["active_function", "path", "source", "at"]);
  const name = fields.text("active_function");
  const path = fields.text("path");
  const source = fields.text("source", Number.POSITIVE_INFINITY);
  if (source !== null && path === null) throw fields.fault("source", "is of no file: path is missing");
  const active = name === null ? null : { name, path, source };
  const sender = senderOf(core, client, fields);
  return checkHeartbeat(core.root, await core.terms(client, path), active, sender);
}

async function conflict(core: ServiceCore, client: Client, params: unknown): Promise<unknown> {
  const fields = fieldsOf(params, "params", ["aura_id", "ours", "theirs", "resolution", "at"]);
  const given = {
    aura_id: fields.needed("aura_id"),
    ours: fields.needed("ours"),
    theirs: fields.needed("theirs"),
    resolution: fields.oneOf("resolution", RESOLUTIONS),
  };
  const sender = senderOf(core, client, fields);
  return checkConflict(await core.terms(client), given, sender);
}

async function reload(core: ServiceCore, client: Client, params: unknown): Promise<unknown> {
  fieldsOf(params ?? {}, "params", []);
  await core.settings.reload();
  return told(await core.ready(client));
}

function shutdown(core: ServiceCore, _client: Client, params: unknown): unknown {
  fieldsOf(params ?? {}, "params", []);
  core.shutdown();
  return {};
}

function told({ force, policy, refusals }: Terms): { readonly [key: string]: unknown } {
  return {
    settings_digest: force.fault === null ? force.settingsDigest : null,
    policy,
    policy_digest: policy === null ? null : policyDigest(policy),
    refusals,
  };
}

function senderOf(core: ServiceCore, client: Client, fields: Fields) {
  if (client.peerId === null) throw new RpcFault(NOT_INITIALIZED, "initialize named no peer_id");
  return { peer_id: client.peerId, at: timeIn(fields) ?? core.now() };
}

function timeIn(fields: Fields): string | null {
  const at = fields.text("at", 40);
  if (at !== null && !isTime(at)) throw fields.fault("at", "is no ISO time in UTC");
  return at;
}

/** A Mothership's name or address. One with a user's name or a password in it is refused. */
function mothershipIn(fields: Fields): string | null {
  const mothership = fields.text("mothership", 256);
  if (mothership !== null && !/^(?:[a-z][a-z0-9+.-]*:\/\/)?[\w.:[\]-]+(?:\/[\w./-]*)?$/i.test(mothership))
    throw fields.fault("mothership", "is no name or address of a Mothership");
  return mothership;
}

/** Who sends and where to is sent and written down as it is. */
function refuseSecrets(
  fields: Fields,
  given: { readonly [key: string]: string | null },
  { force }: Terms,
): void {
  for (const [key, value] of Object.entries(given))
    if (value !== null && secretsInName(value, force.engine.keywords).length > 0)
      throw fields.fault(key, "holds a secret");
}

function policyIn(root: string, fields: Fields): Policy | string | null {
  const given = fields.raw("policy");
  if (given === undefined || given === null) return null;
  if (typeof given === "string") {
    const path = fields.needed("policy");
    return isAbsolute(path) ? path : resolve(root, path);
  }
  if (!isObject(given)) throw fields.fault("policy", "must be a path or an object");
  const inline = fieldsOf(given, "params.policy", POLICY_KEYS);
  const asks = (key: keyof Policy): boolean => {
    const value = inline.raw(key);
    if (value !== undefined && typeof value !== "boolean") throw inline.fault(key, "must be true or false");
    return value ?? POLICY_DEFAULTS[key];
  };
  return {
    require_mask_secrets: asks("require_mask_secrets"),
    require_e2e: asks("require_e2e"),
    enforce_default_private: asks("enforce_default_private"),
  };
}

function isRoot(root: string, given: string): boolean {
  try {
    return isAbsolute(given) && realpathSync.native(given) === realpathSync.native(root);
  } catch {
    return false;
  }
}

/** So much is kept of why a push failed. */
const LONGEST_ERROR = 500;

function toldError(error: string, { force }: Terms): string {
  return spoken(error, force.engine).slice(0, LONGEST_ERROR);
}

/** A text of the client's without secrets, and without what looks like one. */
function spoken(text: string, engine: Engine): string {
  return blottedLine(withoutSecrets(text, engine.keywords), []);
}
