import { DOCUMENTS } from "./documents.mjs";
import { drawing } from "./draw.mjs";
import { functionLines, LANGUAGES } from "./programs.mjs";

/** Of a hundred files so many are programs; lock files and the like are the rest, but few of them are locks. */
const PROGRAMS = 85;

/** A source-like file: its extension, and a text of `bytes` bytes (ASCII). The same arguments give the same text. */
export function sourceFile(seed, number, bytes) {
  const draw = drawing(seed, number);
  if (draw.below(100) < PROGRAMS) {
    const language = draw.pick(LANGUAGES);
    const head = Array.from({ length: draw.between(1, 8) }, () => language.top(draw));
    const more = () => functionLines(draw, language);
    return { extension: language.extension, text: filled([...head, ""], more, bytes) };
  }
  const { extension, lines } = draw.pick(DOCUMENTS);
  return { extension, text: filled([], () => lines(draw), bytes) };
}

/** The lines, and more of them, cut to exactly `bytes` with a line break at the end. */
function filled(head, more, bytes) {
  let text = head.length === 0 ? "" : `${head.join("\n")}\n`;
  while (text.length < bytes) text += `${more().join("\n")}\n`;
  return bytes === 0 ? "" : `${text.slice(0, bytes - 1)}\n`;
}
