import { describe, expect, it } from "vitest";
import { conflictFor, envelopeFor, heartbeatFor } from "../../../src/gate/envelope/envelope.js";
import { outwardNameFault } from "../../../src/gate/envelope/outward-name.js";
import type { PushAnswer } from "../../../src/gate/push.js";

const SENDER = { peer_id: "alice", at: "2026-01-31T12:00:00.000Z" };
const HASH = `sha256:${"0a".repeat(32)}`;
const ANSWER: PushAnswer = {
  aura_id: "billing::compute_tax",
  name: "compute_tax",
  verdict: "allow",
  reasons: [],
  record_id: "r",
  wire_body: "fn compute_tax() {}",
  bytes: 19,
  hash: HASH,
  redactions: [{ detector: "jwt", count: 1 }],
  findings: [],
};

describe("the envelope of a push", () => {
  it("holds five fields, whatever else the answer holds", () => {
    const made = envelopeFor({ ...ANSWER, ...{ commit_message: "x", env: { HOME: "/home/ada" } } }, SENDER);
    expect(made).toEqual({
      ok: true,
      envelope: { aura_id: ANSWER.aura_id, hash: HASH, ...SENDER, wire_body: ANSWER.wire_body },
    });
  });

  it.each<[string, Partial<PushAnswer>, Partial<typeof SENDER>, string]>([
    ["what is blocked", { verdict: "block" }, {}, "only what is allowed is sent"],
    ["what is withheld", { verdict: "withhold" }, {}, "only what is allowed is sent"],
    ["an answer without a body", { wire_body: null }, {}, "only what is allowed is sent"],
    ["an author's address", {}, { peer_id: "ada@example.com" }, "peer_id"],
    ["an author's name", {}, { peer_id: "Ada Lovelace" }, "peer_id"],
    ["no time", {}, { at: "yesterday" }, "at"],
    ["a time that is local", {}, { at: "2026-01-31T12:00:00+01:00" }, "at"],
    ["a path of the disk", { aura_id: "/home/ada/work/a.rs::f" }, {}, "aura_id"],
    ["another kind of hash", { hash: "md5:00" }, {}, "hash"],
  ])("is not made for %s", (_, answer, sender, reason) => {
    const made = envelopeFor({ ...ANSWER, ...answer }, { ...SENDER, ...sender });
    expect(made).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });
});

it("the envelope of a heartbeat holds the peer, the time and the active function, or none", () => {
  expect(heartbeatFor("a::f", SENDER)).toEqual({
    ok: true,
    envelope: { ...SENDER, active_function: "a::f" },
  });
  expect(heartbeatFor(null, SENDER)).toEqual({ ok: true, envelope: { ...SENDER, active_function: null } });
  expect(heartbeatFor("C:\\work\\a.rs", SENDER).ok).toBe(false);
});

it("the envelope of a conflict holds its metadata", () => {
  const conflict = { aura_id: "a::f", ours: HASH, theirs: HASH, resolution: "merged" } as const;
  expect(conflictFor(conflict, SENDER)).toEqual({ ok: true, envelope: { ...conflict, ...SENDER } });
  expect(conflictFor({ ...conflict, theirs: "fn f() {}" }, SENDER).ok).toBe(false);
});

describe("a name may leave", () => {
  it.each([
    "billing::compute_tax",
    "f!",
    "Cart::total#2",
    "$scope",
    "operator==",
    "(x) => x",
    '"/users/:id"',
    '"/home"',
    "/ab+c/::match".slice(1),
    "a::名前",
    "@Input() value",
    "std::path::Path",
    "impl<T> From<T> for C",
    "ratio a:b",
  ])("%s", (name) => expect(outwardNameFault(name)).toBeNull());
});

describe("a name stays", () => {
  it.each([
    ["an absolute path", "/srv/app/a.rs", "disk"],
    ["a path of a home folder inside", "a::/home/ada/work", "disk"],
    ["one of a Mac", '"/Users/ada/work"', "disk"],
    ["one of Windows", "C:\\Users\\ada", "disk"],
    ["one of Windows inside", "x C:/Users/ada", "disk"],
    ["a share", "\\\\server\\share", "disk"],
    ["a home folder", "~/work/a.rs", "disk"],
    ["a file's address", "file:///a.rs", "disk"],
    ["an e-mail address", "Ada <ada@example.com>", "e-mail"],
    ["an environment variable", "API_URL=abc", "environment"],
    ["one of several", "x HOME_DIR=a", "environment"],
    ["a commit message", "f\n\nSigned-off-by: Ada", "line break"],
    ["nothing", "", "empty"],
    ["what is no name any more", "x".repeat(1025), "longer"],
    ["half of a surrogate pair", "a\ud800", "Unicode"],
  ])("that is %s, and is not repeated", (_, name, reason) => {
    const fault = outwardNameFault(name);
    expect(fault).toContain(reason);
    if (name !== "") expect(fault).not.toContain(name);
  });
});
