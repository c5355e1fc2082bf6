/**
 * aura-scan as a library: the mask, the scanner and the gate, without the command line.
 * What is exported here is the public surface; everything else may move.
 */
export { createGate, type Gate } from "./gate/gate.js";
export { openEngine } from "./gate/open-engine.js";
export type { PushAnswer, PushRequest, PushVerdict } from "./gate/push.js";
export { runScan, type ScanRun } from "./gate/run-scan.js";
export { scanText } from "./gate/scan-one-text.js";
export { MaskError, type Masked, type MaskOptions, mask, type Redaction } from "./mask/mask.js";
export type { ReportFormat } from "./report/formats.js";
export { renderReport } from "./report/render.js";
export type { Report, Skipped, Verdict } from "./report/report.js";
export type { Engine } from "./scan/engine.js";
export type { Finding, Surface, Wire } from "./scan/finding.js";
export { DEFAULTS as DEFAULT_SETTINGS } from "./settings/defaults.js";
export { loadSettings } from "./settings/load.js";
export { parseSettings } from "./settings/parse.js";
export type { Settings } from "./settings/settings.js";
export type { SourceFile, SourceItem } from "./sources/source.js";
export { ConfigError } from "./toml/config-error.js";
