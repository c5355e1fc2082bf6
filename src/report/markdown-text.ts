import { visible } from "./visible.js";

/** Plain text as Markdown that shows it literally. */
export function plainText(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]<>#|~&@]/g, "\\$&");
}

/** A text as code, in a table or outside of one, whatever it holds. */
export function codeText(text: string): string {
  const shown = visible(text);
  if (shown.trim() === "") return "";
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const room = longest > 0 || /^ .* $/.test(shown) ? " " : "";
  return `${fence}${room}${shown.replaceAll("|", "\\|")}${room}${fence}`;
}
