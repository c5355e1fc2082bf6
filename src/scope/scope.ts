import type { Glob } from "../pattern/glob.js";
import { type PathAnswer, pathFault, repositoryPath } from "../pattern/repository-path.js";
import type { ScopeSettings } from "../settings/settings.js";
import { contains } from "../text/lines.js";
import type { Marker, Unit } from "../units/unit.js";

/** Why something never reaches the sync pipeline. */
export type ScopeReason =
  | "outside the repository"
  | "not included"
  | "excluded"
  | "@aura-local"
  | "inside @aura-local"
  | "holds an @aura-local function"
  | "not @aura-public (default_private)";

/**
 * Whether a file or a unit may reach the sync pipeline, and if not, why: a word for programs, a sentence for people.
 * The sentence repeats no path and no name, either of which may hold a secret.
 */
export type ScopeAnswer =
  | { readonly in: true }
  | { readonly in: false; readonly reason: ScopeReason; readonly detail: string };

const IN: ScopeAnswer = { in: true };

/**
 * Whether the file at a repository-relative path is in scope: it matches an include glob and no exclude glob.
 * It looks at the words of the path alone: whether a symlink leads out of the repository tells `leavesRepository`.
 */
export function inScope(path: string, settings: ScopeSettings): ScopeAnswer {
  const fault = pathFault(path);
  if (fault !== null) return out("outside the repository", `the path is not below the root: ${fault}`);
  if (settings.above !== null) {
    const above = inScope(path, settings.above);
    if (!above.in) return above;
  }
  const excluding = matching(settings.exclude, path);
  if (excluding.length > 0)
    return out("excluded", `the path matches live.selective.exclude: ${quoted(excluding)}`);
  if (matching(settings.include, path).length > 0) return IN;
  const include = settings.include.length === 0 ? "it is empty" : quoted(settings.include);
  return out("not included", `the path matches nothing of live.selective.include: ${include}`);
}

/** Whether one unit is in scope by its path and its markers; what stands inside of it is not looked at. */
export function unitScope(unit: Unit, settings: ScopeSettings): ScopeAnswer {
  return scopeAmong(unit, [], settings);
}

/**
 * Whether each of a file's units is in scope, by its path, its markers and what it holds: the body of a unit around
 * an `@aura-local` one would carry that along.
 */
export function unitScopes(units: readonly Unit[], settings: ScopeSettings): ReadonlyMap<Unit, ScopeAnswer> {
  const locals = units.filter((unit) => unit.marker === "@aura-local");
  return new Map(units.map((unit) => [unit, scopeAmong(unit, locals, settings)]));
}

function scopeAmong(unit: Unit, locals: readonly Unit[], settings: ScopeSettings): ScopeAnswer {
  const file = inScope(unit.path, settings);
  if (!file.in) return file;
  if (unit.marker === "@aura-local") return out("@aura-local", "the function is marked @aura-local");
  if (unit.enclosedByLocal) {
    return out("inside @aura-local", "the function stands inside something that is marked @aura-local");
  }
  const holdsLocal = locals.some(
    (local) => local !== unit && local.path === unit.path && contains(unit.range, local.range),
  );
  if (holdsLocal) {
    return out(
      "holds an @aura-local function",
      "the function's body would carry one along that is marked @aura-local",
    );
  }
  if (settings.defaultPrivate && unit.marker !== "@aura-public") {
    const detail = "the function is not marked @aura-public, and live.privacy.default_private is on";
    return out("not @aura-public (default_private)", detail);
  }
  return IN;
}

/** The one spelling of a path that a push request names, or why nothing at that path may be pushed. */
export function checkPushPath(path: string): PathAnswer {
  return repositoryPath(path);
}

/** The warning for a repository in which both markers are used, or null: "Pick one mode and stick with it across the repo". */
export function markerMix(markers: Iterable<Marker | null>): string | null {
  const seen = new Set(markers);
  if (!seen.has("@aura-local") || !seen.has("@aura-public")) return null;
  return "both @aura-local and @aura-public are used: pick one mode for the whole repository, live.privacy.default_private says which";
}

function out(reason: ScopeReason, detail: string): ScopeAnswer {
  return { in: false, reason, detail };
}

/** Those of a set of globs that match. */
function matching(globs: readonly Glob[], path: string): readonly Glob[] {
  return globs.filter((glob) => glob.matches(path));
}

/** The globs as people wrote them, in an order that does not depend on the file's: they are a set. */
function quoted(globs: readonly Glob[]): string {
  return globs
    .map((glob) => `"${glob.source}"`)
    .sort()
    .join(", ");
}
