import { describe, expect, it } from "vitest";
import { findPush } from "../../src/audit/find-record.js";
import { maskedIn, type Selection, selected } from "../../src/audit/selection.js";
import { blockedEntry, madePushes, pushEntry } from "./made-records.js";

const ALL: Selection = {
  since: null,
  until: null,
  masked: null,
  unit: null,
  detector: null,
  mothership: null,
};
const at = (iso: string): number => Date.parse(iso);

const PUSHES = madePushes(
  pushEntry({ record_id: "01A", at: "2026-05-01T10:00:00.000Z" }),
  pushEntry({
    record_id: "01AB",
    at: "2026-05-02T10:00:00.000Z",
    aura_id: "auth::login",
    name: "login",
    redactions: [
      { detector: "jwt", count: 1 },
      { detector: "bearer", count: 1 },
    ],
  }),
  blockedEntry({ record_id: "01B", at: "2026-05-03T10:00:00.000Z" }),
  pushEntry({ record_id: "01C", at: "2026-05-04T10:00:00.000Z", mothership: null }),
  {
    kind: "state",
    record_id: "01C",
    state: "sent",
    mothership: "beta",
    error: null,
    at: "2026-05-09T10:00:00.000Z",
  },
);

describe("the pushes that are asked for", () => {
  it.each<[string, Partial<Selection>, string[]]>([
    ["are all where nothing narrows them", {}, ["01A", "01AB", "01B", "01C"]],
    [
      "begin with a time, which is included",
      { since: at("2026-05-02T10:00:00.000Z") },
      ["01AB", "01B", "01C"],
    ],
    ["end with a time, which is included", { until: at("2026-05-02T10:00:00.000Z") }, ["01A", "01AB"]],
    ["are also those that left later than they were cleared", { since: at("2026-05-08T00:00:00Z") }, ["01C"]],
    ["with nothing masked are those that left so, not what was blocked", { masked: 0 }, ["01A", "01C"]],
    ["with two redactions", { masked: 2 }, ["01AB"]],
    ["of a unit by its id", { unit: "auth::login" }, ["01AB"]],
    ["of a unit by its name", { unit: "compute_tax" }, ["01A", "01B", "01C"]],
    ["of no unit that only begins so", { unit: "compute" }, []],
    ["of a detector that masked", { detector: "jwt" }, ["01AB"]],
    ["of a rule that blocked", { detector: "github-token" }, ["01B"]],
    ["to the Mothership that they were sent to", { mothership: "beta" }, ["01C"]],
    ["by all that is asked at once", { masked: 0, mothership: "alpha" }, ["01A"]],
  ])("%s", (_name, change, expected) => {
    expect(selected(PUSHES, { ...ALL, ...change }).map(({ record }) => record.record_id)).toEqual(expected);
  });

  it("count their redactions, and what did not leave has no such count", () => {
    expect(PUSHES.map(maskedIn)).toEqual([0, 2, null, 0]);
  });
});

describe("a record's id", () => {
  it.each<[string, string[]]>([
    ["01A", ["01A"]],
    ["01a", ["01A"]],
    ["01AB", ["01AB"]],
    [" 01B ", ["01B"]],
    ["01", ["01A", "01AB", "01B", "01C"]],
    ["02", []],
    ["", []],
  ])("%j names %j", (id, expected) => {
    const found = findPush(PUSHES, id);
    const named = found.what === "push" ? [found.push] : found.what === "several" ? found.candidates : [];
    expect(named.map(({ record }) => record.record_id)).toEqual(expected);
    expect(found.what === "several").toBe(expected.length > 1);
  });
});
