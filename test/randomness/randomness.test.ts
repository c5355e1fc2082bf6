import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { looksRandom, randomness } from "../../src/randomness/randomness.js";
import { letters } from "../secrets.js";

/** UTF-16 units of any kind, halves of pairs too. */
const anyText = (maxLength: number) =>
  fc
    .array(fc.oneof(fc.integer({ min: 32, max: 126 }), fc.integer({ min: 0, max: 0xffff })), { maxLength })
    .map((units) => String.fromCharCode(...units));

const SMALL = "abcdefghijklmnopqrstuvwxyz";
const CAPITAL = SMALL.toUpperCase();
const DIGIT = "0123456789";
const HEX = `${DIGIT}abcdef`;
const BASE36 = SMALL + DIGIT;
const BASE62 = SMALL + CAPITAL + DIGIT;
const BASE64_URL = `${BASE62}-_`;

/** What stands in source trees, by kind. */
const WRITTEN = {
  words: `internationalization counterproductive correcthorsebatterystaple thequickbrownfoxjumps
    donaudampfschifffahrt configuracionavanzada responsabilidades utilisateurs aktualisierung`,
  names: `getElementsByClassName AbstractSingletonProxyFactoryBean XMLHttpRequestEventTarget isUTF8Supported
    MAX_CONNECTIONS_PER_HOST pthread_mutexattr_getprotocol EVP_PKEY_CTX_set_rsa_mgf1_md sha256WithRSAEncryption
    kSecAttrAccessibleWhenUnlocked SSECustomerKeyMD5 coerceV2RequestDiscriminatedUnion __builtin_object_size
    std::basic_string com.fasterxml.jackson.databind.ObjectMapper org.springframework.boot.autoconfigure
    javax.management.remote.JMXAddressable System.IdentityModel.Tokens.Jwt`,
  "paths and hosts": `src/components/LoginForm/index.tsx /usr/local/share/ca-certificates ../../node_modules/.bin/tsc
    C:\\Users\\Public\\Documents\\settings.json config/environments/production.rb registry.npmjs.org
    s3.eu-central-1.amazonaws.com https://login.microsoftonline.com/common/oauth2/v2.0/token
    db-primary.internal.example.com:5432 postgres.default.svc.cluster.local`,
  "packages and versions": `@typescript-eslint/eslint-plugin babel-plugin-transform-runtime spring-boot-starter-web
    x86_64-unknown-linux-gnu aarch64-apple-darwin python3.11-slim-bookworm node:20.11.1-alpine3.19
    1.0.0-beta.12+build.2024 ubuntu-22.04-lts-amd64 utf8mb4_0900_ai_ci`,
  "style and text keys": `btn-outline-secondary md:hover:bg-gray-200/50 col-xs-offset-2 settings.notifications.email.title
    errors.messages.too_short checkout_step_confirm_button error.password.mismatch
    application/vnd.openxmlformats-officedocument multipart/form-data;boundary Content-Security-Policy`,
  "times and numbers": `2024-01-02T03:04:05.678Z YYYY-MM-DDTHH:mm:ss.SSSZ 192.168.100.200 20240131123456789
    00:1b:44:11:3a:b7 123456789012345678901234 3.141592653589793 America/Argentina/Buenos_Aires`,
  "repetitions and sequences": `aaaaaaaaaaaaaaaaaaaa xxxxxxxxxxxxxxxxxxxxxxxx abcabcabcabcabcabc 00000000000000000001
    abcdefghijklmnopqrstuvwxyz 0123456789abcdef0123456789abcdef ffeeddccbbaa99887766 qwertyuiopasdfghjkl
    1qaz2wsx3edc4rfv5tgb a1b2c3d4e5f6a1b2c3d4e5f6 00000000ffffffff00000000 deadbeefcafebabe feedfacedeadbeef`,
  "passwords that people make":
    "Summer2024! hunter2hunter2 Password123! letmein2023 admin@123 Welcome2Company",
} as const;

describe("what people write does not look random", () => {
  const cases = Object.entries(WRITTEN).flatMap(([kind, list]) =>
    list.split(/\s+/).map((value) => [kind, value] as const),
  );
  it.each(cases)("%s: %s", (_, value) => {
    expect(looksRandom(value)).toBe(false);
  });

  it.each(cases.filter(([kind, value]) => kind !== "times and numbers" && value.length >= 20))(
    "%s: %s scores below one bit a character",
    (_, value) => {
      expect(randomness(value)).toBeLessThan(1);
    },
  );
});

/** Of 300 values drawn from an alphabet, how many look random. */
function rate(alphabet: string, length: number, frame = (token: string) => token): number {
  const drawn = Array.from({ length: 300 }, (_, at) =>
    letters(`${alphabet} ${length} ${at}`, length, alphabet),
  );
  return drawn.filter((token) => looksRandom(frame(token))).length / drawn.length;
}

describe("what is drawn looks random", () => {
  it.each([
    ["hexadecimal", HEX],
    ["capital hexadecimal", HEX.toUpperCase()],
    ["small letters", SMALL],
    ["both cases", SMALL + CAPITAL],
    ["base 32", `${CAPITAL}234567`],
    ["base 36", BASE36],
    ["capital base 36", CAPITAL + DIGIT],
    ["base 58", BASE62.replace(/[0OIl]/g, "")],
    ["base 62", BASE62],
    ["base64", `${BASE62}+/`],
    ["base64url", BASE64_URL],
    ["a keyboard's marks too", `${BASE62}!@#$%^&*()-_=+?`],
  ])("in %s", (_, alphabet) => {
    expect(rate(alphabet, 16)).toBeGreaterThan(0.85);
    expect(rate(alphabet, 20)).toBeGreaterThan(0.96);
    expect(rate(alphabet, 24)).toBeGreaterThan(0.98);
    expect(rate(alphabet, 40)).toBe(1);
  });

  it("as short as 12 characters, mostly", () => {
    expect(rate(HEX, 12)).toBeGreaterThan(0.93);
    expect(rate(BASE62, 12)).toBeGreaterThan(0.75);
    expect(rate(BASE36, 12)).toBeGreaterThan(0.75);
  });

  it.each([
    ["behind a name", BASE64_URL, 24, (token: string) => `myapp-prod-${token}`],
    ["hexadecimal behind words", HEX, 32, (token: string) => `service-account-key-${token}`],
    ["between joints", BASE36, 24, (token: string) => `${token.slice(0, 12)}-${token.slice(12)}`],
    ["before padding", BASE62, 43, (token: string) => `${token}=`],
    ["before a host", BASE62, 24, (token: string) => `${token}.apps.example.com`],
  ])("%s", (_, alphabet, length, frame) => {
    expect(rate(alphabet, length, frame)).toBeGreaterThan(0.97);
  });

  it("by more than a bit a character on average", () => {
    for (const alphabet of [HEX, BASE36, BASE62, BASE64_URL, `${BASE62}!@#$%^&*`]) {
      const scores = Array.from({ length: 200 }, (_, at) => randomness(letters(`mean ${at}`, 32, alphabet)));
      expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeGreaterThan(1);
    }
  });
});

describe("any value", () => {
  it.each([
    "",
    "a",
    "k3Yx9Q2",
    "12345678901234567890",
    "!!!!????****((((",
    "……………………",
    "密码密码密码密码密码",
  ])("too short or without letters of ASCII never looks random: %s", (value) => {
    expect(looksRandom(value)).toBe(false);
  });

  it("has a score of a few bits, the same each time", () => {
    fc.assert(
      fc.property(anyText(300), fc.string(), (value, other) => {
        const score = randomness(value);
        const verdict = looksRandom(value);
        looksRandom(other);
        expect(score).toBeGreaterThanOrEqual(-6.5);
        expect(score).toBeLessThanOrEqual(5);
        expect(randomness(value)).toBe(score);
        expect(looksRandom(value)).toBe(verdict);
      }),
    );
  });

  it("is read no farther than its first 512 characters", () => {
    const start = "written words and more ".repeat(30).slice(0, 512);
    const token = letters("behind", 40, BASE62);
    expect(looksRandom(start + token)).toBe(false);
    expect(looksRandom(start.slice(0, 400) + token)).toBe(true);
    expect(randomness("ab".repeat(5_000_000))).toBe(randomness("ab".repeat(256)));
  });
});
