import { blottedLine } from "../../scan/blot.js";
import { loadPolicy, type Policy } from "../../settings/policy.js";
import { ConfigError } from "../../toml/config-error.js";
import { watchedFiles } from "./watched-files.js";

/** What a policy says now: `fault` where it cannot be used, and then nothing passes. */
export type PolicyNow = { readonly policy: Policy | null; readonly fault: string | null };

/** A policy that may change at any time. */
export type PolicySource = { readonly current: () => Promise<PolicyNow> };

/** The policy given, or that of the file at an absolute path, which is read anew whenever it changes. */
export function policySource(given: Policy | string | null): PolicySource {
  if (typeof given !== "string") return { current: async () => ({ policy: given, fault: null }) };
  const watched = watchedFiles();
  let now: Promise<PolicyNow> | null = null;
  const read = async (): Promise<PolicyNow> => {
    try {
      return { policy: await loadPolicy(given), fault: null };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return { policy: null, fault: blottedLine(error.message, []) };
    }
  };
  return {
    current() {
      if (now !== null && !watched.changed()) return now;
      watched.mark([given]);
      now = read();
      return now;
    },
  };
}
