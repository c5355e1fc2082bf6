import { expect, it } from "vitest";
import { spent } from "../../src/gate/shards/sums.js";
import { sampleReport } from "../report/sample-report.js";

it("several runs began with the first, and took what each of them took", () => {
  const runs = [
    sampleReport({ started_at: "2026-05-03T10:00:00Z", duration_ms: 30 }),
    sampleReport({ started_at: "2026-05-01T10:00:00Z", duration_ms: 12 }),
  ];
  expect(spent(runs)).toEqual({ started_at: "2026-05-01T10:00:00.000Z", duration_ms: 42 });
});
