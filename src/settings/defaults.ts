import { lazyGlob } from "../pattern/glob.js";
import type { Settings } from "./settings.js";

/** What holds where `.aura/live.toml` says nothing (the specification's page; design section 4). */
export const DEFAULTS: Settings = {
  file: null,
  e2e: false,
  include: [lazyGlob("**/*")],
  exclude: [],
  defaultPrivate: false,
  above: null,
  maskSecrets: true,
  masks: { aws: true, generic_api_keys: true, jwt: true, bearer_tokens: true, private_key_blocks: true },
  customMasks: [],
  ruleFiles: [],
  failOn: "medium",
  gitBlocksOn: "secrets",
  allow: [],
  documented: "low",
  newAllows: "accept",
  baseline: null,
  limits: {
    // Functions that people write stand in files far smaller; tree-sitter takes a third of a second for this much.
    unit_file_bytes: 2 * 1024 * 1024,
    // Embedded texts of executables and databases stand in the first megabytes or are data.
    binary_bytes: 8 * 1024 * 1024,
    seconds: 0,
  },
  audit: {
    // A quarter, which auditors ask for at least; a gibibyte holds about a million pushes.
    keep_days: 90,
    keep_bytes: 1024 ** 3,
  },
  nested: { widen: [], ignore: [] },
};

/** What a custom mask puts in place of a secret where it names nothing of its own. */
export const DEFAULT_REPLACEMENT = "****MASKED****";
