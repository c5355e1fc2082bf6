import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accepts } from "../../src/rules/acceptance.js";
import { loadRuleSet } from "../../src/rules/load.js";
import type { Rule } from "../../src/rules/rule.js";
import { sampleOf } from "../../src/rules/test-rule.js";
import { createEngine, withoutSecrets } from "../../src/scan/engine.js";
import { DEFAULTS } from "../../src/settings/defaults.js";
import { makeRepository, type TestRepository } from "../repository.js";
import { encodedForms } from "../secrets.js";
import { auraScan } from "./aura-scan.js";
import { speaker, startService } from "./gate-service.js";

/** A sample of one kind of secret, and the secret itself. */
type Planted = { readonly rule: Rule; readonly sample: string; readonly secret: string };

type Answer = { readonly verdict: string; readonly wire_body: string | null; readonly aura_id: string };

const ruleSet = await loadRuleSet([]);
/** What blocks, wherever it stands: rules with paths are for files of settings, and those hold no functions. */
const planted: readonly Planted[] = ruleSet.rules
  .filter((rule) => rule.paths.length === 0 && !rule.part && rule.severity !== "low")
  .flatMap((rule) => {
    const sample = sampleOf(rule, "examples", 0, rule.examples[0] ?? "");
    const secrets = rule.pattern.matches(sample).map(({ secret }) => sample.slice(secret.start, secret.end));
    const secret = secrets.filter((text) => accepts(rule, text)).sort((a, b) => b.length - a.length)[0];
    return secret === undefined || secret.length < 12 ? [] : [{ rule, sample, secret }];
  });

const { keywords } = createEngine(DEFAULTS, ruleSet);
/** Of many, those that need no name beside them to be known. */
const tellByThemselves = planted.filter(
  ({ secret }, index) => index % 10 === 0 && !withoutSecrets(secret, keywords).includes(secret),
);

let repository: TestRepository;
/** What the service and every command said. */
const said: string[] = [];
let answers: readonly Answer[];

describe(`${planted.length} kinds of secrets, offered to the service`, () => {
  beforeAll(async () => {
    repository = await makeRepository();
    const { child, ended, said: told } = startService(repository.root, ["--stdio"]);
    const { ask, introduce } = speaker(repository.root, child.stdout, child.stdin, (line) => said.push(line));
    await introduce("peer");
    const replies = await Promise.all(
      planted.map(({ sample }, index) =>
        ask("preflight.check", { pushes: [{ path: "src/a.rs", ...offered(sample, index) }] }),
      ),
    );
    answers = replies.map(({ result }) => result.pushes[0]);
    // A client that puts secrets wherever they do not belong.
    for (const { secret, sample } of tellByThemselves) {
      await ask(secret, { [secret]: secret });
      await ask("preflight.check", { pushes: [{ path: `../${secret}`, body: sample, [secret]: sample }] });
      await ask("preflight.failed", { record_id: secret, error: sample });
      await ask("pull.received", { aura_id: secret, peer_id: secret, bytes: -1, hash: sample });
      await ask("pull.received", { aura_id: `a::${secret}`, peer_id: "ada", bytes: 1 });
      await ask("heartbeat.check", { active_function: secret });
    }
    const { result } = await ask("preflight.check", {
      pushes: [{ path: "src/b.rs", body: "fn b() {}", aura_id: "b::b", name: "b" }],
    });
    const { record_id: id } = result.pushes[0];
    for (const { sample } of planted.filter((_, index) => index % 20 === 0))
      await ask("preflight.failed", { record_id: id, error: sample });
    child.stdin.end();
    expect(await ended).toBe(0);
    said.push(told());
    for (const line of [
      "status --trace --n 5000",
      "status --json",
      "audit",
      "audit --json",
      "audit --masked 0",
      "audit --verify",
      "audit --evidence out",
      "--since 7d --verbose",
      "--since 7d --report json",
      "--since 7d --report sarif",
    ]) {
      const run = await auraScan(repository.root, line.split(" "));
      said.push(run.out, run.err);
    }
  }, 300_000);
  afterAll(() => repository.remove());

  it("are kept back, or masked", () => {
    const passed = planted.filter(({ secret }, index) => answers[index]?.wire_body?.includes(secret));
    expect(passed.map(({ rule }) => rule.id)).toEqual([]);
  });

  it("stand in nothing that was written or said, in no form", () => {
    const written = filesBelow(repository.root).map((file) => {
      const bytes = readFileSync(file);
      return (file.endsWith(".br") ? brotliDecompressSync(bytes) : bytes).toString("latin1");
    });
    expect([written.length > 10, tellByThemselves.length > 10]).toEqual([true, true]);
    const found = formsIn([...written, ...said].join("\n"));
    expect(found.map(({ rule }) => rule.id)).toEqual([]);
  });
});

/** Whose secret stands in the text, in any form. In one walk: there are ten thousand forms and many megabytes. */
function formsIn(text: string): readonly Planted[] {
  const HEAD = 8;
  const byHead = new Map<string, { readonly form: string; readonly of: Planted }[]>();
  for (const of of planted)
    for (const form of encodedForms(of.secret)) {
      const head = form.slice(0, HEAD);
      byHead.set(head, [...(byHead.get(head) ?? []), { form, of }]);
    }
  const found = new Set<Planted>();
  for (let at = 0; at < text.length; at++)
    for (const { form, of } of byHead.get(text.slice(at, at + HEAD)) ?? [])
      if (text.startsWith(form, at)) found.add(of);
  return [...found];
}

/** A function with the sample in it. */
const offered = (sample: string, index: number) => ({
  body: `fn kind_${index}() {\n${sample}\n}`,
  aura_id: `a::kind_${index}`,
  name: `kind_${index}`,
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) =>
    entry.isFile() ? [path.join(entry.parentPath, entry.name)] : [],
  );
}
