/** Characters before a value in which its name is looked for, and how many of them may stand between the two. */
const REACH = 160;
const FARTHEST = 60;

/**
 * The last word of the name that the value which begins at `at` is given to, by what is written before it: `key: "…"`,
 * `KEY=…`, `<key>…`, `key = decoded("…")`. It stands on the value's line, or on the one before where that ends with an
 * operator or a bracket. Null where there is none.
 */
export function nameBefore(text: string, at: number): string | null {
  const before = text.slice(Math.max(0, at - REACH), at);
  const breaks = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r"));
  const line = before.slice(breaks + 1);
  const name = nameIn(line);
  if (name !== null || !/^[\s([{"'`]*$/.test(line)) return name;
  const above = before.slice(0, breaks + 1).trimEnd();
  const lineAbove = above.slice(Math.max(above.lastIndexOf("\n"), above.lastIndexOf("\r")) + 1);
  return /[=:([{\\]$/.test(lineAbove) ? nameIn(`${lineAbove.replace(/\\$/, "")} `) : null;
}

function nameIn(line: string): string | null {
  const tag = /<([A-Za-z_][\w.:-]{0,79})(?: [^<>]{0,80})?>[ \t]{0,8}(?:<!\[CDATA\[)?["']?$/.exec(line)?.[1];
  if (tag !== undefined) return lastWord(tag);
  const operator = operatorIn(line);
  if (operator === null) return null;
  // What a type says stands between a name and its `=`.
  const given = line
    .slice(0, operator)
    .replace(/[:+|?.&]{1,3}$/, "")
    .trimEnd()
    .replace(/\[\d{0,6}\]$/, "");
  const typed = line.charAt(operator) === "=" ? TYPED.exec(given)?.[1] : undefined;
  return lastWord(typed ?? given.replace(/["'`\])]{1,3}$/, ""));
}

const TYPED = /([\w$]{1,80})\??[ \t]?:[ \t]?[&[\w][\w<>[\]|&'.; ]{0,60}$/;

/** The last `=` or `:` that gives a value, with little more than a call between it and the line's end. */
function operatorIn(line: string): number | null {
  for (let at = line.length - 1; at >= Math.max(0, line.length - FARTHEST); at--) {
    const mark = line.charAt(at);
    if (mark === "=")
      return line
        .slice(at + 1)
        .trim()
        .split(/\s+/).length > 3
        ? null
        : at;
    if (mark === "," || mark === ";" || mark === "/" || mark === "}") return null;
    if (mark !== ":") continue;
    if (line.charAt(at - 1) !== ":")
      return line
        .slice(at + 1)
        .trim()
        .split(/\s+/).length > 3
        ? null
        : at;
    at--;
  }
  return null;
}

function lastWord(written: string): string | null {
  return /[A-Za-z_][\w-]{0,79}$/.exec(written.slice(-80))?.[0] ?? null;
}
