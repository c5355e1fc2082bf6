import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../src/toml/config-error.js";
import { configError, parseToml, type TomlProblem } from "../../src/toml/document.js";
import { places, type TomlPath } from "../../src/toml/places.js";

/** `line:column` of the key and of the value at `path`. */
async function placesOf(text: string, path: TomlPath): Promise<readonly [key: string, value: string]> {
  const placeOf = await places(text, "f.toml");
  const told = (at: "key" | "value"): string => {
    const { line, column } = placeOf(path, at);
    return `${line}:${column}`;
  };
  return [told("key"), told("value")];
}

describe("the place of a key and of its value", () => {
  it.each<[what: string, text: string, path: TomlPath, key: string, value: string]>([
    ["at the top", "a = 1\nb = 2", ["b"], "2:1", "2:5"],
    ["in a table", "[t]\n  a = 1", ["t", "a"], "2:3", "2:7"],
    ["of a table", "# x\n[t]\na = 1", ["t"], "2:2", "2:2"],
    ["in a nested table", "[a.b]\nc = 1\n[a.d]\nc = 2", ["a", "d", "c"], "4:1", "4:5"],
    ["of a table that only a nested one names", "[a.b]\nc = 1", ["a"], "1:2", "1:2"],
    ["of a table's last part", "[a.b]\nc = 1", ["a", "b"], "1:4", "1:4"],
    ["in an array of tables", "[[t]]\na = 1\n[[t]]\na = 2", ["t", 1, "a"], "4:1", "4:5"],
    ["of an entry of an array of tables", "[[t]]\na = 1\n[[t]]\na = 2", ["t", 1], "3:3", "3:3"],
    [
      "below an array of tables",
      "[[a.b]]\n[a.b.c]\nd = 1\n[[a.b]]\n[a.b.c]\nd = 2",
      ["a", "b", 1, "c", "d"],
      "6:1",
      "6:5",
    ],
    ["in an inline table", "t = { a = 1, b = 2 }", ["t", "b"], "1:14", "1:18"],
    ["in a nested inline table", "t = { a = { b = 1 } }", ["t", "a", "b"], "1:13", "1:17"],
    ["of a list's entry", 'l = [\n  "a",\n  "b",\n]', ["l", 1], "3:3", "3:3"],
    ["in a list of inline tables", "l = [{ a = 1 }, { a = 2 }]", ["l", 1, "a"], "1:19", "1:23"],
    ["of a dotted key", "a.b.c = 1", ["a", "b", "c"], "1:5", "1:9"],
    ["in a table under a dotted key", "[t]\na.b = 1", ["t", "a", "b"], "2:3", "2:7"],
    ["of a quoted key", '"a b"."c.d" = 1', ["a b", "c.d"], "1:7", "1:15"],
    ["of a literally quoted key", "'a.b' = 1", ["a.b"], "1:1", "1:9"],
    ["behind astral characters, in UTF-16 units", '"😀" = ["😀", 1]', ["😀", 1], "1:15", "1:15"],
    ["behind CRLF", "a = 1\r\n\r\nb = 2\r\n", ["b"], "3:1", "3:5"],
    ["of a missing key: its table", "[t]\na = 1", ["t", "zzz"], "1:2", "1:2"],
    [
      "of a missing key in an array of tables: the entry",
      "[[t]]\n[[t]]\na = 1",
      ["t", 1, "zzz"],
      "2:3",
      "2:3",
    ],
    ["of a missing table: the beginning", "a = 1", ["t", "b"], "1:1", "1:1"],
    ["in an empty file: the beginning", "", ["a"], "1:1", "1:1"],
    [
      "of what is named like a part of every object",
      "constructor = 1\n__proto__ = 2",
      ["__proto__"],
      "2:1",
      "2:13",
    ],
  ])("%s", async (_, text, path, key, value) => {
    expect(await placesOf(text, path)).toEqual([key, value]);
  });

  it("is found in a moment for a key of ten thousand parts", async () => {
    const started = performance.now();
    const key = Array.from({ length: 10_000 }, () => "a");
    expect(await placesOf(`${key.join(".")} = 1`, key)).toEqual(["1:19999", "1:20003"]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe("a document", () => {
  it.each([
    ["a = ", "f.toml:1:5: not valid TOML: "],
    ["a = 1\na = 2", "f.toml:2:1: not valid TOML: "],
    ["[a]\nb = 1\n[a]", "f.toml:3:2: not valid TOML: "],
    ["a = '😀' x", "f.toml:1:10: not valid TOML: "],
    ["# one\n# \ud83d", "f.toml:2:3: not valid TOML: half of a surrogate pair"],
  ])("that is not TOML is refused at its place: %j", (text, message) => {
    expect(() => parseToml(text, "f.toml")).toThrow(ConfigError);
    expect(() => parseToml(text, "f.toml")).toThrow(message);
  });

  it("that is nested without end is refused", () => {
    expect(() => parseToml(`a = ${"[".repeat(50_000)}`, "f.toml")).toThrow(ConfigError);
  });

  it("may begin with a byte order mark, which takes no column", async () => {
    const document = parseToml("\ufeffa = 1", "f.toml");
    expect(document.root).toEqual({ a: 1 });
    expect((await configError(document, [{ path: ["a"], at: "key", message: "m" }])).message).toBe(
      "f.toml:1:1: m",
    );
  });

  it("of any text is read or refused with a ConfigError", () => {
    const words = [
      "a",
      "b.c",
      '"d"',
      "=",
      " ",
      "\n",
      "[",
      "]",
      "{",
      "}",
      ",",
      "'x'",
      '"""',
      "1",
      "true",
      "#",
      "\ud800",
      "\0",
      "1979-05-27",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 30 }), (parts) => {
        try {
          expect(parseToml(parts.join(""), "f.toml").root).toBeTypeOf("object");
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("faults of a document", () => {
  const told = async (text: string, ...problems: readonly TomlProblem[]): Promise<readonly string[]> =>
    (await configError(parseToml(text, "f.toml"), problems)).message.split("\n");

  it("are told in the order of the file", async () => {
    const at = (path: string): TomlProblem => ({ path: [path], at: "key", message: path });
    expect(await told("a = 1\nb = 2\nc = 3", at("c"), at("a"), at("b"))).toEqual([
      "f.toml:1:1: a",
      "f.toml:2:1: b",
      "f.toml:3:1: c",
    ]);
  });

  it.each([
    ["literal", "a = 'xyz'", "1:8"],
    ["literal of the long form", "a = '''xyz'''", "1:10"],
    ["basic", 'a = "xyz"', "1:8"],
    ["basic of the long form", 'a = """xyz"""', "1:10"],
    ["basic with an escape behind the fault", 'a = "xyz\\\\"', "1:8"],
    ["basic with an escape before the fault: its beginning", 'a = "\\\\yz"', "1:5"],
    ["on a line of its own: its beginning", "a = '''\nxyz'''", "1:5"],
    ["broken before the fault: its beginning", "a = '''x\nz'''", "1:5"],
  ])("point into a string that is %s", async (_, text, place) => {
    expect(await told(text, { path: ["a"], at: "value", offset: 2, message: "m" })).toEqual([
      `f.toml:${place}: m`,
    ]);
  });

  it("name the line of a second place", async () => {
    const problem: TomlProblem = { path: ["b"], at: "key", other: ["a"], message: "m" };
    expect(await told("a = 1\nb = 2", problem)).toEqual(["f.toml:2:1: m; see line 1"]);
  });
});
