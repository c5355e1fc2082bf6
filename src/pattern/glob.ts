import picomatch from "picomatch";

/** A compiled glob over repository-relative paths with forward slashes: `**` crosses folders, dot files match. */
export type Glob = { readonly source: string; readonly matches: (path: string) => boolean };

/** A glob that cannot mean what its author meant. */
export class GlobError extends Error {
  override readonly name = "GlobError";
}

/** The glob `source`. Throws `GlobError` for what picomatch would quietly take as something else. */
export function glob(source: string): Glob {
  const fault = faultOf(source);
  if (fault !== null) throw new GlobError(fault);
  return { source, matches: picomatch(source, { dot: true, nonegate: true, windows: false }) };
}

function faultOf(source: string): string | null {
  if (source === "") return "the glob is empty";
  if (source.startsWith("/")) return "globs are relative to the repository's root: leave the first slash out";
  if (/^[A-Za-z]:/.test(source)) return "globs are relative to the repository's root: leave the drive out";
  if (source.startsWith("!")) return "there is no negation: put the glob under exclude";
  if (source.split("/").includes("..")) return "a glob cannot leave the repository: take the .. out";
  if (/\\(?![*?[\]{}()!+@\\])/.test(source))
    return "use forward slashes; a backslash only escapes a glob character";
  return unbalanced(source);
}

function unbalanced(source: string): string | null {
  const open: string[] = [];
  const closes: Record<string, string> = { "[": "]", "{": "}", "(": ")" };
  for (let at = 0; at < source.length; at++) {
    const char = source[at] ?? "";
    if (char === "\\") at++;
    else if (open.at(-1) === "]" && char !== "]") continue;
    else if (char in closes) open.push(closes[char] ?? "");
    else if ("]})".includes(char) && open.pop() !== char) return `"${char}" has no beginning`;
  }
  const missing = open.at(-1);
  return missing === undefined ? null : `"${missing}" is missing`;
}
