/** A PEM block (RFC 7468), or what stands between its markers in a string, in a setting or in YAML. */
export type PemBlock = {
  /** What stands after BEGIN: "RSA PRIVATE KEY". */
  readonly label: string;
  /** The lines `Name: value` before the body (RFC 1421), names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** The base64 of all lines, joined; with armor's checksum, if any, after the padding. */
  readonly body: string;
  /** Whether the end marker is there too. */
  readonly closed: boolean;
};

const BEGIN = /-{4,5} ?BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?) ?-{4,5}/;
const END = /-{4,5} ?END /;

/** Of Python's and C's strings. */
const STRING_PREFIX = /(?<![A-Za-z0-9+/=])[bBfFrRuUL]{1,2}(?=["'`])/g;

/** In characters: a longer header is a whole file in one line, with spaces for line breaks. */
const LONGEST_HEADER = 200;

/** The first block with a private key in `text`; null: there is none. Escaped line breaks and indentation are fine. */
export function firstPemBlock(text: string): PemBlock | null {
  const begin = BEGIN.exec(text);
  if (begin === null) return null;
  const after = text.slice(begin.index + begin[0].length);
  const end = after.search(END);
  const lines = unescaped(end < 0 ? after : after.slice(0, end))
    .replace(STRING_PREFIX, "")
    .split("\n");
  // What stands before the end marker stands before each line: indentation, the mark of a comment, a patch's plus.
  const lead = end >= 0 && !/[A-Za-z0-9]/.test(lines.at(-1) ?? "") ? (lines.pop() ?? "") : "";
  const headers = new Map<string, string>();
  let body = "";
  for (const line of lines) {
    const content = line.startsWith(lead) ? line.slice(lead.length) : line;
    const [, name, value = ""] = /^[\s"'`>#*|]*([A-Za-z][A-Za-z-]*): ?(.*)$/.exec(content) ?? [];
    if (name !== undefined) headers.set(name.toLowerCase(), value.trim());
    if (name === undefined || value.length > LONGEST_HEADER)
      body += base64Of(name === undefined ? content : value);
  }
  return { label: begin[1] ?? "", headers, body, closed: end >= 0 };
}

/** `text` with what stands for a line break in strings, URLs and XML as one, and escaped slashes as they are. */
export function unescaped(text: string): string {
  return text
    .replace(/\\{1,4}(?:r(?:\\{1,4}n)?|n|t|u000[aAdD]|x0[aAdD])|%0[aAdD]|&#(?:10|13|x[aAdD]);|\r\n?/g, "\n")
    .replace(/\\{1,4}\//g, "/");
}

/** What of a line is base64: quotes, comment marks, signs that join strings and stray backslashes are not. */
function base64Of(line: string): string {
  return line
    .replace(/^\s*(?:\/\/|--|[#*>|+.])\s/, "")
    .split(/[\s"'`\\,;]+/)
    .filter((word) => /^=?[A-Za-z0-9+/]+={0,2}$/.test(word) && word !== "+")
    .join("");
}
