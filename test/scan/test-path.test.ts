import { describe, expect, it } from "vitest";
import { isTestPath } from "../../src/scan/test-path.js";

describe("a generic finding is told with low confidence in a file of made-up values", () => {
  it.each([
    "test/auth.ts",
    "src/__tests__/login.js",
    "spec/models/user_spec.rb",
    "src/auth.test.ts",
    "src/auth_test.go",
    "tests/test_auth.py",
    "src/AuthTest.java",
    "docs/setup.html",
    "README.md",
    "examples/app/config.yml",
    "packages/api/fixtures/user.json",
    "server/test-fixtures/link.hcl",
    "unit-tests/login.js",
    "auth/kerberos/integtest/run.sh",
    "helper/testhelpers/postgresql.go",
    "ui/mirage/factories/user.js",
    "docs_src/security/tutorial.py",
    "benches/jwt.rs",
  ])("%s", (path) => expect(isTestPath(path)).toBe(true));

  it.each([
    "src/auth.ts",
    "contest/entry.py",
    "demo-app/config.py",
    "docs-service/.env",
    "test-environment/.env",
    "testimony/.env",
    "benchmarking/.env",
    "latest/app.js",
    "src/attestation.ts",
    "config/prod.yml",
    "Testament.txt",
  ])("but not in %s", (path) => expect(isTestPath(path)).toBe(false));
});
