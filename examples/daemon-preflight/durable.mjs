// Files that are still right after a kill -9 or a power cut.
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import path from "node:path";
import { objectIn } from "./lines.mjs";

/** Writes a file that is there whole or not at all, for its owner's eyes only. */
export function replaceFile(file, text) {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.new`;
  const descriptor = openSync(draft, "w", 0o600);
  try {
    writeWhole(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
  syncFolder(path.dirname(file));
}

/** A file that only grows, a line of JSON at a time; `append` returns when the lines are on disk. */
export function openLog(file) {
  const descriptor = openSync(file, "a", 0o600);
  return {
    append: (values) => writeWhole(descriptor, values.map((value) => `${JSON.stringify(value)}\n`).join("")),
    close: () => closeSync(descriptor),
  };
}

/** The objects in such a file. A last line that a kill tore is no line: whoever wrote it was never told that it held. */
export function readLog(file) {
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  const lines = text.split("\n");
  lines.pop();
  return lines.map(objectIn).filter((value) => value !== null);
}

function writeWhole(descriptor, text) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
  fsyncSync(descriptor);
}

/** A new name lasts once its folder is on disk; Windows opens no folders, and needs none of it. */
function syncFolder(folder) {
  if (process.platform === "win32") return;
  const descriptor = openSync(folder, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}
