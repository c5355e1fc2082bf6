import type { Engine } from "../../scan/engine.js";
import { checkPushPath } from "../../scope/scope.js";
import { type Policy, policyFaults, strictest } from "../../settings/policy.js";
import { engineFor } from "../gate.js";
import type { Client } from "./client.js";
import type { InForce, SettingsSource } from "./in-force.js";
import type { PolicySource } from "./policy-source.js";

/** What holds for a client now. */
export type Terms = {
  readonly force: InForce;
  /** The engine for the path that is asked about: its folder may have settings of its own. */
  readonly engine: Engine;
  /** What the service's and the client's policy ask together. */
  readonly policy: Policy | null;
  /** Why nothing of it may leave now, whatever it offers; empty where all is well. */
  readonly refusals: readonly string[];
};

/** The terms of a client for what stands at `path`, or for the repository: the settings, and what the policies make of them. */
export async function termsOf(
  client: Client,
  settings: SettingsSource,
  policy: PolicySource,
  path: string | null,
): Promise<Terms> {
  const checked = path === null ? null : checkPushPath(path);
  const force = await (checked?.ok === true ? settings.currentAt(checked.path) : settings.current());
  const policies = [await policy.current(), await client.policy.current()];
  const asked = strictest(policies.flatMap((now) => now.policy ?? []));
  const faults = policies.flatMap((now) => now.fault ?? []);
  if (force.fault !== null) faults.unshift(force.fault);
  const refusals = faults.map((fault) => `nothing passes until this is mended: ${fault}`);
  const terms = { force, engine: force.engine, policy: asked };
  if (faults.length > 0) return { ...terms, refusals };
  const engine = await engineFor(force.engine, path);
  if (typeof engine === "string") return { ...terms, refusals: [engine] };
  const disallowed = asked === null ? [] : policyFaults(asked, engine.settings);
  return { ...terms, engine, refusals: disallowed };
}
