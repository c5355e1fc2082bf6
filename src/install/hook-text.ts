/** The git hooks that aura-scan stands in. */
export const HOOK_NAMES = ["pre-commit", "pre-push"] as const;

export type HookName = (typeof HOOK_NAMES)[number];

/** What a hook's file should hold from now on, or why our lines cannot go into it. */
export type HookEdit =
  | { readonly kind: "created" | "added" | "updated"; readonly text: string }
  | { readonly kind: "present" }
  | { readonly kind: "foreign"; readonly language: string }
  | { readonly kind: "damaged" };

const BLOCK = /^# >>> aura-scan >>>\r?\n.*?^# <<< aura-scan <<<\r?(?:\n|$(?!.))/ms;
const MARKERS = /(?:>>>|<<<) aura-scan/g;
const SHEBANG = /^#![^\n]*(?:\n|$)/;
const SHELLS = new Set(["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"]);

/**
 * The text `existing` with the block of our own hook `own` in it, once: an older block of ours is replaced where it
 * stands, else the block comes first, after the shebang. All else is kept byte for byte, so both texts hold one byte
 * a character ("latin1"). An empty file becomes `own`. Only what a Bourne shell runs is edited.
 */
export function hookWithBlock(existing: string, own: string): HookEdit {
  if (existing.trim() === "") return { kind: "created", text: own };
  const language = foreignLanguage(existing);
  if (language !== null) return { kind: "foreign", language };
  const markers = existing.match(MARKERS)?.length ?? 0;
  const block = blockOf(own);
  if (markers === 0) return { kind: "added", text: withBlockFirst(existing, block) };
  if (markers !== 2 || !BLOCK.test(existing)) return { kind: "damaged" };
  const text = existing.replace(BLOCK, () => block);
  return text === existing ? { kind: "present" } : { kind: "updated", text };
}

/** Whether a hook holds nothing but what we wrote. */
export function isOnlyOurs(text: string): boolean {
  return text.replace(SHEBANG, "").replace(BLOCK, "").trim() === "";
}

function blockOf(own: string): string {
  const block = BLOCK.exec(own)?.[0];
  if (block === undefined) throw new Error("aura-scan's own hook holds no block: install aura-scan again");
  return block;
}

function withBlockFirst(existing: string, block: string): string {
  const shebang = SHEBANG.exec(existing)?.[0] ?? "";
  const ended = shebang === "" || shebang.endsWith("\n") ? shebang : `${shebang}\n`;
  return ended + block + existing.slice(shebang.length);
}

/** What a hook is written in where no Bourne shell runs it. git gives a file without a shebang to `sh`. */
function foreignLanguage(text: string): string | null {
  if (text.includes("\0")) return "machine code";
  const shebang = SHEBANG.exec(text)?.[0];
  if (shebang === undefined) return null;
  const program = programOf(shebang);
  return SHELLS.has(program) ? null : program;
}

/** `#!/usr/bin/env -S bash -e` and `#!/bin/bash -e` both run `bash`. */
function programOf(shebang: string): string {
  const [first = "", ...rest] = shebang
    .slice(2)
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^.*[\\/]/, "").replace(/\.exe$/i, ""));
  if (first !== "env") return first;
  return rest.find((word) => !word.startsWith("-") && !word.includes("=")) ?? first;
}
