import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  type Stats,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { refusalReason, replaceFile } from "../files/replace-file.js";
import { hookWithBlock, hookWithoutBlock, isOnlyOurs } from "./hook-text.js";

/** Why a hook was left as it is. */
export type Refusal =
  | { readonly kind: "outside" }
  | { readonly kind: "link-outside"; readonly target: string }
  | { readonly kind: "link-shared"; readonly target: string }
  | { readonly kind: "foreign"; readonly language: string }
  | { readonly kind: "damaged" }
  | { readonly kind: "switched-off" }
  /** Its first line ends in a carriage return, which is taken for a part of the program's name. */
  | { readonly kind: "carriage-return" }
  | { readonly kind: "fault"; readonly reason: string };

/** What became of one hook. */
export type HookOutcome =
  | { readonly result: "created" | "added" | "updated" | "present" }
  | { readonly result: "refused"; readonly refusal: Refusal };

/** What became of our block in one hook. */
export type RemovalOutcome =
  | { readonly result: "absent" | "deleted" | "removed" }
  | { readonly result: "refused"; readonly refusal: Refusal };

export type HookRequest = {
  /** The hook's absolute path. */
  readonly path: string;
  /** The whole of our own hook, one byte a character. */
  readonly own: string;
  readonly runBy: "git" | "husky";
  /** Whether a real path belongs to this repository. */
  readonly owns: (path: string) => boolean;
};

/** Puts our block into one hook, or says why not; a hook that was there is never lost. */
export function installHook(request: HookRequest): HookOutcome {
  try {
    const found = lstatSync(request.path, { throwIfNoEntry: false });
    if (found === undefined) return create(request);
    if (!found.isSymbolicLink()) return edit(request, request.path, found);
    return throughLink(request);
  } catch (error) {
    return refused({ kind: "fault", reason: refusalReason(error) });
  }
}

/** Takes our block out of one hook: what is left is what stood there before; a file that we wrote is deleted. */
export function uninstallHook({ path, owns }: Pick<HookRequest, "path" | "owns">): RemovalOutcome {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined || !found.isFile()) return { result: "absent" };
    const target = realpathSync.native(path);
    const change = hookWithoutBlock(readFileSync(target, "latin1"));
    // What lies outside was left alone by us, whoever put our lines there.
    if (change.kind === "absent" || !owns(target)) return { result: "absent" };
    if (change.kind === "damaged") return { result: "refused", refusal: change };
    if (change.text === null) rmSync(path);
    else replaceFile(target, Buffer.from(change.text, "latin1"), found.mode & 0o7777);
    return { result: change.text === null ? "deleted" : "removed" };
  } catch (error) {
    return { result: "refused", refusal: { kind: "fault", reason: refusalReason(error) } };
  }
}

function create({ path, own }: HookRequest): HookOutcome {
  mkdirSync(dirname(path), { recursive: true });
  replaceFile(path, Buffer.from(own, "latin1"), 0o755);
  return { result: "created" };
}

/** A link stays one: the file that it leads to is edited, if it is ours to edit and no other hook's. */
function throughLink(request: HookRequest): HookOutcome {
  if (statSync(request.path, { throwIfNoEntry: false }) === undefined)
    return refused({ kind: "fault", reason: "it is a link to a file that is not there" });
  const target = realpathSync.native(request.path);
  if (!request.owns(target)) return refused({ kind: "link-outside", target });
  if (hooksThatLeadTo(target, dirname(request.path)) > 1) return refused({ kind: "link-shared", target });
  return edit(request, target, statSync(target));
}

function hooksThatLeadTo(target: string, folder: string): number {
  return readdirSync(folder).filter((name) => {
    const path = join(folder, name);
    return statSync(path, { throwIfNoEntry: false }) !== undefined && realpathSync.native(path) === target;
  }).length;
}

function edit(request: HookRequest, path: string, { mode }: Stats): HookOutcome {
  const existing = readFileSync(path, "latin1");
  if (request.runBy === "git" && process.platform !== "win32" && /^#![^\n]*\r\n/.test(existing))
    return refused({ kind: "carriage-return" });
  const change = hookWithBlock(existing, request.own);
  if (change.kind === "foreign" || change.kind === "damaged") return refused(change);
  const runs = process.platform === "win32" || (mode & 0o111) !== 0;
  // Its code does not run today, and making it executable for the sake of ours would run it.
  if (!runs && request.runBy === "git" && !isOnlyOurs(existing)) return refused({ kind: "switched-off" });
  // husky gives its files to sh, and their mode may be committed.
  const isFine = runs || request.runBy === "husky";
  if (change.kind === "present" && isFine) return { result: "present" };
  const text = change.kind === "present" ? existing : change.text;
  replaceFile(path, Buffer.from(text, "latin1"), isFine ? mode & 0o7777 : executable(mode));
  return { result: change.kind === "present" ? "updated" : change.kind };
}

/** Whoever may read it may run it. */
function executable(mode: number): number {
  return (mode & 0o7777) | ((mode & 0o444) >> 2);
}

function refused(refusal: Refusal): HookOutcome {
  return { result: "refused", refusal };
}
