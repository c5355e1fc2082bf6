import { sep } from "node:path";
import { describe, expect, it } from "vitest";
import { isInside } from "../../src/pattern/repository-path.js";

describe("a folder holds", () => {
  it.each([
    ["/r", "/r", true],
    ["/r", "/r/a/b", true],
    ["/r", "/r/..a", true],
    ["/r", "/ra", false],
    ["/r", "/", false],
    ["/r/s", "/r/t", false],
  ])("%s: %s is %s", (folder, path, expected) => {
    expect(isInside(folder.replaceAll("/", sep), path.replaceAll("/", sep))).toBe(expected);
  });
});
