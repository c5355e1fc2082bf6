// Patterns with classes of Unicode are made where they are needed: V8 takes long to read them.

/** Controls, invisible format characters, line and paragraph separators, half surrogates; joiners within words stay. */
const unseen = () => /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const PRINTABLE = /^[ -~]*$/;

const NAMED: { readonly [character: string]: string } = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * `text` with every character that could draw on a terminal or hide from the reader written out: ESC as `\u{1b}`,
 * a newline as `\n`, the bidirectional overrides and zero-width spaces likewise.
 */
export function visible(text: string): string {
  if (PRINTABLE.test(text)) return text;
  return text.replace(
    unseen(),
    (character) => NAMED[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** As `visible`, with the line breaks and tabs that a block of code needs. */
export function visibleLines(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => line.split("\t").map(visible).join("\t"));
}

/** `text` with every half surrogate replaced by U+FFFD, as `String.prototype.toWellFormed` of ES2024 does. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}

/** Joined to the character before it, or without extent. */
const noWidth = () => /\p{Mn}|\p{Me}|\u200c|\u200d|[\u1160-\u11ff]/u;

/**
 * East Asian wide and fullwidth characters by their blocks (Unicode Standard Annex 11, https://unicode.org/reports/tr11/),
 * and emoji that are drawn as pictures. A flag is two letters of width 1.
 */
const wide = () =>
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
const flagLetter = () => /\p{Regional_Indicator}/u;

/** How many terminal columns one printable character (a code point) takes: 0, 1 or 2. */
export function columnsOf(character: string): 0 | 1 | 2 {
  if (character >= " " && character <= "~") return 1;
  if (noWidth().test(character)) return 0;
  return wide().test(character) && !flagLetter().test(character) ? 2 : 1;
}

/** How many terminal columns `text` takes, which holds no control character. */
export function textColumns(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOf(character);
  return columns;
}
