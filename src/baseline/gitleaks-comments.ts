import { lineIndex, positionAt } from "../text/lines.js";
import type { FoundHere } from "./carry-over.js";
import type { ForeignContent, ForeignEntry } from "./foreign-entry.js";

/** The comment of gitleaks that allows what stands on its line (https://github.com/gitleaks/gitleaks#gitleaksallow). */
const COMMENT = "gitleaks:allow";

/** The findings with such a comment on one of their lines, as entries; `textOf` gives a file's text by its path. */
export function gitleaksComments(
  found: readonly FoundHere[],
  textOf: (path: string) => string | null,
): ForeignContent {
  const commentedLines = new Map<string, ReadonlySet<number>>();
  const entries = found.flatMap(({ path, firstLine, lastLine }): readonly ForeignEntry[] => {
    const lines = commentedLines.get(path) ?? linesWithComment(textOf(path) ?? "");
    commentedLines.set(path, lines);
    let line = firstLine;
    while (line <= lastLine && !lines.has(line)) line++;
    if (line > lastLine) return [];
    const origin = `${path}:${line}`;
    return [{ origin, path, line, sha1: null, state: "accepted", reason: "from a gitleaks:allow comment" }];
  });
  return { entries, faults: [] };
}

function linesWithComment(text: string): ReadonlySet<number> {
  const numbers = new Set<number>();
  const lines = lineIndex(text);
  for (let at = text.indexOf(COMMENT); at !== -1; at = text.indexOf(COMMENT, at + COMMENT.length))
    numbers.add(positionAt(lines, at).line);
  return numbers;
}
