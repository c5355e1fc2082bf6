import { harmlessSecret, quoted } from "./values.mjs";
import { camel, constant, pascal, sentence, snake } from "./words.mjs";

/** How programs are written: one entry a language. `open` begins a function, `let` gives a value to a name. */
export const LANGUAGES = [
  {
    extension: "ts",
    name: camel,
    type: pascal,
    comment: "// ",
    end: ";",
    close: "}",
    top: (draw) => `import { ${camel(draw)}, ${pascal(draw)} } from "./${camel(draw)}.js";`,
    open: (draw) =>
      `export function ${camel(draw)}(${camel(draw)}: ${pascal(draw)}, ${camel(draw)}: string) {`,
    let: (name, value) => `const ${name} = ${value};`,
    branch: (test) => `if (${test}) {`,
    loop: (name, of) => `for (const ${name} of ${of}) {`,
  },
  {
    extension: "js",
    name: camel,
    type: pascal,
    comment: "// ",
    end: ";",
    close: "}",
    top: (draw) => `const ${camel(draw)} = require("./${camel(draw)}");`,
    open: (draw) => `function ${camel(draw)}(${camel(draw)}, ${camel(draw)}) {`,
    let: (name, value) => `var ${name} = ${value};`,
    branch: (test) => `if (${test}) {`,
    loop: (name, of) => `for (let ${name} = 0; ${name} < ${of}.length; ${name}++) {`,
  },
  {
    extension: "py",
    name: snake,
    type: pascal,
    comment: "# ",
    end: "",
    close: "",
    top: (draw) => `from ${snake(draw)} import ${pascal(draw)}, ${snake(draw)}`,
    open: (draw) => `def ${snake(draw)}(self, ${snake(draw)}, ${snake(draw)}=None):`,
    let: (name, value) => `${name} = ${value}`,
    branch: (test) => `if ${test}:`,
    loop: (name, of) => `for ${name} in ${of}:`,
  },
  {
    extension: "go",
    name: camel,
    type: pascal,
    comment: "// ",
    end: "",
    close: "}",
    top: (draw) => `import "example.com/${snake(draw)}/${snake(draw)}"`,
    open: (draw) => `func (s *${pascal(draw)}) ${pascal(draw)}(${camel(draw)} string) error {`,
    let: (name, value) => `${name} := ${value}`,
    branch: (test) => `if ${test} {`,
    loop: (name, of) => `for _, ${name} := range ${of} {`,
  },
  {
    extension: "rs",
    name: snake,
    type: pascal,
    comment: "// ",
    end: ";",
    close: "}",
    top: (draw) => `use crate::${snake(draw)}::{${pascal(draw)}, ${pascal(draw)}};`,
    open: (draw) => `pub fn ${snake(draw)}(&self, ${snake(draw)}: &str) -> Result<${pascal(draw)}, Error> {`,
    let: (name, value) => `let ${name} = ${value};`,
    branch: (test) => `if ${test} {`,
    loop: (name, of) => `for ${name} in ${of}.iter() {`,
  },
  {
    extension: "java",
    name: camel,
    type: pascal,
    comment: "// ",
    end: ";",
    close: "}",
    top: (draw) => `import com.example.${camel(draw)}.${pascal(draw)};`,
    open: (draw) => `public ${pascal(draw)} ${camel(draw)}(final ${pascal(draw)} ${camel(draw)}) {`,
    let: (name, value) => `final String ${name} = ${value};`,
    branch: (test) => `if (${test}) {`,
    loop: (name, of) => `for (final Object ${name} : ${of}) {`,
  },
  {
    extension: "c",
    name: snake,
    type: snake,
    comment: "// ",
    end: ";",
    close: "}",
    top: (draw) => `#include "${snake(draw)}.h"`,
    open: (draw) =>
      `static int ${snake(draw)}(struct ${snake(draw)} *${snake(draw)}, size_t ${snake(draw)}) {`,
    let: (name, value) => `const char *${name} = ${value};`,
    branch: (test) => `if (${test}) {`,
    loop: (name, of) => `while (${name} != ${of}) {`,
  },
];

/** Lines of one function, its end included. */
export function functionLines(draw, language, lines) {
  const out = [];
  if (draw.chance(0.5)) out.push(`${language.comment}${sentence(draw)}.`);
  out.push(language.open(draw));
  const count = lines ?? draw.between(4, 24);
  let depth = 1;
  for (let line = 0; line < count; line++) {
    if (depth > 1 && draw.chance(0.25)) {
      depth--;
      if (language.close !== "") out.push(indent(depth) + language.close);
      continue;
    }
    const text = statement(draw, language);
    out.push(indent(depth) + text);
    if (depth < 4 && /[{:]$/.test(text)) depth++;
  }
  for (; depth > 0; depth--) if (language.close !== "") out.push(indent(depth - 1) + language.close);
  out.push("");
  return out;
}

const INDENTS = ["", "  ", "    ", "      ", "        "];
const indent = (depth) => INDENTS[depth];

/** Assignments to telling names are 58 in a million bytes of real source: about one in 800 statements. */
const TELLING_ASSIGNMENT = 1 / 800;

function statement(draw, language) {
  const { name, end } = language;
  if (draw.chance(TELLING_ASSIGNMENT)) {
    return language.let(draw.pick(["api_key", "authToken", "apiKey", "password"]), harmlessSecret(draw));
  }
  const kind = draw.below(100);
  if (kind < 35) return language.let(name(draw), expression(draw, language));
  if (kind < 60) return `${name(draw)}.${name(draw)}(${expression(draw, language)})${end}`;
  if (kind < 72) return language.branch(`${name(draw)}.${name(draw)} == ${expression(draw, language)}`);
  if (kind < 78) return language.loop(name(draw), name(draw));
  if (kind < 88) return `return ${expression(draw, language)}${end}`;
  if (kind < 95) return `${language.comment}${sentence(draw)}`;
  return `${name(draw)}.${constant(draw)} = ${expression(draw, language)}${end}`;
}

function expression(draw, { name, type }) {
  const kind = draw.below(100);
  if (kind < 25) return `"${quoted(draw)}"`;
  if (kind < 45) return `${name(draw)}(${name(draw)}, ${draw.below(1000)})`;
  if (kind < 65) return `${name(draw)}.${name(draw)}`;
  if (kind < 80) return `${type(draw)}(${name(draw)})`;
  if (kind < 90) return String(draw.below(100_000));
  return `${name(draw)} + ${name(draw)}[${draw.below(64)}]`;
}
