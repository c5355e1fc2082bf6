import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitCompound, wordsOf } from "../../src/randomness/words.js";

/** UTF-16 units of any kind, halves of pairs too. */
const anyText = (maxLength: number) =>
  fc
    .array(fc.oneof(fc.integer({ min: 32, max: 126 }), fc.integer({ min: 0, max: 0xffff })), { maxLength })
    .map((units) => String.fromCharCode(...units));

describe("the words of a name", () => {
  it.each([
    ["publicKeyHash", "public key hash"],
    ["AWSSecretKey", "aws secret key"],
    ["getHTTPSUrl", "get https url"],
    ["monkey", "monkey"],
    ["DB_PASSWORD", "db password"],
    ["--db-password", "db password"],
    ["spring.datasource.password", "spring datasource password"],
    ["x-api-key", "x api key"],
    ["contraseñaNueva", "contraseña nueva"],
    ["ÉtéKey", "été key"],
    ["パスワード", "パスワード"],
    ["", ""],
    ["__", ""],
  ])("%s", (name, words) => {
    expect(wordsOf(name).join(" ")).toBe(words);
  });

  it.each([
    ["dbpassword2", "dbpassword"],
    ["user1Password", "user password"],
    ["MYSQL_ROOT_PASSWORD_1", "mysql root password"],
    ["apiKey2", "api key"],
    ["42", ""],
  ])("leave numbers out: %s", (name, words) => {
    expect(wordsOf(name).join(" ")).toBe(words);
  });

  it.each([
    ["oauth2_token", "oauth2 token"],
    ["OAuth2Token", "oauth2 token"],
    ["AUTH0_CLIENT_SECRET", "auth0 client secret"],
    ["base64Key", "base64 key"],
    ["s3SecretKey", "s3 secret key"],
    ["S3Bucket", "s3 bucket"],
    ["k8sToken", "k8s token"],
    ["sha256sum", "sha256 sum"],
    ["i18nKey", "i18n key"],
  ])("keep the digits that a word has: %s", (name, words) => {
    expect(wordsOf(name).join(" ")).toBe(words);
  });

  it("are letters of the name, in small letters", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (name) => {
        const folded = name.toLowerCase();
        expect(wordsOf(name).filter((word) => !/^[a-z0-9]+$/.test(word) || !folded.includes(word))).toEqual(
          [],
        );
      }),
    );
  });

  it("are told for any text", () => {
    fc.assert(
      fc.property(anyText(100), (name) => {
        expect(wordsOf(name)).not.toContain("");
      }),
    );
  });
});

describe("a run of small letters", () => {
  it.each([
    ["dbpassword", "db password"],
    ["apikey", "api key"],
    ["authtoken", "auth token"],
    ["accesskey", "access key"],
    ["privatekey", "private key"],
    ["mysqlpwd", "mysql pwd"],
    ["userpass", "user pass"],
    ["rootpw", "root pw"],
    ["awssecretaccesskey", "aws secret access key"],
    ["secretkeybase", "secret key base"],
    ["clientsecret", "client secret"],
    ["refreshtoken", "refresh token"],
    ["passwordhash", "password hash"],
    ["tokenfile", "token file"],
    ["publickey", "public key"],
    ["nexttoken", "next token"],
  ])("that names a credential is taken apart: %s", (word, words) => {
    expect(splitCompound(word).join(" ")).toBe(words);
  });

  it.each([
    ["intranetpassword", "intranet password"],
    ["acmeapikey", "acme api key"],
    ["zendesktoken", "zendesk token"],
    ["frobnicatordbpassword", "frobnicatordb password"],
  ])("is taken apart before an unmistakable end, whatever stands there: %s", (word, words) => {
    expect(splitCompound(word).join(" ")).toBe(words);
  });

  it.each(
    `monkey donkey turkey whiskey jockey hockey keyboard keystroke keystone secretariat secretary secretion tokenizer
    tokenize betoken passport passenger passage bypass compass passion author authority authentication hotkey keynote
    keyword password token secret sessions signatures pinstripe salted certain spinning`.split(/\s+/),
  )("that is one word stays one: %s", (word) => {
    expect(splitCompound(word)).toEqual([word]);
  });

  it("loses no letter", () => {
    const pieces = fc.constantFrom(
      "db",
      "my",
      "key",
      "token",
      "api",
      "pass",
      "word",
      "secret",
      "s",
      "mon",
      "",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const word = parts.join("");
        expect(splitCompound(word).join("")).toBe(word);
      }),
    );
  });
});
