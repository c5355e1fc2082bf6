import { basename } from "node:path";
import { createHash } from "../text/crypto.js";
import { configError, isTable, parseToml, type TomlProblem } from "../toml/document.js";
import { nearest } from "../toml/nearest.js";
import { tableReader } from "../toml/table-reader.js";
import { textOfFile } from "./bounded-file.js";
import { SETTINGS_FILE } from "./load.js";
import type { Settings } from "./settings.js";

/** What a Mothership asks of every peer's settings, `[policy.privacy]` of its `mothership.toml`. */
export type Policy = {
  /** Peers that disable masking are refused. */
  readonly require_mask_secrets: boolean;
  /** Pushes without end-to-end encryption are refused. */
  readonly require_e2e: boolean;
  /** Peers must keep private what is not marked public. */
  readonly enforce_default_private: boolean;
};

/** The keys of a policy, as the specification's page writes them. */
export const POLICY_KEYS = ["require_mask_secrets", "require_e2e", "enforce_default_private"] as const;

/** What the policy's file is called where nobody named one. */
export const POLICY_FILE = "mothership.toml";

/** What a `[policy.privacy]` asks that leaves keys out: the page's own values. */
export const POLICY_DEFAULTS: Policy = {
  require_mask_secrets: true,
  require_e2e: false,
  enforce_default_private: false,
};

/**
 * The policy that `text` states. Other tables of the file are the Mothership's own; one whose name is nearly that of the
 * policy, or none at all, is a fault: it would enforce nothing. Throws one `ConfigError` with every fault.
 */
export async function parsePolicy(text: string, file: string = POLICY_FILE): Promise<Policy> {
  const document = parseToml(text, file);
  const problems: TomlProblem[] = [];
  const root = tableReader(document.root, [], problems);
  const policy = root.table("policy");
  if (!policy.has("privacy")) problems.push(nothingEnforced(document.root));
  const privacy = policy.table("privacy");
  const read = {
    require_mask_secrets: privacy.boolean("require_mask_secrets", POLICY_DEFAULTS.require_mask_secrets),
    require_e2e: privacy.boolean("require_e2e", POLICY_DEFAULTS.require_e2e),
    enforce_default_private: privacy.boolean(
      "enforce_default_private",
      POLICY_DEFAULTS.enforce_default_private,
    ),
  };
  privacy.close();
  if (problems.length > 0) throw await configError(document, problems);
  return read;
}

function nothingEnforced(root: { readonly [key: string]: unknown }): TomlProblem {
  const policy = root["policy"];
  const inside = isTable(policy) ? policy : null;
  const wrong =
    inside === null ? nearest("policy", Object.keys(root)) : nearest("privacy", Object.keys(inside));
  const path = [...(inside === null ? [] : ["policy"]), ...(wrong === null ? [] : [wrong])];
  return { path, at: "key", message: "there is no [policy.privacy], so nothing would be enforced" };
}

/** The policy in the file at `path`. Throws `ConfigError`, whatever the cause. */
export async function loadPolicy(path: string): Promise<Policy> {
  const shown = basename(path);
  return parsePolicy(textOfFile(path, shown), shown);
}

/** What all of these ask together. */
export function strictest(policies: readonly Policy[]): Policy | null {
  if (policies.length === 0) return null;
  const asks = (key: keyof Policy): boolean => policies.some((policy) => policy[key]);
  return {
    require_mask_secrets: asks("require_mask_secrets"),
    require_e2e: asks("require_e2e"),
    enforce_default_private: asks("enforce_default_private"),
  };
}

/** Why the policy disallows these settings, a sentence for each key with both values; empty where it does not. */
export function policyFaults(
  policy: Policy,
  settings: Pick<Settings, "file" | "maskSecrets" | "masks" | "customMasks" | "e2e" | "defaultPrivate">,
): readonly string[] {
  const { maskSecrets, masks, customMasks, e2e, defaultPrivate } = settings;
  const file = settings.file ?? SETTINGS_FILE;
  const masksNothing = customMasks.length === 0 && Object.values(masks).every((isOn) => !isOn);
  return [
    ...(policy.require_mask_secrets && !maskSecrets
      ? [disallowed("require_mask_secrets", "live.privacy.mask_secrets is false", file)]
      : []),
    ...(policy.require_mask_secrets && maskSecrets && masksNothing
      ? [disallowed("require_mask_secrets", "every key of live.privacy.masks is false", file)]
      : []),
    ...(policy.require_e2e && !e2e ? [disallowed("require_e2e", "live.e2e is false", file)] : []),
    ...(policy.enforce_default_private && !defaultPrivate
      ? [disallowed("enforce_default_private", "live.privacy.default_private is false", file)]
      : []),
  ];
}

function disallowed(key: keyof Policy, found: string, file: string): string {
  return `${POLICY_FILE}: policy.privacy.${key} is true, and ${found} (${file}): the Mothership refuses such a push`;
}

/** SHA-256, in hex, of what a policy asks. */
export function policyDigest(policy: Policy): string {
  const content = POLICY_KEYS.map((key) => [key, policy[key]]);
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}
