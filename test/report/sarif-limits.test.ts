import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { renderSarif } from "../../src/report/sarif.js";
import { fitted } from "../../src/report/sarif-limits.js";
import { letters } from "../secrets.js";
import { sampleFinding, sampleReport } from "./sample-report.js";

const NOISE = letters("noise", 1 << 16, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

describe("what an upload takes", () => {
  it.each([
    ["all of it where that fits", 1_000_000, 1],
    ["all of it where it fits when it is compressed", 70_000, 1],
    ["half of it", 30_000, 1 / 2],
    ["an eighth", 8_000, 1 / 8],
    ["nothing, where nothing else fits", 0, 0],
  ])("is %s", (_name, most, share) => {
    let told = -1;
    const text = fitted((part) => {
      told = part;
      return NOISE.slice(0, Math.floor(NOISE.length * part));
    }, most);
    expect(told).toBe(share);
    if (share > 0) expect(gzipSync(text).length).toBeLessThanOrEqual(most);
  });

  it("is 10 MB: names that cannot be compressed leave fewer results, and that is told", () => {
    const findings = Array.from({ length: 5000 }, () =>
      sampleFinding({ path: randomBytes(2600).toString("base64url") }),
    );
    const text = renderSarif(sampleReport({ findings }), { includeAllowed: false });
    expect(gzipSync(text).length).toBeLessThanOrEqual(10_000_000);
    const [run] = JSON.parse(text).runs;
    expect(run.results).toHaveLength(2500);
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toMatch(/^2,500 results left out/);
  });
});
