import { SEVERITIES, type Severity } from "../../rules/rule.js";
import type { FileSettings } from "../parse.js";
import type { Allow, MaskSwitches, Settings } from "../settings.js";

/**
 * The settings of a folder whose file may say what it likes: what holds for the whole run, and else its own word. Policies
 * are asked of the result.
 */
export function widened(root: Settings, own: FileSettings): Settings {
  return { ...root, ...own, above: null, allow: withRoots(root, own.allow) };
}

/**
 * The settings of a folder whose file may only be stricter than what holds above it: of each two the stricter one. A
 * folder can come from anybody (vendored, unpacked, not even tracked), so its file never lets through what `above` would
 * not have. Of its allowances only those that it `inherited` count. Where git blocks on leaks only, such a file could
 * call everything masked or out of scope, so its folder is held to every secret.
 */
export function narrowed(
  root: Settings,
  above: Settings,
  own: FileSettings,
  inherited: FileSettings,
): Settings {
  const { include, exclude, defaultPrivate } = above;
  return {
    ...above,
    ...own,
    above: { include, exclude, defaultPrivate, above: above.above },
    defaultPrivate: above.defaultPrivate || own.defaultPrivate,
    maskSecrets: above.maskSecrets || own.maskSecrets,
    masks: eitherOf(above.masks, own.masks),
    customMasks: [...new Set([...above.customMasks, ...own.customMasks])],
    failOn: stricter(above.failOn, own.failOn),
    gitBlocksOn: "secrets",
    allow: withRoots(root, inherited.allow),
  };
}

/** What the root's tables allow is allowed everywhere: a report says to paste them there. */
function withRoots(root: Settings, allow: readonly Allow[]): readonly Allow[] {
  return [...new Set([...root.allow, ...allow])];
}

/** Whether `severity` lets more through than `other`, as the least that blocks. */
export function isLaxer(severity: Severity, other: Severity): boolean {
  return SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(other);
}

function stricter(a: Severity, b: Severity): Severity {
  return isLaxer(a, b) ? b : a;
}

function eitherOf(a: MaskSwitches, b: MaskSwitches): MaskSwitches {
  return {
    aws: a.aws || b.aws,
    generic_api_keys: a.generic_api_keys || b.generic_api_keys,
    jwt: a.jwt || b.jwt,
    bearer_tokens: a.bearer_tokens || b.bearer_tokens,
    private_key_blocks: a.private_key_blocks || b.private_key_blocks,
  };
}
