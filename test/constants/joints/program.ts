import fc from "fast-check";

/** Draws a number below the one given. */
export type Draw = (below: number) => number;

export const draws = fc.infiniteStream(fc.nat({ max: 1 << 20 })).map(
  (numbers): Draw =>
    (below) =>
      (numbers.next().value ?? 0) % below,
);

const pick = <Item>(draw: Draw, items: readonly [Item, ...Item[]]): Item =>
  items[draw(items.length)] ?? items[0];

/** What one of these writers writes. */
const written = (draw: Draw, writers: readonly [() => string, ...(() => string)[]]): string =>
  pick(draw, writers)();

const NAMES = ["a", "b", "c", "K", "key"] as const;
const FIELDS = ["x", "y", "password"] as const;
const WORDS = [
  "alpha_",
  "beta_99",
  "Gamma",
  "-",
  "",
  "d",
  "epsilon_epsilon",
  "\\x41\\x42zeta",
  "it's",
  "{}",
] as const;

const quoted = (draw: Draw): string => `"${pick(draw, WORDS)}"`;

/** An expression of JavaScript: of constants, names, and what nobody knows. */
function ecmascriptValue(draw: Draw, depth: number): string {
  const inner = (): string => ecmascriptValue(draw, depth - 1);
  if (depth === 0) {
    return written(draw, [
      () => quoted(draw),
      () => quoted(draw),
      () => pick(draw, NAMES),
      () => String(draw(200)),
      () => "unknown()",
      () => `${pick(draw, NAMES)}.${pick(draw, FIELDS)}`,
      () => `this.${pick(draw, FIELDS)}`,
    ]);
  }
  return written(draw, [
    () => `${inner()} + ${inner()}`,
    () => `${inner()} + ${inner()} + ${inner()}`,
    () => `(${inner()})`,
    () =>
      `\`${pick(draw, ["", "alpha_", "it's", "\\x41bcdefgh"])}\${${inner()}}${pick(draw, ["", "-end", "{"])}\``,
    () => `[${inner()}, ${inner()}].join(${pick(draw, ['""', '"-"', pick(draw, NAMES)])})`,
    () => `[${inner()}].concat([${inner()}, ${inner()}]).join("")`,
    () => `${pick(draw, NAMES)}.concat(${inner()}, ${inner()})`,
    () => `String.fromCharCode(${Array.from({ length: 3 + draw(8) }, () => 60 + draw(60)).join(", ")})`,
    () => `[${Array.from({ length: 6 + draw(5) }, () => 60 + draw(60)).join(", ")}]`,
    () => `String.fromCharCode(...${pick(draw, NAMES)})`,
    () => `atob(${inner()})`,
    () => `Buffer.from(${inner()}, ${pick(draw, ['"hex"', '"base64"', pick(draw, NAMES)])}).toString()`,
    () => `${inner()}.split("").reverse().join("")`,
    () => `(${inner()} as string)`,
    () => `unknown(${inner()}, { ${pick(draw, FIELDS)}: ${inner()} })`,
    () => `(unknown ? ${inner()} : ${inner()})`,
    () => `${pick(draw, NAMES)}["${pick(draw, FIELDS)}"]`,
    () => `${pick(draw, NAMES)}.trim()`,
    () => `String(${inner()})`,
    () => `{ ${pick(draw, FIELDS)}: ${inner()}, ${pick(draw, FIELDS)}: ${inner()} }`,
    () => `() => ${inner()}`,
    () => `typeof ${inner()}`,
    () => `${inner()} / 2 / ${inner()}`,
    () => `/["'+]/.test(${inner()})`,
  ]);
}

function ecmascriptStatement(draw: Draw, depth: number): string {
  const value = (): string => ecmascriptValue(draw, draw(3));
  const body = (): string => ecmascriptBody(draw, depth - 1);
  const flat = [
    () => `const ${pick(draw, NAMES)} = ${value()};`,
    () => `let ${pick(draw, NAMES)}: string = ${value()}, ${pick(draw, NAMES)} = ${value()};`,
    () => `${pick(draw, NAMES)} = ${value()};`,
    () => `${pick(draw, NAMES)} += ${value()};`,
    () => `use(${value()});`,
    () => `const ${pick(draw, NAMES)} = Object.freeze({ ${pick(draw, FIELDS)}: ${value()} });`,
    () => `const { ${pick(draw, NAMES)} } = unknown();`,
    () => `const ${pick(draw, NAMES)} = { ${pick(draw, NAMES)}, ${pick(draw, FIELDS)}: ${value()} }`,
    () => `if (${value()}) /it's/.test(a);`,
    () => `const ${pick(draw, NAMES)} = ${value()}`,
  ] as const;
  if (depth === 0) return written(draw, flat);
  return written(draw, [
    ...flat,
    () => `function f(${pick(draw, NAMES)}, ${pick(draw, NAMES)}) {\n${body()}\n}`,
    () => `{\n${body()}\n}`,
    () => `if (unknown()) {\n${body()}\n} else {\n${body()}\n}`,
    () => `const f = (${pick(draw, NAMES)} = ${value()}) => {\n${body()}\n};`,
    () => `for (const ${pick(draw, NAMES)} of list) {\n${body()}\n}`,
    () => `class ${pick(draw, NAMES)} {\n${pick(draw, FIELDS)} = ${value()};\nm() {\n${body()}\n}\n}`,
    () => `enum ${pick(draw, NAMES)} { ${pick(draw, FIELDS)} = ${quoted(draw)}, z = ${draw(9)} }`,
    () => `try {\n${body()}\n} catch (${pick(draw, NAMES)}) {\n${body()}\n}`,
    () => `switch (${value()}) { case ${value()}: ${body()} }`,
  ]);
}

function ecmascriptBody(draw: Draw, depth: number): string {
  return Array.from({ length: 1 + draw(4) }, () => ecmascriptStatement(draw, depth)).join("\n");
}

/** A program in TypeScript, in which names are bound, bound again, changed and hidden. */
export function ecmascriptProgram(draw: Draw): string {
  return Array.from({ length: 2 + draw(5) }, () => ecmascriptStatement(draw, 2)).join("\n");
}

function rustValue(draw: Draw, depth: number): string {
  const inner = (): string => rustValue(draw, depth - 1);
  if (depth === 0) {
    return written(draw, [
      () => quoted(draw),
      () => quoted(draw),
      () => pick(draw, NAMES),
      () => `r#"raw \\x41 "quoted""#`,
      () => `${draw(200)}u8`,
      () => "b'a'",
      () => "unknown()",
      () => `Self::${pick(draw, NAMES)}`,
    ]);
  }
  return written(draw, [
    () => `${inner()}.to_string() + ${inner()}`,
    () => `format!("{}${pick(draw, ["", "-", "alpha_"])}{}", ${inner()}, ${inner()})`,
    () =>
      `format!("${pick(draw, ["", "alpha_"])}{${pick(draw, NAMES)}}-{key:>3}{}", ${inner()}, key = ${inner()})`,
    () => `concat!(${inner()}, ${inner()})`,
    () => `concat!(${inner()})`,
    () => `[${inner()}, ${inner()}].concat()`,
    () => `vec![${inner()}, ${inner()}].join(${quoted(draw)})`,
    () =>
      `String::from_utf8(vec![${Array.from({ length: 6 + draw(5) }, () => 60 + draw(60)).join(", ")}]).unwrap()`,
    () =>
      `&[${Array.from({ length: 6 + draw(5) }, () => `b'${pick(draw, ["a", "9", "\\\\"])}'`).join(", ")}]`,
    () => `${inner()}.chars().rev().collect::<String>()`,
    () => `STANDARD.decode(${inner()})`,
    () => `Some(${inner()})`,
    () => `String::from(${inner()})`,
    () => `${pick(draw, NAMES)}.to_owned()`,
    () => `if unknown() { ${inner()} } else { ${inner()} }`,
    () => `match 1 { 1 => ${inner()}, _ => ${inner()} }`,
    () => `S { ${pick(draw, FIELDS)}: ${inner()} }`,
    () => `(${inner()})`,
    () => `|x: &'a str| ${inner()}`,
  ]);
}

function rustStatement(draw: Draw, depth: number): string {
  const value = (): string => rustValue(draw, draw(3));
  const body = (): string =>
    Array.from({ length: 1 + draw(4) }, () => rustStatement(draw, depth - 1)).join("\n");
  const flat = [
    () => `let ${pick(draw, NAMES)} = ${value()};`,
    () => `let ${pick(draw, NAMES)}: &'static str = ${value()};`,
    () => `let mut ${pick(draw, NAMES)} = ${value()};`,
    () => `const ${pick(draw, NAMES)}: &str = ${value()};`,
    () => `use_it(${value()});`,
    () => `${pick(draw, NAMES)} += ${value()};`,
    () => `let (${pick(draw, NAMES)}, b) = unknown();`,
  ] as const;
  if (depth === 0) return written(draw, flat);
  return written(draw, [
    ...flat,
    () => `{\n${body()}\n}`,
    () => `for ${pick(draw, NAMES)} in list {\n${body()}\n}`,
    () => `fn g<'a>(${pick(draw, NAMES)}: &'a str) {\n${body()}\n}`,
    () => `let f = |${pick(draw, NAMES)}| {\n${body()}\n};`,
  ]);
}

/** A program in Rust, in which names are bound, bound again and hidden. */
export function rustProgram(draw: Draw): string {
  const items = Array.from({ length: 2 + draw(4) }, () =>
    written(draw, [
      () => `static ${pick(draw, NAMES)}: &str = ${rustValue(draw, draw(2))};`,
      () => `const ${pick(draw, NAMES)}: [u8; 3] = ${rustValue(draw, draw(2))};`,
      () => `fn f(${pick(draw, NAMES)}: &str) {\n${rustStatement(draw, 2)}\n${rustStatement(draw, 2)}\n}`,
      () =>
        `impl S {\nconst ${pick(draw, NAMES)}: &'static str = ${quoted(draw)};\nfn m(&self) {\n${rustStatement(draw, 2)}\n}\n}`,
      () => `mod m {\nconst ${pick(draw, NAMES)}: &str = ${quoted(draw)};\n}`,
    ]),
  );
  return items.join("\n");
}
