import picomatch from "picomatch";
import { pathFault } from "./repository-path.js";

/**
 * A compiled glob over repository-relative paths with forward slashes, case-sensitive on every system. `*` and `?`
 * stay within a folder, `**` crosses folders, dot files match; `[a-z]`, `[!a]`, `[[:alpha:]]`, `{a,b}` and
 * `@(a|b)` work as in a shell. Parentheses elsewhere are themselves: `app/(admin)/**`.
 */
export type Glob = { readonly source: string; readonly matches: (path: string) => boolean };

/** A glob that cannot mean what its author meant. */
export class GlobError extends Error {
  override readonly name = "GlobError";
}

/**
 * picomatch's names: `posix` for `[!a]` and `[[:alpha:]]`; the `s` flag so that a line break in a name hides nothing; no
 * fast paths, by which `*.*` would not match `a.`.
 */
const OPTIONS = {
  dot: true,
  nonegate: true,
  windows: false,
  posix: true,
  flags: "s",
  debug: true,
  fastpaths: false,
} as const;

/** The glob `source`. Throws `GlobError` for what picomatch would quietly take as something else. */
export function glob(source: string): Glob {
  const fault = wordingFault(source);
  if (fault !== null) throw new GlobError(fault);
  const pattern = withLiterals(source);
  try {
    return { source, matches: picomatch(pattern, OPTIONS) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new GlobError(error.message.replace(/^Invalid regular expression: .*: /s, ""));
  }
}

/** The same glob over paths that are relative to `folder`: it matches nothing outside of it. */
export function globBelow(folder: string, inner: Glob): Glob {
  if (folder === "") return inner;
  const prefix = `${folder}/`;
  return {
    source: prefix + inner.source,
    matches: (path) => path.startsWith(prefix) && inner.matches(path.slice(prefix.length)),
  };
}

// `**/name` and `**/folder/name`, without any character that means something else.
const ENDS = /^\*\*\/([^*?[\]{}()!+@|\\]+)$/;

// `**/*.ending`, with nothing else in it.
const ENDINGS = /^\*\*\/\*([^*?[\]{}()!+@|\\/]+)$/;

// What stands behind the last character that means something else: every path that matches ends with it, but for a slash
// at its beginning, which `**` may take away.
const TAIL = /[^*?[\]{}()!+@|\\/][^*?[\]{}()!+@|\\]*$|$/;

/**
 * The glob `source`, compiled when it is first used: for globs that are known to be good. Its two plainest forms need
 * no compiling at all, and no other does for a path that ends otherwise.
 */
export function lazyGlob(source: string): Glob {
  const end = ENDS.exec(source)?.[1];
  if (end !== undefined) return { source, matches: (path) => path === end || path.endsWith(`/${end}`) };
  const ending = ENDINGS.exec(source)?.[1];
  if (ending !== undefined) return { source, matches: (path) => path.endsWith(ending) };
  const tail = TAIL.exec(source)?.[0] ?? "";
  let compiled: Glob | null = null;
  return {
    source,
    matches(path) {
      if (!path.endsWith(tail)) return false;
      compiled ??= glob(source);
      return compiled.matches(path);
    },
  };
}

function wordingFault(source: string): string | null {
  if (source === "") return "the glob is empty";
  if (/\\(?![*?[\]{}()!+@|])/.test(source))
    return "use forward slashes; a backslash only escapes a glob character";
  if (source.startsWith("!")) return "there is no negation: put the glob under exclude";
  const outside = pathFault(source.replaceAll("\\", ""));
  if (outside !== null) return `a glob is relative to the repository's root: ${outside}`;
  if (source.endsWith("/")) return `a glob names files: write ${source}** for all that is in the folder`;
  if (/\/\/|\/\.\/|\/\.$/.test(source)) return 'an empty or "." part matches nothing: take it out';
  const plain = source.replace(/\\./g, "_");
  if (/\*{3}|[^/*]\*\*|(?<=^|\/)\*\*(?![/*]|[,}]|$)/.test(plain))
    return "** crosses folders only where it is a whole part of the path, as in **/*.pem";
  if (/\{(?!.\.\..\})[^{},]*\.\.[^{},]*\}/.test(plain))
    return "a range in braces goes from one character to another: write the rest out, as in {9,10,11}";
  return null;
}

/**
 * Escapes what stands for itself but means something to picomatch: `(`, `)` and `|` that belong to no
 * `@(…)`; `$`, `^` and `+`, of which it escapes only the first of several; and the quotes that it would take away.
 */
function withLiterals(source: string): string {
  const closes: Record<string, string> = { "[": "]", "{": "}", "(": ")" };
  const open: { readonly end: string; readonly extended: boolean }[] = [];
  let pattern = "";
  for (let at = 0; at < source.length; at++) {
    const char = source.charAt(at);
    const inner = open.at(-1);
    if (char === "\\") pattern += char + source.charAt(++at);
    else if (inner?.end === "]" && char !== "]") {
      pattern += char;
      // The `[` of `[[:alpha:]]` has an end of its own.
      const named = /^\[:[a-z]+:\]/.exec(source.slice(at))?.[0];
      if (named !== undefined) {
        pattern += named.slice(1);
        at += named.length - 1;
      }
    } else if (char in closes) {
      const extended = char === "(" && /[?*+@!]$/.test(pattern) && !/\\.$/.test(pattern);
      open.push({ end: closes[char] ?? "", extended });
      pattern += char === "(" && !extended ? "\\(" : char;
    } else if ("]})".includes(char)) {
      if (inner?.end !== char) throw new GlobError(`"${char}" has no beginning; \\${char} stands for itself`);
      open.pop();
      pattern += char === ")" && !inner.extended ? "\\)" : char;
    } else if (
      '"$^'.includes(char) ||
      ("+@!".includes(char) && source[at + 1] !== "(") ||
      (char === "|" && inner?.extended !== true)
    )
      pattern += `\\${char}`;
    else if (char === "*" && source[at + 1] === "*" && open.some((group) => group.extended))
      throw new GlobError("** crosses no folders inside parentheses: write two globs");
    else pattern += char;
  }
  const missing = open.at(-1)?.end;
  if (missing !== undefined) throw new GlobError(`"${missing}" is missing`);
  return pattern;
}
