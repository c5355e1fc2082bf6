import { describe, expect, it } from "vitest";
import { jsonWithoutOrders, withoutOrders } from "../../src/report/orders.js";
import { plainJson } from "../../src/report/plain-json.js";

describe("what a CI agent would obey is broken by one character of the same width", () => {
  it.each([
    ["a ##vso[task.setvariable variable=A]b", "a #·vso[task.setvariable variable=A]b"],
    ["##[command]rm", "#·[command]rm"],
    ["###[x] ##VSO[y] ##teamcity[z]", "##·[x] #·VSO[y] #·teamcity[z]"],
    ["::error::x", "·:error::x"],
    ["a\n  \u00a0::set-env name=A::b\r\n\t::x", "a\n  \u00a0·:set-env name=A::b\r\n\t·:x"],
    ["\u001b[31m::x", "\u001b[31m·:x"],
    ["## a heading [1], a::b, # [x] ##", "## a heading [1], a::b, # [x] ##"],
  ])("%j is told as %j", (text, told) => {
    expect(withoutOrders(text)).toBe(told);
    expect(withoutOrders(told)).toBe(told);
    expect(told).toHaveLength(text.length);
  });

  it("JSON parses back to what it was", () => {
    const value = { "##vso[a": ["##[b", "\\##vso[c", "::d", "###[e"] };
    const json = plainJson(value, 2);
    expect(json).not.toMatch(/##[\w.-]*\[|^\s*::/m);
    expect(JSON.parse(json)).toEqual(value);
    expect(jsonWithoutOrders(json)).toBe(json);
  });
});
