import { describe, expect, it } from "vitest";
import { scanText } from "../../src/gate/scan-one-text.js";
import { awsKeyId } from "../secrets.js";
import { smallEngine } from "./small-engine.js";

describe("a text of thousands of secrets", () => {
  it("is told to the last one, on one line or on many", async () => {
    const keys = Array.from({ length: 3000 }, (_, index) => awsKeyId(`many ${index}`));
    const engine = await smallEngine();
    for (const text of [keys.join(" "), keys.join("\n")]) {
      const findings = await scanText(text, { path: "a.txt", engine });
      expect(findings).toHaveLength(3000);
      expect(findings.some((finding) => keys.some((key) => finding.excerpt.text.includes(key)))).toBe(false);
    }
  }, 60_000);
});
