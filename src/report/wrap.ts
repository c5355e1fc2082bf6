import { textColumns } from "./visible.js";

/** The words of a prose text. */
export function words(text: string): readonly string[] {
  return text.split(" ").filter((word) => word !== "");
}

/**
 * `all` words in lines of at most `width` terminal columns, the first begun with `indent` spaces, the others with
 * `hanging`. A word is never broken, so that a path (one word whatever its spaces) or an address can be copied; one
 * that is too long sticks out.
 */
export function wrapped(
  all: readonly string[],
  width: number,
  indent = 0,
  hanging = indent,
): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let columns = indent;
  for (const word of all) {
    const extent = textColumns(word);
    if (line !== "" && columns + 1 + extent > width) {
      lines.push(line);
      line = "";
      columns = hanging;
    }
    columns += extent + (line === "" ? 0 : 1);
    line = line === "" ? word : `${line} ${word}`;
  }
  const whole = line === "" ? lines : [...lines, line];
  return whole.map((one, index) => " ".repeat(index === 0 ? indent : hanging) + one);
}
