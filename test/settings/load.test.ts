import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEFAULTS } from "../../src/settings/defaults.js";
import { loadSettings } from "../../src/settings/load.js";
import { ConfigError } from "../../src/toml/config-error.js";
import { temporaryFolder } from "../repository.js";

const ON_POSIX = process.platform !== "win32";

describe("the settings of a repository", () => {
  let folder = "";
  let root = "";
  beforeEach(() => {
    folder = temporaryFolder();
    root = join(folder, "my repository");
    mkdirSync(root);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const faultOf = async (): Promise<string> => {
    try {
      await loadSettings(root);
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
      throw error;
    }
    return "none";
  };

  it("are the defaults where there is no .aura", async () => {
    expect(await loadSettings(root)).toBe(DEFAULTS);
  });

  it("are the defaults where .aura holds no live.toml", async () => {
    mkdirSync(join(root, ".aura"));
    expect(await loadSettings(root)).toBe(DEFAULTS);
  });

  it("are those of .aura/live.toml", async () => {
    write(".aura/live.toml", "[live]\ne2e = true\n");
    expect(await loadSettings(root)).toMatchObject({ file: ".aura/live.toml", e2e: true });
  });

  it("may begin with a byte order mark and end lines with CRLF", async () => {
    write(".aura/live.toml", "\ufeff[live]\r\ne2e = true\r\n");
    expect(await loadSettings(root)).toMatchObject({ e2e: true });
  });

  it("may stand behind a symlink that stays in the repository", async () => {
    write("config/live.toml", "[live]\ne2e = true\n");
    mkdirSync(join(root, ".aura"));
    symlinkSync("../config/live.toml", join(root, ".aura/live.toml"));
    expect(await loadSettings(root)).toMatchObject({ e2e: true });
  });

  it.each<[what: string, prepare: () => void, fault: string]>([
    [
      "a fault",
      () => write(".aura/live.toml", "[live]\ne2e = 1"),
      "2:7: live.e2e must be true or false, not a number",
    ],
    ["a syntax error", () => write(".aura/live.toml", "a = 'x"), "1:5: not valid TOML: unfinished string"],
    ["a folder in its place", () => write(".aura/live.toml/x", ""), "1:1: this is a folder, not a file"],
    ["a file in .aura's place", () => write(".aura", ""), "1:1: cannot be read (ENOTDIR)"],
    [
      "bytes that are not UTF-8",
      () => write(".aura/live.toml", Buffer.from("# é\n# \xff", "latin1")),
      "1:3: not UTF-8: save the file in this encoding",
    ],
    [
      "UTF-16",
      () => write(".aura/live.toml", Buffer.from("\ufeff[live]", "utf16le")),
      "1:1: not UTF-8: save the file in this encoding",
    ],
    [
      "a character cut off at its end",
      () => write(".aura/live.toml", Buffer.from("a = 1\n# é").subarray(0, -1)),
      "2:3: not UTF-8: save the file in this encoding",
    ],
    [
      "more than a mebibyte",
      () => write(".aura/live.toml", "#".repeat(1024 * 1024 + 1)),
      "1:1: the file is larger than 1048576 bytes",
    ],
    [
      "a symlink to nothing",
      () => {
        mkdirSync(join(root, ".aura"));
        symlinkSync("nowhere.toml", join(root, ".aura/live.toml"));
      },
      "1:1: cannot be read (ENOENT)",
    ],
    [
      "a symlink in a circle",
      () => {
        mkdirSync(join(root, ".aura"));
        symlinkSync("live.toml", join(root, ".aura/live.toml"));
      },
      "1:1: cannot be read (ELOOP)",
    ],
    [
      "a symlink that leaves the repository",
      () => {
        mkdirSync(join(root, ".aura"));
        writeFileSync(join(folder, "live.toml"), "");
        symlinkSync(join(folder, "live.toml"), join(root, ".aura/live.toml"));
      },
      "1:1: a symlink leads out of the repository",
    ],
    [
      "an .aura that leaves the repository",
      () => {
        mkdirSync(join(folder, "aura"));
        symlinkSync("../aura", join(root, ".aura"));
      },
      "1:1: a symlink leads out of the repository",
    ],
    [
      "an .aura that links to nothing",
      () => symlinkSync("nowhere", join(root, ".aura")),
      "1:1: cannot be read (ENOENT)",
    ],
    ["no repository at all", () => rmSync(root, { recursive: true }), "1:1: cannot be read (ENOENT)"],
  ])("are never the defaults where there is %s", async (_, prepare, fault) => {
    prepare();
    expect(await faultOf()).toBe(`.aura/live.toml:${fault}`);
  });

  it.runIf(ON_POSIX)("are not waited for where there is a named pipe", async () => {
    mkdirSync(join(root, ".aura"));
    execFileSync("mkfifo", [join(root, ".aura/live.toml")]);
    expect(await faultOf()).toBe(".aura/live.toml:1:1: this is not a regular file");
  });

  it("may be as large as a mebibyte", async () => {
    write(".aura/live.toml", `# ${"x".repeat(1024 * 1024 - 3)}\n`);
    expect(await loadSettings(root)).toMatchObject({ file: ".aura/live.toml" });
  });
});
