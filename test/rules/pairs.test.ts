import { describe, expect, it } from "vitest";
import { loadRuleSet } from "../../src/rules/load.js";
import { expandSample } from "../../src/rules/sample.js";
import { keywordsOf } from "../../src/scan/keywords.js";
import { secretsIn } from "../../src/scan/secrets-in.js";

const keywords = keywordsOf((await loadRuleSet([])).rules);

/** What a scan of the text that `template` stands for tells: rule, severity and the rules of the other half. */
function told(template: string): readonly (readonly [string, string, readonly string[]])[] {
  const text = expandSample(template, "pairs");
  return secretsIn(text, keywords, null).map(({ rule, severity, also }) => [rule.id, severity, also]);
}

describe("the default rules make one finding of two halves", () => {
  it.each([
    [
      "an AWS key id and its secret in the environment",
      "AWS_ACCESS_KEY_ID=AKIA{{base32*16}}\nAWS_SECRET_ACCESS_KEY={{base64*40}}\n",
    ],
    [
      "with lines between",
      "aws_access_key_id = AKIA{{base32*16}}\nregion = eu-west-1\noutput = json\naws_secret_access_key = {{base64*40}}\n",
    ],
    ["the other way round", 'secretAccessKey: "{{base64*40}}",\naccessKeyId: "AKIA{{base32*16}}",\n'],
    ["as arguments", 'new S3("AKIA{{base32*16}}", "{{base64*40}}");\n'],
  ])("%s", (_, template) => {
    const found = told(template);
    expect(found).toHaveLength(1);
    expect(found[0]?.[1]).toBe("critical");
    expect(found[0]?.[2]).toContain("aws-access-key-id");
  });

  it.each([
    ["a Twilio account and its token", "TWILIO_ACCOUNT_SID=AC{{hex*32}}\nTWILIO_AUTH_TOKEN={{hex*32}}\n"],
    ["a client's id and secret", 'client_id: "{{alnum*24}}"\nclient_secret: "{{alnum*40}}"\n'],
    ["a user and a password", "DB_HOST=db.acme.io\nDB_USER=shop\nDB_PASSWORD={{letter*5}}7!{{alnum*5}}\n"],
    [
      "an endpoint and its key",
      "Endpoint=https://acme.service.signalr.net;AccessKey={{base64*43}}=;Version=1.0;\n",
    ],
  ])("%s", (_, template) => {
    const found = told(template);
    expect(found.map(([, severity]) => severity)).toHaveLength(1);
    expect(["high", "critical", "medium"]).toContain(found[0]?.[1]);
  });
});
