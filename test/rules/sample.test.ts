import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expandSample } from "../../src/rules/sample.js";

describe("a sample", () => {
  it.each([
    ["{{hex*40}}", /^[0-9a-f]{40}$/],
    ["{{[A-Z2-7]*16}}", /^[A-Z2-7]{16}$/],
    ["acme_{{alnum*8}}-{{digit*3}}", /^acme_[0-9A-Za-z]{8}-[0-9]{3}$/],
    ["{{base64*64}}", /^[0-9A-Za-z+/]{64}$/],
    ["{{base64url*64}}", /^[0-9A-Za-z_-]{64}$/],
    ["{{upper*9}}{{lower*9}}{{letter*9}}{{base32*9}}", /^[0-9A-Z]{9}[0-9a-z]{9}[A-Za-z]{9}[A-Z2-7]{9}$/],
    ["{{[A]*5}}", /^AAAAA$/],
    ["AKIA{{}}IOSFODNN7EXAMPLE", /^AKIAIOSFODNN7EXAMPLE$/],
    ["{{ vault_password }} \u0024{X}", /^\{\{ vault_password \}\} \$\{X\}$/],
  ])("of %s has the form that was asked for", (template, form) => {
    expect(expandSample(template, "a seed")).toMatch(form);
  });

  it("is the same for the same template and seed, and another for another seed", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const template = "{{alnum*32}}";
        expect(expandSample(template, one)).toBe(expandSample(template, one));
        fc.pre(one !== other);
        expect(expandSample(template, one)).not.toBe(expandSample(template, other));
      }),
    );
  });

  it("leaves a template without braces as it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes("{{"));
        expect(expandSample(text, "seed")).toBe(text);
      }),
    );
  });
});
