import { type Assignment, assignmentAt } from "./assignment.js";

/** The assignment at a word in a file of settings: without quotes, the value is the rest of its line. */
export function settingAt(text: string, at: number, length: number): Assignment | null {
  return assignmentAt(text, at, length, "line");
}

/** Where nothing but a space joins the two, the name must begin the line, and the value be all the rest: no prose. */
export function isSettingAt(text: string, { by, value }: Assignment): boolean {
  if (by === "words" || by === "call") return by === "call";
  if (by !== "space") return true;
  const lineStart = Math.max(text.lastIndexOf("\n", value.start), text.lastIndexOf("\r", value.start)) + 1;
  const line = text.slice(lineStart, value.end).trim();
  return /^(?:set(?:env)?[ \t]+|export[ \t]+|-{1,2})?[A-Za-z0-9_.:-]+[ \t]+(?:["'][^"']+|[^\s"']+)$/i.test(
    line,
  );
}
