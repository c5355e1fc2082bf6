import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../repository.js";
import { awsKeyId, stripeKey } from "../secrets.js";
import { ask, introduced, PUSH, smallService } from "./service/small-service.js";

// The lists of the specification's page, line by line. What a client gets as `envelope` is all that it may send.

const HASH = `sha256:${"0a".repeat(32)}`;

/** The gate's answer to one push of a repository with these settings. */
async function push(settings: string, request: object, prepare?: (root: string) => void) {
  const made = smallService();
  made.settings(settings);
  prepare?.(made.root);
  const answer = await ask(await introduced(made), "preflight.check", { pushes: [{ ...PUSH, ...request }] });
  return { answer, push: answer.result?.pushes[0] };
}

const stays = { wire_body: null, hash: null, bytes: null, envelope: null };

describe("What does not sync", () => {
  it("Files outside the include globs", async () => {
    const made = await push("[live.selective]\ninclude = ['src/public/**']", { path: "src/private/a.rs" });
    expect(made.push).toMatchObject({ verdict: "withhold", ...stays });
  });

  it("Files matching any exclude glob", async () => {
    const made = await push("[live.selective]\nexclude = ['src/**']", {});
    expect(made.push).toMatchObject({ verdict: "withhold", ...stays });
  });

  it.each([
    ["Functions marked @aura-local", "", "/// @aura-local\nfn f() {}", "withhold"],
    ["unmarked, in default_private mode", "[live.privacy]\ndefault_private = true", "fn f() {}", "withhold"],
    [
      "but not those marked @aura-public there",
      "[live.privacy]\ndefault_private = true",
      "/// @aura-public\nfn f() {}",
      "allow",
    ],
  ])("%s", async (_, settings, body, verdict) => {
    expect((await push(settings, { body })).push.verdict).toBe(verdict);
  });

  it.each([
    ["path", "/home/ada/work/a.rs"],
    ["path", "C:\\work\\a.rs"],
    ["path", "~/a.rs"],
    ["aura_id", "/home/ada/work/a.rs::f"],
    ["name", "/home/ada/work/a.rs"],
  ])("File paths relative to your disk root: as %s %s", async (key, value) => {
    const made = await push("", { [key]: value });
    expect(made.push).toMatchObject({ verdict: "block", ...stays });
  });

  it("and the path that a push does name is not sent either", async () => {
    const { envelope } = (await push("", {})).push;
    expect(JSON.stringify(envelope)).not.toContain(PUSH.path);
  });

  it.each(["env", "environment", "env_vars"])("Environment variables: %s is no field", async (key) => {
    const made = await push("", { [key]: { HOME: "/home/ada" } });
    expect(made.answer.error?.message).toContain(`(${key})`);
  });

  it("Environment variables: nor in a name's place", async () => {
    expect((await push("", { name: "API_TOKEN=abc" })).push).toMatchObject({ verdict: "block", ...stays });
  });

  it("Files referenced by symlinks outside the repo", async () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, "a.rs"), PUSH.body);
    const made = await push("", { path: "linked/a.rs" }, (root) =>
      symlinkSync(outside, join(root, "linked")),
    );
    expect(made.push).toMatchObject({ verdict: "block", ...stays });
    const inside = await push("", { path: "linked/a.rs" }, (root) => {
      mkdirSync(join(root, "src"));
      symlinkSync(join(root, "src"), join(root, "linked"));
    });
    expect(inside.push.verdict).toBe("allow");
  });

  it.each(["commit", "commit_message", "git_log", "author", "author_email", "committer"])(
    "Git history, commit messages, author identities: %s is no field",
    async (key) => {
      const made = await push("", { [key]: "Ada" });
      expect(made.answer.error?.message).toContain(`(${key})`);
    },
  );

  it.each(["ada@example.com", "Ada Lovelace", "Ada <ada@example.com>"])(
    "author identities not tied to the Aura peer ID: %s is no peer id",
    async (peer_id) => {
      await expect(introduced(smallService(), { peer_id })).rejects.toThrow("is no peer's id");
    },
  );

  it.each(["open_tabs", "cursor", "undo_history", "unsaved_buffers", "selection"])(
    "Editor state: %s is no field of a push, a heartbeat or a conflict",
    async (key) => {
      const client = await introduced(smallService());
      for (const [method, params] of [
        ["preflight.check", { pushes: [{ ...PUSH, [key]: 1 }] }],
        ["heartbeat.check", { active_function: "a::f", [key]: 1 }],
        ["conflict.check", { aura_id: "a::f", ours: HASH, theirs: HASH, resolution: "ours", [key]: 1 }],
      ] as const)
        expect((await ask(client, method, params)).error?.message).toContain(`(${key})`);
    },
  );
});

describe("What does sync", () => {
  it("Function bodies for every function in an included file, with secrets masked", async () => {
    const source = `fn f() { g("${stripeKey()}") }\nfn h() {}`;
    const client = await introduced(smallService());
    const { pushes } = (await ask(client, "preflight.check", { pushes: [{ path: "src/a.rs", source }] }))
      .result;
    expect(pushes.map(({ envelope }: { envelope: { wire_body: string } }) => envelope.wire_body)).toEqual([
      'fn f() { g("****MASKED****") }',
      "fn h() {}",
    ]);
  });

  it("aura_id, content hash, author peer ID, timestamp for each push, and nothing else", async () => {
    const made = await push("", {});
    expect(Object.keys(made.push.envelope).sort()).toEqual(["at", "aura_id", "hash", "peer_id", "wire_body"]);
    expect(made.push.envelope).toMatchObject({ aura_id: "a::f", hash: made.push.hash, peer_id: "alice" });
  });

  it("Heartbeats with active-function name if presence is enabled", async () => {
    const client = await introduced(smallService());
    const at = "2026-01-31T12:00:00Z";
    const { result } = await ask(client, "heartbeat.check", { active_function: "a::f", at });
    expect(result).toEqual({
      verdict: "allow",
      reasons: [],
      envelope: { peer_id: "alice", at, active_function: "a::f" },
    });
  });

  it.each([
    ["a secret", { active_function: `a::key_${awsKeyId()}` }, "block"],
    ["a path of the disk", { active_function: "/home/ada/a.rs" }, "block"],
    [
      "the name of a function in an excluded file",
      { active_function: "a::f", path: "vault/a.rs" },
      "withhold",
    ],
    ["a path that leaves the repository", { active_function: "a::f", path: "../a.rs" }, "block"],
  ])("but no heartbeat with %s", async (_, params, verdict) => {
    const made = smallService();
    made.settings("[live.selective]\nexclude = ['vault/**']");
    const { result } = await ask(await introduced(made), "heartbeat.check", params);
    expect(result).toMatchObject({ verdict, envelope: null });
    expect(JSON.stringify(result)).not.toContain(awsKeyId());
  });

  describe("A heartbeat tells no function's name that a push of it would keep", () => {
    const SOURCE = [
      "export function open() {}",
      "/** @aura-local */",
      "export function unreleased() {}",
      "/** @aura-public */",
      "export function shown() {}",
    ].join("\n");
    const at = (name: string, more: object = {}) => ({ active_function: name, path: "src/p.ts", ...more });
    const PRIVATE = "[live.privacy]\ndefault_private = true";

    it.each<[string, string, object, string]>([
      ["one that may be known", "", at("open"), "allow"],
      ["by its id", "", at("p::open"), "allow"],
      ["an @aura-local one", "", at("unreleased"), "withhold"],
      ["by its id", "", at("p::unreleased"), "withhold"],
      ["not @aura-public, where all is private", PRIVATE, at("open"), "withhold"],
      ["@aura-public there", PRIVATE, at("shown"), "allow"],
      ["one that does not stand in its file", "", at("elsewhere"), "withhold"],
      ["one that stands in the editor only", "", at("fresh", { source: "function fresh() {}" }), "allow"],
      ["of a file that is not there", "", at("open", { path: "src/q.ts" }), "withhold"],
      ["of a language that is not taken apart", "", at("open", { path: "src/q.py" }), "allow"],
      ["the same where all is private", PRIVATE, at("open", { path: "src/q.py" }), "withhold"],
      ["of no file, where all is private", PRIVATE, { active_function: "shown" }, "withhold"],
      [
        "of no file, where files are excluded",
        "[live.selective]\nexclude = ['v/**']",
        { active_function: "open" },
        "withhold",
      ],
      ["prose", "", { active_function: "fix: the word was hunter" }, "block"],
      ["who commits", "", { active_function: "Ada Lovelace" }, "block"],
      ["a name that looks like another", "", { active_function: "a::\u202ef" }, "block"],
      ["an encoded secret", "", { active_function: `a::${btoa(stripeKey())}` }, "block"],
      ["one in escaped letters", "", { active_function: stripeKey().replace("_", "\\u005f") }, "block"],
    ])("%s", async (_, settings, params, verdict) => {
      const made = smallService();
      made.settings(settings);
      mkdirSync(join(made.root, "src"));
      writeFileSync(join(made.root, "src/p.ts"), SOURCE);
      const { result } = await ask(await introduced(made), "heartbeat.check", params);
      expect(result).toMatchObject({ verdict });
    });
  });

  it("Conflict resolution metadata", async () => {
    const client = await introduced(smallService());
    const conflict = { aura_id: "a::f", ours: HASH, theirs: HASH, resolution: "theirs" };
    const { result } = await ask(client, "conflict.check", conflict);
    expect(result.envelope).toEqual({ ...conflict, peer_id: "alice", at: expect.any(String) });
    const leaking = await ask(client, "conflict.check", { ...conflict, aura_id: `a::${awsKeyId()}` });
    expect(leaking.result).toMatchObject({ verdict: "block", envelope: null });
    const unknown = await ask(client, "conflict.check", { ...conflict, resolution: "coin" });
    expect(unknown.error?.message).toContain("params.resolution must be one of");
  });

  it("neither a heartbeat nor a conflict for a client without a peer id", async () => {
    const client = await introduced(smallService(), { peer_id: null });
    expect((await ask(client, "heartbeat.check", {})).error?.message).toBe("initialize named no peer_id");
  });
});
