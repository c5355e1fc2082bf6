import { describe, expect, it } from "vitest";
import { isCode } from "../../src/values/code.js";

describe("a piece of code where a password might stand", () => {
  it.each([
    "config.password",
    "this.settings.token;",
    "self->password",
    "Settings::DB_PASSWORD",
    "encryptionKey",
    "encryptionKey;",
    "sasl_password",
    "vault-token",
    "auth/wrong-password",
    "value;",
  ])("is %s", (value) => expect(isCode(value)).toBe(true));

  it.each([
    "sunshine",
    "blueberry7",
    "IchLiebeDich",
    "Summer2024!",
    "p.assw0rd!",
    "correct-horse-battery",
    "a/b+c==",
  ])("is not %s", (value) => expect(isCode(value)).toBe(false));

  it("is told in linear time", () => {
    for (const part of ["a", "a.", "aB", "a-", "a/", "a::"]) expect(isCode(part.repeat(50_000))).toBe(false);
  });
});
