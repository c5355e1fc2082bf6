import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../scan/engine.js";
import { checkPushPath, inScope, unitScopes } from "../../scope/scope.js";
import { leavesRepository } from "../../scope/symlink.js";
import { DEFAULTS } from "../../settings/defaults.js";
import type { Settings } from "../../settings/settings.js";
import { languageOf } from "../../units/languages.js";
import { parseUnits } from "../../units/parse.js";
import type { Unit } from "../../units/unit.js";
import { UnitsError } from "../../units/units-error.js";

/** The function that somebody is at: its name or id, and where it stands, as the client tells it. */
export type ActiveFunction = {
  readonly name: string;
  readonly path: string | null;
  /** The file's text where it is not yet on the disk as it is. */
  readonly source: string | null;
};

/** Why the name of a function stays on this machine: `block` where something is wrong, `withhold` where it is meant to. */
export type Kept = { readonly verdict: "block" | "withhold"; readonly reason: string };

/** Ids have no blanks, and so have names but those of a few Rust impls: prose is no name. */
const PLAIN_NAME = /^[^\s]+$/;

/**
 * Why this name must not leave by what scope and markers say; null where it may. What cannot be told is kept: a function's
 * file says whether it may be known, so without one only a repository that keeps nothing back lets names out.
 */
export function whyKept(root: string, { settings, below }: Engine, active: ActiveFunction): Kept | null {
  if (active.path === null) return keptWithoutPath(settings, below.files().length > 0, active.name);
  const checked = checkPushPath(active.path);
  if (!checked.ok) return { verdict: "block", reason: `path: ${checked.reason}` };
  const scope = inScope(checked.path, settings);
  if (!scope.in) return withheld(scope.reason);
  if (leavesRepository(root, checked.path))
    return { verdict: "block", reason: "path: a symlink leads it out of the repository" };
  const language = languageOf(checked.path);
  if (language === null)
    return settings.defaultPrivate ? withheld("default_private, and the file cannot be taken apart") : null;
  const text = active.source ?? textAt(join(root, checked.path), settings.limits.unit_file_bytes);
  if (text === null) return withheld("the file cannot be read, so whether it may be known cannot be told");
  return keptIn(text, checked.path, language, settings, active.name);
}

function keptWithoutPath(settings: Settings, mayKeepBelow: boolean, name: string): Kept | null {
  if (!PLAIN_NAME.test(name))
    return { verdict: "block", reason: "active_function: it is no function's name or id" };
  const keepsNothing =
    !mayKeepBelow &&
    !settings.defaultPrivate &&
    settings.exclude.length === 0 &&
    settings.include === DEFAULTS.include;
  return keepsNothing ? null : withheld("path is missing, and the settings keep some functions here");
}

function keptIn(
  text: string,
  path: string,
  language: NonNullable<ReturnType<typeof languageOf>>,
  settings: Settings,
  name: string,
): Kept | null {
  try {
    const { units } = parseUnits(text, path, language);
    const scopes = unitScopes(units, settings);
    const called = units.filter((unit: Unit) => unit.auraId === name || unit.name === name);
    if (called.length === 0) return withheld("no function of that name or id stands in the file");
    for (const unit of called) {
      const scope = scopes.get(unit);
      if (scope !== undefined && !scope.in) return withheld(scope.reason);
    }
    return null;
  } catch (error) {
    if (!(error instanceof UnitsError)) throw error;
    return withheld("the file cannot be taken apart, so whether it may be known cannot be told");
  }
}

function withheld(why: string): Kept {
  return { verdict: "withhold", reason: `${why}: the function's name stays on this machine` };
}

function textAt(file: string, mostBytes: number): string | null {
  try {
    const stats = statSync(file);
    return stats.isFile() && stats.size <= mostBytes ? readFileSync(file, "utf8") : null;
  } catch {
    // Whatever keeps it from being read, the name is kept for it.
    return null;
  }
}
