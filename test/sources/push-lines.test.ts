import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePushLines } from "../../src/sources/push-lines.js";
import { SourceError } from "../../src/sources/source.js";

const A = "a".repeat(40);
const B = `${"0123456789abcdef".repeat(2)}01234567`;
const ZERO = "0".repeat(40);
const LONG = "c".repeat(64);

describe("the lines that git gives a pre-push hook", () => {
  it.each<[string, string, object[]]>([
    ["no line at all", "", []],
    [
      "an update",
      `refs/heads/main ${A} refs/heads/main ${B}\n`,
      [{ localRef: "refs/heads/main", localOid: A, remoteRef: "refs/heads/main", remoteOid: B }],
    ],
    [
      "a new ref",
      `refs/heads/x ${A} refs/heads/y ${ZERO}\n`,
      [{ localRef: "refs/heads/x", localOid: A, remoteRef: "refs/heads/y", remoteOid: null }],
    ],
    [
      "a deletion",
      `(delete) ${ZERO} refs/heads/gone ${B}\n`,
      [{ localRef: "(delete)", localOid: null, remoteRef: "refs/heads/gone", remoteOid: B }],
    ],
    [
      "ids of SHA-256",
      `HEAD ${LONG} refs/heads/x ${"0".repeat(64)}\n`,
      [{ localRef: "HEAD", localOid: LONG, remoteRef: "refs/heads/x", remoteOid: null }],
    ],
    [
      "an expression with spaces, and a name that is no ASCII",
      `HEAD^{/fix the door} ${A} refs/heads/tür ${B}\n`,
      [{ localRef: "HEAD^{/fix the door}", localOid: A, remoteRef: "refs/heads/tür", remoteOid: B }],
    ],
    [
      "several lines, Windows' line breaks, none at the end",
      `a ${A} b ${ZERO}\r\nc ${B} d ${A}`,
      [
        { localRef: "a", localOid: A, remoteRef: "b", remoteOid: null },
        { localRef: "c", localOid: B, remoteRef: "d", remoteOid: A },
      ],
    ],
  ])("%s", (_name, input, refs) => {
    expect(parsePushLines(input)).toEqual(refs);
  });

  it.each([
    ["a word", "main\n"],
    ["an empty line", `a ${A} b ${B}\n\na ${A} b ${B}\n`],
    ["an id too few", `a ${A} b\n`],
    ["a word too many", `a ${A} b ${B} c\n`],
    ["a short id", `a ${A.slice(1)} b ${B}\n`],
    ["an id that is no number", `a ${"g".repeat(40)} b ${B}\n`],
    ["no local ref", ` ${A} b ${B}\n`],
  ])("refuse %s as wrong usage", (_name, input) => {
    const parse = () => parsePushLines(input);
    expect(parse).toThrow(SourceError);
    expect(parse).toThrow(expect.objectContaining({ kind: "usage" }));
  });

  it("are named by number and never repeated when they are refused", () => {
    const parse = () => parsePushLines(`a ${A} b ${B}\nhttps://me:pass@host x\n`);
    expect(parse).toThrow(/^Line 2 /);
    expect(parse).toThrow(expect.objectContaining({ message: expect.not.stringContaining("pass@") }));
  });

  it("are read or refused, whatever they hold", () => {
    fc.assert(
      fc.property(fc.string(), (input) => {
        try {
          return parsePushLines(input).length >= 0;
        } catch (error) {
          return error instanceof SourceError && error.kind === "usage";
        }
      }),
    );
  });
});
