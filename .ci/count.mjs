// Adds up vitest's reports and prints the closing line; a report that is missing or a gate that blocked is a failure.
import { readFileSync } from "node:fs";

const [gate, ...reports] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const report of reports) {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites, success } = JSON.parse(
      readFileSync(report, "utf8"),
    );
    passed += numPassedTests;
    failed += numFailedTests;
    if (!success && numFailedTests === 0) failed += Math.max(1, numFailedTestSuites);
  } catch (error) {
    console.error(`${report} cannot be read: ${error.message}`);
    failed++;
  }
}
if (gate === "0") passed++;
else {
  console.error(`aura-scan does not pass its own repository (exit ${gate})`);
  failed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
