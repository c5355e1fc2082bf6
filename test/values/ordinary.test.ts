import { describe, expect, it } from "vitest";
import { expandSample } from "../../src/rules/sample.js";
import { isOrdinary, isPublicKey } from "../../src/values/ordinary.js";

const drawn = (template: string): string => expandSample(template, "ordinary");

describe("a public key in base64 opens nothing", () => {
  it.each([
    ["RSA of 1024 bits", "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC{{base64*170}}"],
    ["RSA of 2048 bits", "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA{{base64*300}}"],
    ["RSA of 4096 bits", "MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEA{{base64*600}}"],
    ["P-256", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE{{base64*86}}=="],
    ["P-384", "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE{{base64*128}}"],
    ["Ed25519", "MCowBQYDK2VwAyEA{{base64*43}}="],
    ["SSH", "AAAAC3NzaC1lZDI1NTE5AAAAI{{base64*43}}"],
    ["a point that web push is told", "BD{{base64url*85}}"],
  ])("%s", (_, template) => {
    expect(isPublicKey(drawn(template))).toBe(true);
    expect(isOrdinary(drawn(template))).toBe(true);
  });

  it.each([
    ["a private key of RSA", "MIIEvgIBADANBgkqhkiG9w0BAQEFAASC{{base64*200}}"],
    ["a private key of P-256", "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0w{{base64*140}}"],
    ["a private key of Ed25519", "MC4CAQAwBQYDK2VwBCIEI{{base64*43}}"],
    ["another value that begins alike", "BD{{base64url*40}}"],
  ])("but not %s", (_, template) => expect(isPublicKey(drawn(template))).toBe(false));
});

describe("what stands in source code everywhere is ordinary", () => {
  it.each([
    "getUserName",
    "some-kebab-name",
    "./path/to/file",
    "v1.20.3",
    "config.get('x')",
    "sha256-{{base64*43}}=",
  ])("%s", (template) => expect(isOrdinary(drawn(template))).toBe(true));

  it.each(["{{alnum*32}}", "tr0ub4dor&3", "Summer2024!x9"])("but not %s", (template) =>
    expect(isOrdinary(drawn(template))).toBe(false),
  );
});
