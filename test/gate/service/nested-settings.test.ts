import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ServiceClient } from "../../../src/gate/service/service.js";
import { ask, introduced, smallService } from "./small-service.js";

let made: ReturnType<typeof smallService>;
let client: ServiceClient;
beforeEach(async () => {
  made = smallService();
  client = await introduced(made);
});
afterEach(async () => {
  await made.service.close();
  rmSync(made.root, { recursive: true, force: true });
});

function write(folder: string, text: string): void {
  const file = join(made.root, folder, ".aura/live.toml");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Files are looked at no more often than every few milliseconds. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

async function pushed(path: string) {
  const pushes = [{ path, body: "function f() {}", aura_id: "f", name: "f" }];
  return (await ask(client, "preflight.check", { pushes })).result.pushes[0];
}

const digest = async (): Promise<string> => (await ask(client, "settings.reload")).result.settings_digest;

describe("settings below the root, to a service that goes on", () => {
  it("hold from the next push on when they are written, changed, broken, mended and deleted", async () => {
    const file = join(made.root, "a/.aura/live.toml");
    const verdicts: string[] = [(await pushed("a/b/f.js")).verdict];
    for (const text of [
      "live.privacy.default_private = true",
      "",
      "[live",
      "live.selective.exclude = ['b/**']",
      null,
    ]) {
      if (text === null) rmSync(file);
      else write("a", text);
      await pause();
      verdicts.push((await pushed("a/b/f.js")).verdict);
    }
    expect(verdicts).toEqual(["allow", "withhold", "allow", "block", "withhold", "allow"]);
  });

  it("block only their own folder where they are broken", async () => {
    write("a", "[live");
    expect((await pushed("a/f.js")).reasons).toEqual([
      expect.stringContaining("a/.aura/live.toml:1:2: not valid TOML"),
    ]);
    expect((await pushed("b/f.js")).verdict).toBe("allow");
  });

  it("are part of the settings' digest, which each push has in the ledger, and are named there", async () => {
    const before = await digest();
    await pushed("a/f.js");
    write("a", "scan.fail_on = 'low'");
    await pause();
    await pushed("a/f.js");
    const between = await digest();
    write("a", "scan.fail_on = 'high'");
    await pause();
    await pushed("b/f.js");
    const after = await digest();
    expect(new Set([before, between, after]).size).toBe(3);
    const pushes = made.ledger.entries.flatMap((entry) => (entry.kind === "push" ? [entry] : []));
    expect(pushes.map(({ settings_digest }) => settings_digest)).toEqual([before, between, after]);
    const settings = made.ledger.entries.flatMap((entry) => (entry.kind === "settings" ? [entry] : []));
    expect(settings.map((entry) => entry.settings["nested"])).toEqual([
      undefined,
      ["a/.aura/live.toml"],
      ["a/.aura/live.toml"],
    ]);
  });

  it("hold for the name of the function that somebody is at", async () => {
    write("a", "live.selective.exclude = ['**']");
    const source = "function f() {}\n";
    const heartbeat = (path: string) =>
      ask(client, "heartbeat.check", { active_function: "f", path, source });
    expect((await heartbeat("a/f.js")).result.verdict).toBe("withhold");
    expect((await heartbeat("b/f.js")).result.verdict).toBe("allow");
    // Whose file nobody tells may be one of those that are kept.
    const nowhere = await ask(client, "heartbeat.check", { active_function: "f" });
    expect(nowhere.result.verdict).toBe("withhold");
  });

  it("are refused where a policy disallows them, though the root lets them widen", async () => {
    made.settings("scan.nested.widen = ['a']");
    write("a", "live.privacy.mask_secrets = false");
    client = await introduced(made, { policy: { require_mask_secrets: true } });
    expect(await pushed("a/f.js")).toMatchObject({
      verdict: "block",
      reasons: [expect.stringContaining("live.privacy.mask_secrets is false (a/.aura/live.toml)")],
    });
    expect((await pushed("b/f.js")).verdict).toBe("allow");
  });
});
