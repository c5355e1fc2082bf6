/** A regular expression of Go that has no counterpart in Rust's syntax, or that Go itself refuses. */
export class GoPatternError extends Error {
  override readonly name = "GoPatternError";
}

/** What a capturing group is named, by its number from 1; null: it does not capture. */
export type GroupName = (index: number) => string | null;

/**
 * The Rust pattern that matches what the Go pattern `source` matches (https://pkg.go.dev/regexp/syntax, flags Perl). The
 * two are cousins; what differs:
 *
 *     \d \w \s \b          ASCII in Go, Unicode in Rust
 *     \Q…\E \123 \<        quoted text, octal numbers and plain signs in Go; unknown or something else in Rust
 *     [a[b] [x&&y] [a--b]  plain signs in a Go class; nested classes and set operations in Rust
 *     a{,5} x{ (?ii)       plain text and harmless in Go, faults in Rust
 *     (?P<1st>…)           any name in Go; here each group gets the name that `nameOf` has for it
 *
 * Throws `GoPatternError`; whether the result compiles is left to `checkPattern`.
 */
export function rustSyntax(source: string, nameOf: GroupName): string {
  const text: Source = { units: [...source], at: 0 };
  let groups = 0;
  let out = "";
  while (text.at < text.units.length) {
    const unit = text.units[text.at] ?? "";
    if (unit === "\\") out += escapeOutside(text);
    else if (unit === "[") out += classOf(text);
    else if (unit === "(") {
      const opening = groupOpening(text);
      if (opening === null) {
        groups++;
        const name = nameOf(groups);
        out += name === null ? "(?:" : `(?P<${name}>`;
      } else out += opening;
    } else if (unit === "{") {
      const times = /^\{[0-9]{1,4}(?:,[0-9]{0,4})?\}/.exec(ahead(text, 11))?.[0];
      out += times ?? "\\{";
      text.at += times?.length ?? 1;
    } else {
      out += "}]".includes(unit) ? `\\${unit}` : seen(unit);
      text.at++;
    }
  }
  return out;
}

type Source = { readonly units: readonly string[]; at: number };

function ahead({ units, at }: Source, count: number): string {
  return units.slice(at, at + count).join("");
}

/** Longer names and lists of flags are nobody's. */
const LONGEST_OPENING = 128;

/** What a group that does not capture begins with, flags with it; null for one that captures. Both are then passed. */
function groupOpening(text: Source): string | null {
  const next = ahead(text, LONGEST_OPENING);
  if (!next.startsWith("(?")) {
    text.at++;
    return null;
  }
  const named = /^\(\?P?<[0-9A-Za-z_]+>/.exec(next)?.[0];
  if (named !== undefined) {
    text.at += named.length;
    return null;
  }
  const [opening, on = "", off = "", end] = /^\(\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(next) ?? [];
  if (opening === undefined) {
    const around = /^\(\?<?[=!]/.test(next);
    throw new GoPatternError(around ? "look-around, which Go has not either" : "a group of an unknown kind");
  }
  text.at += opening.length;
  const flags = distinct(on) + (off === "" ? "" : `-${distinct(off)}`);
  return flags === "" && end === ")" ? "" : `(?${flags}${end}`;
}

function distinct(flags: string): string {
  return [...new Set(flags)].join("");
}

/** The inside of a class for each of Perl's classes, as Go has them. */
const PERL: Readonly<Record<string, string>> = { d: "0-9", w: "0-9A-Za-z_", s: "\\t\\n\\f\\r " };

function escapeOutside(text: Source): string {
  const letter = text.units[text.at + 1];
  switch (letter) {
    case "Q":
      return quoted(text);
    case "A":
    case "z":
      text.at += 2;
      return `\\${letter}`;
    case "b":
    case "B":
      text.at += 2;
      return `(?-u:\\${letter})`;
    case "C":
      throw new GoPatternError("\\C, a single byte");
  }
  const set = setEscape(text);
  if (set !== null) return set.startsWith("\\p") || set.startsWith("\\P") ? set : bracketed(set);
  return plain(escapedCharacter(text));
}

function bracketed(set: string): string {
  return set.startsWith("[") ? set : `[${set}]`;
}

function quoted(text: Source): string {
  text.at += 2;
  let out = "";
  while (text.at < text.units.length && ahead(text, 2) !== "\\E") out += plain(text.units[text.at++] ?? "");
  text.at += 2;
  return out;
}

/** `\d` and the like, or `\p{…}`, as they stand inside of a class; null for another escape. */
function setEscape(text: Source): string | null {
  const letter = text.units[text.at + 1] ?? "";
  const perl = PERL[letter.toLowerCase()];
  if (perl !== undefined) {
    text.at += 2;
    return letter in PERL ? perl : `[^${perl}]`;
  }
  if (letter !== "p" && letter !== "P") return null;
  const property = /^\\[pP](?:[A-Z]|\{(\^?)([0-9A-Za-z_]+)\})/.exec(ahead(text, LONGEST_OPENING));
  if (property === null) throw new GoPatternError("a Unicode class without a name");
  text.at += property[0].length;
  const [whole, not, name] = property;
  const other = letter === "p" ? "P" : "p";
  return not === "^" ? `\\${other}{${name}}` : whole;
}

const CONTROL: Readonly<Record<string, string>> = { a: "\x07", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** The character that an escape stands for, in a class or outside of one. */
function escapedCharacter(text: Source): string {
  const next = ahead(text, 12);
  const number = /^\\(?:x\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|(0[0-7]{0,2}|[1-7][0-7]{1,2}))/.exec(next);
  if (number !== null) {
    text.at += number[0].length;
    const point = Number.parseInt(
      number[1] ?? number[2] ?? number[3] ?? "",
      number[3] === undefined ? 16 : 8,
    );
    if (point > 0x10ffff) throw new GoPatternError("a number beyond Unicode");
    return String.fromCodePoint(point);
  }
  const unit = text.units[text.at + 1];
  if (unit === undefined) throw new GoPatternError("a backslash at the end");
  text.at += 2;
  const control = CONTROL[unit];
  if (control !== undefined) return control;
  if (/[0-9]/.test(unit)) throw new GoPatternError("a reference to a group, which Go has not either");
  if (/[A-Za-z]|[^ -~]/.test(unit)) throw new GoPatternError("an escape that Go does not know");
  return unit;
}

/** The class that begins here, with every sign in it that only Rust takes for more than itself escaped. */
function classOf(text: Source): string {
  text.at++;
  let out = "[";
  if (text.units[text.at] === "^") {
    out += "^";
    text.at++;
  }
  for (let first = true; first || text.units[text.at] !== "]"; first = false) {
    if (text.at >= text.units.length) throw new GoPatternError("a class without an end");
    out += memberOf(text);
  }
  text.at++;
  return `${out}]`;
}

function memberOf(text: Source): string {
  const named = /^\[:\^?[a-z]+:\]/.exec(ahead(text, 16))?.[0];
  if (named !== undefined) {
    text.at += named.length;
    return named;
  }
  const set = text.units[text.at] === "\\" ? setEscape(text) : null;
  if (set !== null) return set;
  const low = characterOf(text);
  const beyond = text.units[text.at + 1];
  if (text.units[text.at] !== "-" || beyond === undefined || beyond === "]") return inClass(low);
  text.at++;
  return `${inClass(low)}-${inClass(characterOf(text))}`;
}

function characterOf(text: Source): string {
  const unit = text.units[text.at] ?? "";
  if (unit === "\\") return escapedCharacter(text);
  text.at++;
  return unit;
}

function inClass(character: string): string {
  return /[\\\][^&~-]/.test(character) ? `\\${character}` : seen(character);
}

/** A character that stands for itself. */
function plain(character: string): string {
  return /[\\.+*?()|[\]{}^$]/.test(character) ? `\\${character}` : seen(character);
}

const SPELLED: Readonly<Record<string, string>> = {
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  "\v": "\\v",
};

/** What would not be seen in a file is spelled out. */
function seen(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const unseen = point < 0x20 || (point >= 0x7f && /\p{C}|\p{Z}/u.test(character));
  return unseen ? (SPELLED[character] ?? `\\x{${point.toString(16)}}`) : character;
}
