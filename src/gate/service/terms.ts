import { type Policy, policyFaults, strictest } from "../../settings/policy.js";
import type { Client } from "./client.js";
import type { InForce, SettingsSource } from "./in-force.js";
import type { PolicySource } from "./policy-source.js";

/** What holds for a client now. */
export type Terms = {
  readonly force: InForce;
  /** What the service's and the client's policy ask together. */
  readonly policy: Policy | null;
  /** Why nothing of it may leave now, whatever it offers; empty where all is well. */
  readonly refusals: readonly string[];
};

/** The terms of a client: the settings, and what the policies make of them. */
export async function termsOf(
  client: Client,
  settings: SettingsSource,
  policy: PolicySource,
): Promise<Terms> {
  const force = await settings.current();
  const policies = [await policy.current(), await client.policy.current()];
  const asked = strictest(policies.flatMap((now) => now.policy ?? []));
  const faults = policies.flatMap((now) => now.fault ?? []);
  if (force.fault !== null) faults.unshift(force.fault);
  const refusals = faults.map((fault) => `nothing passes until this is mended: ${fault}`);
  if (faults.length > 0 || asked === null) return { force, policy: asked, refusals };
  return { force, policy: asked, refusals: policyFaults(asked, force.engine.settings) };
}
