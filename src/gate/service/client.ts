import type { Policy } from "../../settings/policy.js";
import { type PolicySource, policySource } from "./policy-source.js";

/** What a client said of itself in `initialize`. */
export type Introduction = {
  readonly peerId: string | null;
  readonly mothership: string | null;
  /** The policy that it brought, or the absolute path of its file. */
  readonly policy: Policy | string | null;
};

/** One client: one connection. */
export type Client = {
  introduced: boolean;
  peerId: string | null;
  mothership: string | null;
  policy: PolicySource;
  /** Nobody is there any more to be answered. */
  gone: boolean;
  /** The service ends: what comes now is refused. */
  ending: boolean;
};

export function newClient(): Client {
  return {
    introduced: false,
    peerId: null,
    mothership: null,
    policy: policySource(null),
    gone: false,
    ending: false,
  };
}

/** Takes what a client says of itself, once. */
export function introduce(client: Client, { peerId, mothership, policy }: Introduction): void {
  client.introduced = true;
  client.peerId = peerId;
  client.mothership = mothership;
  client.policy = policySource(policy);
}
