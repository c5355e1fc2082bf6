import { visible } from "./visible.js";

/** Plain text as Markdown that shows it literally: nothing in it is a link, a mention or markup. */
export function plainText(text: string): string {
  return withoutMarkup(visible(text)).replace(/:(?=\/\/)|(?<=\bwww)\.|@/gi, "\\$&");
}

/** The same with its web addresses made links: for what rules say, not for names. */
export function linkedText(text: string): string {
  return visible(text)
    .split(/(https?:\/\/[^\s<>]*[^\s<>.,;:!?)])/)
    .map((part, index) => (index % 2 === 1 ? `<${part}>` : withoutMarkup(part)))
    .join("");
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

function withoutMarkup(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~&]/g, "\\$&");
}
