import { describe, expect, it } from "vitest";
import { configError, parseToml, type TomlProblem } from "../../src/toml/document.js";
import { type TableReader, tableReader } from "../../src/toml/table-reader.js";

/** What `read` gives for `text`, and the faults it meets, each as `line:column: message`. */
async function reading<T>(
  text: string,
  read: (root: TableReader) => T,
): Promise<{ value: T; faults: string[] }> {
  const document = parseToml(text, "f");
  const problems: TomlProblem[] = [];
  const value = read(tableReader(document.root, [], problems));
  const { problems: told } = await configError(document, problems);
  return { value, faults: told.map(({ line, column, message }) => `${line}:${column}: ${message}`) };
}

describe("a table reader", () => {
  it.each<[what: string, text: string, read: (root: TableReader) => unknown, value: unknown]>([
    ["a boolean", "a = true", (root) => root.boolean("a", false), true],
    ["a string", "a = 'x'", (root) => root.string("a", "y"), "x"],
    ["a text", "a = 'x'", (root) => root.text("a"), "x"],
    ["a number", "a = 1.5", (root) => root.number("a", 0, 0, 2), 1.5],
    ["a whole number", "a = 2", (root) => root.integer("a", 0, 0, 2), 2],
    ["one of several words", "a = 'y'", (root) => root.oneOf("a", "x", ["x", "y"]), "y"],
    ["a list of strings", "a = ['x', 'y']", (root) => root.strings("a", []), ["x", "y"]],
    ["a table's key", "[t]\na = 1", (root) => root.table("t").number("a", 0, 0, 9), 1],
    [
      "tables in order",
      "[[t]]\na = 1\n[[t]]\na = 2",
      (root) => root.tables("t").map((t) => t.number("a", 0, 0, 9)),
      [1, 2],
    ],
    [
      "the fallback of what is missing",
      "",
      (root) => [root.boolean("a", true), root.string("b", "x")],
      [true, "x"],
    ],
    ["null for a missing text", "", (root) => root.text("a"), null],
    ["nothing of a missing table", "", (root) => root.table("t").strings("a", ["x"]), ["x"]],
    ["no missing tables", "", (root) => root.tables("t").length, 0],
    ["no inherited key", "", (root) => [root.has("constructor"), root.text("constructor")], [false, null]],
  ])("reads %s", async (_, text, read, value) => {
    expect(await reading(text, read)).toEqual({ value, faults: [] });
  });

  it.each<[text: string, read: (root: TableReader) => unknown, fault: string]>([
    ["a = 1", (root) => root.boolean("a", false), "1:5: a must be true or false, not a number"],
    ["a = 'x'", (root) => root.boolean("a", false), "1:5: a must be true or false, not a string"],
    ["a = true", (root) => root.string("a", ""), "1:5: a must be a string, not true or false"],
    ["a = []", (root) => root.text("a"), "1:5: a must be a string, not a list"],
    ["a = 1979-05-27", (root) => root.text("a"), "1:5: a must be a string, not a date"],
    ["a = {}", (root) => root.number("a", 0, 0, 9), "1:5: a must be a number, not a table"],
    ["a = 10", (root) => root.number("a", 0, 0, 9), "1:5: a must be a number between 0 and 9"],
    ["a = nan", (root) => root.number("a", 0, 0, 9), "1:5: a must be a number between 0 and 9"],
    ["a = 1.5", (root) => root.integer("a", 0, 0, 9), "1:5: a must be a whole number between 0 and 9"],
    ["a = -1", (root) => root.integer("a", 0, 0, 9), "1:5: a must be a whole number between 0 and 9"],
    [
      "a = 'hihg'",
      (root) => root.oneOf("a", "low", ["low", "high"]),
      '1:5: a must be one of "low", "high"; did you mean "high"?',
    ],
    ["a = 'x'", (root) => root.oneOf("a", "low", ["low", "high"]), '1:5: a must be one of "low", "high"'],
    ["a = 'x'", (root) => root.strings("a", []), "1:5: a must be a list of strings, not a string"],
    ["[t]\na = 1\n", (root) => root.table("t").text("a"), "2:5: t.a must be a string, not a number"],
    ["t = 1", (root) => root.table("t"), "1:5: t must be a table, not a number"],
    ["[t]", (root) => root.tables("t"), "1:2: t must be an array of tables ([[t]]), not a table"],
    ["t = [1]", (root) => root.tables("t"), "1:6: t must be an array of tables ([[t]])"],
    [
      "[[t]]\na = 1",
      (root) => root.tables("t").map((t) => t.text("a")),
      "2:5: t.a must be a string, not a number",
    ],
    [
      "a = 1\nclose = 2",
      (root) => [root.number("a", 0, 0, 9), root.text("closed"), root.close()],
      '2:1: unknown key "close"; did you mean "closed"?',
    ],
    [
      "zzzzzz = 1",
      (root) => [root.text("b"), root.text("a"), root.close()],
      '1:1: unknown key "zzzzzz"; known here: a, b',
    ],
    ["a = ['x']", (root) => root.fault("a", "m", { index: 0 }), "1:6: m"],
    ["a = 'xyz'", (root) => root.fault("a", "m", { offset: 1 }), "1:7: m"],
    ["a = 1\nb = 2", (root) => root.fault("b", "m", { at: "key", other: ["a"] }), "2:1: m; see line 1"],
  ])("finds the fault in %j", async (text, read, fault) => {
    expect((await reading(text, read)).faults).toEqual([fault]);
  });

  it("finds every faulty entry of a list, and gives the fallback", async () => {
    expect(await reading("a = ['x', 1, [], 'y']", (root) => root.strings("a", ["z"]))).toEqual({
      value: ["z"],
      faults: [
        "1:11: a must be a list of strings, but entry 2 is a number",
        "1:14: a must be a list of strings, but entry 3 is a list",
      ],
    });
  });
});
