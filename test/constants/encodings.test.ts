import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { built, rows } from "./folded.js";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const hex = (text: string): string => Buffer.from(text).toString("hex");
const percent = (text: string): string => hex(text).replace(/../g, "%$&");

const long = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma";

function values(text: string, path = "a.txt"): readonly string[] {
  return built(text, path).map(
    ({ how, name, value }) => `${how}${name === null ? "" : ` ${name}`}: ${value}`,
  );
}

test.each([
  ["a quoted word", `k = "${base64("alpha1!x")}"`, ["base64 k: alpha1!x"]],
  ["a value in YAML", `data:\n  password: ${base64("alpha1!x")}\n`, ["base64 password: alpha1!x"]],
  ["an element", `<key>${base64("alpha beta")}</key>`, ["base64 key: alpha beta"]],
  [
    "a run in a sentence",
    `say ${base64("alpha beta gamma delta")} to it`,
    ["base64: alpha beta gamma delta"],
  ],
  [
    "behind a path",
    `https://a.example/in/${base64("alpha beta gamma delta")}`,
    ["base64: alpha beta gamma delta"],
  ],
  [
    "base64url without its padding",
    `k: ${base64(">>>???>>> alpha beta?>").replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "")}`,
    ["base64 k: >>>???>>> alpha beta?>"],
  ],
  ["wrapped lines", `k: |\n  ${base64(long).replace(/.{64}/g, "$&\n  ")}\nl: 1`, [`base64: ${long}`]],
  ["wrapped lines in JSON", `{"k": "${base64(long).replace(/.{76}/g, "$&\\n")}"}`, [`base64 k: ${long}`]],
  [
    "a command in UTF-16",
    `-enc ${Buffer.from("alpha beta gamma", "utf16le").toString("base64")}`,
    ["base64: alpha beta gamma"],
  ],
  ["hexadecimal", `k = ${hex("alpha_beta")}`, ["hex k: alpha_beta"]],
  ["hexadecimal with its prefix", `k = 0x${hex("alpha_beta").toUpperCase()};`, ["hex k: alpha_beta"]],
  ["hexadecimal on several lines", `${hex(long).replace(/.{60}/g, "$&\n")}\n`, [`hex: ${long}`]],
  ["a dump of bytes", hex("alpha_beta").replace(/../g, "$& ").trim(), ["hex: alpha_beta"]],
  ["percent-encoding", `k=${percent("alpha_beta")}`, ["percent: k=alpha_beta"]],
  [
    "a URL in which some is encoded",
    "db://user:p%40ss%2Fword@host/x",
    ["percent: db://user:p@ss/word@host/x"],
  ],
  [
    "twice encoded",
    `k: "${base64(base64("alpha beta gamma delta"))}"`,
    [`base64 k: ${base64("alpha beta gamma delta")}`, "base64 k: alpha beta gamma delta"],
  ],
  [
    "encoded in two ways",
    `k: "${base64(`{"l": "${hex("alpha_beta")}"}`)}"`,
    [`base64 k: {"l": "${hex("alpha_beta")}"}`, "hex l: alpha_beta"],
  ],
])("%s", (_, text, told) => {
  expect(values(text)).toEqual(told);
});

test("an encoded text within a joined one has the places of both", () => {
  const [left, right] = [base64("alpha_beta_").slice(0, 10), base64("alpha_beta_").slice(10)];
  expect(rows(`k = "${left}" + "${right}"`, "a.py")).toEqual([
    `concatenation k: ${left}${right} = ${left} · ${right}`,
    `base64 k: alpha_beta_ = ${left} · ${right}`,
  ]);
});

test.each([
  ["a name", "getElementsByClassNameAndOthers(someOtherVeryLongIdentifierName)"],
  ["a path", "src/components/navigation/header/elements/buttons/PrimaryButton"],
  ["a digest", `sha256 = ${createHash("sha256").update("alpha").digest("hex")}`],
  ["an integrity of a package", `sha512-${createHash("sha512").update("alpha").digest("base64")}`],
  ["a number", "id = 415555125432456770215345"],
  ["a format", "printf('%20s %3d %5.2f%%', a, b)"],
  ["a word of eleven letters", '"application" "declaration" "description"'],
  [
    "base64 of an image",
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  ],
])("%s is no encoded text", (_, text) => {
  expect(values(text)).toEqual([]);
});

test("no more than three encodings are undone", () => {
  let text = "alpha beta gamma delta";
  for (let depth = 0; depth < 5; depth++) text = base64(text);
  expect(built(`k: "${text}"`, "a.yaml")).toHaveLength(3);
});

test("a long run is told in parts that overlap, each with its own place", () => {
  const text = Array.from({ length: 4000 }, (_, at) => `line ${at}`).join("\n");
  const written = base64(text);
  const strings = built(written, "a.txt");
  expect(strings.length).toBeGreaterThan(3);
  for (let at = 0; at < 4000; at++)
    expect(strings.some(({ value }) => value.includes(`line ${at}`))).toBe(true);
  for (const { value, pieces } of strings) {
    const { start, end } = pieces[0]?.span ?? { start: 0, end: 0 };
    expect(Buffer.from(written.slice(start, end), "base64").toString()).toBe(value);
  }
});
