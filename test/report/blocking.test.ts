import { describe, expect, it } from "vitest";
import { type Bar, blocks, type Judged, type Standing, standing } from "../../src/report/blocking.js";

const FINDING: Judged = { allowed: null, severity: "high", confidence: "high", wire: "leak", bar: null };
const BAR: Bar = { mode: "staged", fail_on: "medium", git_blocks_on: "secrets" };

const CASES: readonly (readonly [string, Partial<Judged>, Partial<Bar>, Standing])[] = [
  ["a secret above the bar blocks", {}, {}, "blocks"],
  ["a secret exactly at the bar blocks", { severity: "medium" }, {}, "blocks"],
  ["a secret below the bar does not block", { severity: "low" }, {}, "below-fail-on"],
  ["a bar of critical lets high pass", {}, { fail_on: "critical" }, "below-fail-on"],
  ["a bar of low lets nothing pass", { severity: "low" }, { fail_on: "low" }, "blocks"],
  ["a finding of low confidence does not block", { confidence: "low" }, {}, "low-confidence"],
  ["a finding of medium confidence blocks", { confidence: "medium" }, {}, "blocks"],
  ["an allowed finding does not block", { allowed: "a test" }, {}, "allowed"],
  ["an allowed finding with an empty reason does not block", { allowed: "" }, {}, "allowed"],
  ["git blocks on what the mask would hide", { wire: "masked" }, {}, "blocks"],
  ["git blocks on what a marker keeps back", { wire: "withheld" }, {}, "blocks"],
  ["the wire lets pass what the mask hides", { wire: "masked" }, { mode: "preflight" }, "not-on-the-wire"],
  ["the wire blocks on a leak", {}, { mode: "preflight" }, "blocks"],
  [
    "git judged as the wire lets pass what the mask hides",
    { wire: "masked" },
    { git_blocks_on: "leaks" },
    "not-on-the-wire",
  ],
  [
    "git judged as the wire lets pass what is withheld",
    { wire: "withheld" },
    { mode: "pre-push", git_blocks_on: "leaks" },
    "not-on-the-wire",
  ],
  ["git judged as the wire blocks on a leak", {}, { git_blocks_on: "leaks" }, "blocks"],
];

describe("which findings block", () => {
  it.each(CASES)("%s", (_name, finding, bar, expected) => {
    expect(standing({ ...FINDING, ...finding }, { ...BAR, ...bar })).toBe(expected);
    expect(blocks({ ...FINDING, ...finding }, { ...BAR, ...bar })).toBe(expected === "blocks");
  });
});
