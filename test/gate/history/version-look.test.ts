import { describe, expect, it } from "vitest";
import { versionLook } from "../../../src/gate/history/version-look.js";
import { quickLook } from "../../../src/gate/quick-look.js";
import { smallEngine } from "../../scan/small-engine.js";
import { awsKeyId, stripeKey } from "../../secrets.js";

const engine = await smallEngine();

const code = (middle: string): Buffer => {
  const lines = Array.from({ length: 60 }, (_, line) => `export const a${line} = call(${line});\n`);
  return Buffer.from([...lines.slice(0, 30), middle, ...lines.slice(30)].join(""));
};

const versions: Readonly<Record<string, Buffer>> = {
  plain: code(""),
  "another line": code("let other = 1;\n"),
  "a secret": code(`const key = "${stripeKey()}";\n`),
  "half a secret": code(`const key = "${stripeKey().slice(0, 16)}";\n`),
  "a secret that is put together": code(
    `const key = "${awsKeyId().slice(0, 9)}" + "${awsKeyId().slice(9)}";\n`,
  ),
  "a marker": code("/** @aura-local */\nfunction f() {\n  return 1;\n}\n"),
  "a comment that allows": code("let x = 1; // aura-scan:allow live-key it is none\n"),
  "letters that are not ASCII": code('const name = "é中";\n'),
  "such letters and a secret": code(`const name = "é${stripeKey()}";\n`),
  "a NUL": code("\0"),
  "UTF-16": Buffer.from(`\ufeff${code("")}`, "utf16le"),
  short: Buffer.from("x"),
  empty: Buffer.alloc(0),
  "a pointer": Buffer.from(
    `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 12345\n`,
  ),
};

describe("a version is looked at as if it were the only one", () => {
  const names = Object.keys(versions);
  const after = names.flatMap((first) => names.map((second) => ({ first, second })));

  it.each(after)("$second after $first", ({ first, second }) => {
    for (const path of ["src/a.ts", "a.txt"]) {
      const look = versionLook(engine);
      for (const name of ["plain", first, second, "plain", second, first, first, first, second]) {
        const content = versions[name] ?? Buffer.alloc(0);
        expect([name, look(path, content)]).toEqual([name, quickLook(engine, path, content)]);
      }
    }
  });

  it("whatever stood at another path", () => {
    const look = versionLook(engine);
    for (const path of ["a.ts", `${stripeKey()}.ts`, "b.ts", "a.ts"]) {
      for (const content of Object.values(versions))
        expect(look(path, content)).toEqual(quickLook(engine, path, content));
    }
  });

  it("and a file whose name holds a secret is never clean", () => {
    expect(versionLook(engine)(`${stripeKey()}.ts`, code(""))).toBeNull();
  });
});
