import { hex, quoted, url, uuid } from "./values.mjs";
import { camel, constant, kebab, sentence, snake, word } from "./words.mjs";

/** Files that are no programs: `lines(draw)` gives a handful of lines that can follow each other. */
export const DOCUMENTS = [
  {
    extension: "json",
    lines: (draw) => [
      `{ "${camel(draw)}": "${quoted(draw)}", "${camel(draw)}": ${draw.below(10_000)},`,
      `  "${camel(draw)}": ["${kebab(draw)}", "${kebab(draw)}", ${draw.chance(0.5)}],`,
      `  "id": "${uuid(draw)}", "homepage": "${url(draw)}" }`,
    ],
  },
  {
    extension: "yaml",
    lines: (draw) => [
      `${kebab(draw)}:`,
      `  ${kebab(draw)}: ${word(draw)}`,
      `  ${snake(draw)}: "${quoted(draw)}"`,
      `  image: registry.example.com/${kebab(draw)}:${draw.below(9)}.${draw.below(30)}`,
      `  env: { name: ${constant(draw)}, value: \${${constant(draw)}} }`,
    ],
  },
  {
    extension: "md",
    lines: (draw) => [
      `## ${sentence(draw)}`,
      "",
      `${sentence(draw)}. ${sentence(draw)} \`${camel(draw)}\`, ${sentence(draw)}.`,
      `${sentence(draw)}: see [${word(draw)}](${url(draw)}).`,
      "",
    ],
  },
  {
    extension: "sh",
    lines: (draw) => [
      `# ${sentence(draw)}`,
      `export ${constant(draw)}="\${${constant(draw)}:-${kebab(draw)}}"`,
      `${kebab(draw)} --${kebab(draw)}=${word(draw)} "$${constant(draw)}" | ${word(draw)} -${word(draw)[0]}`,
    ],
  },
  {
    extension: "lock",
    lines: (draw) => [
      `[[package]]`,
      `name = "${kebab(draw)}"`,
      `version = "${draw.below(9)}.${draw.below(30)}.${draw.below(20)}"`,
      `checksum = "${hex(draw, 64)}"`,
      "",
    ],
  },
];
