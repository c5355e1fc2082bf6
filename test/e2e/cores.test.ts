import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportOf } from "./aura-scan.js";

/** More files than one thread looks at alone, a few of them with something to tell of. */
const FILES = 900;

describe("a scan on several cores", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "aura-cores-"));
    for (let file = 0; file < FILES; file++) {
      const inner = join(folder, `part${file % 7}`);
      mkdirSync(inner, { recursive: true });
      const secret = file % 90 === 0 ? `const password = "${["blue", file, "door", "Xq9"].join("")}";\n` : "";
      const odd = file % 200 === 3 ? Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]) : Buffer.alloc(0);
      writeFileSync(
        join(inner, `file${file}.ts`),
        Buffer.concat([odd, Buffer.from(`${secret}export const n = ${file};\n`)]),
      );
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("reports the same, byte for byte, however many there are", async () => {
    const reports: string[] = [];
    for (const workers of ["0", "1", "3"]) {
      const { started_at, duration_ms, ...report } = await reportOf(folder, [], {
        env: { AURA_SCAN_WORKERS: workers },
      });
      expect([started_at, duration_ms]).not.toContain(undefined);
      expect(report.findings.length).toBeGreaterThan(5);
      expect(report.scanned.files).toBeGreaterThan(FILES * 0.9);
      reports.push(JSON.stringify(report));
    }
    expect(reports[1]).toBe(reports[0]);
    expect(reports[2]).toBe(reports[0]);
  });
});
