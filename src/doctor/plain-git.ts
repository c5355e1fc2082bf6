import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** How a git command ended, and what it and its hook said. `code` is null where it was stopped. */
export type GitEnd = { readonly code: number | null; readonly out: string; readonly said: string };

/** git as a person starts it: with the repository's own settings and hooks. */
export type PlainGit = (
  args: readonly string[],
  environment?: Readonly<Record<string, string>>,
) => Promise<GitEnd>;

/** Longer than any hook of ours takes; whoever waits for a hook this long has switched it off. */
const LONGEST = 120_000;

/** More than this nobody reads. */
const MOST_WORDS = 1_000_000;

/** git in the working tree at `top`; throws if git cannot be started. */
export function plainGit(top: string, usual: Readonly<Record<string, string>>): PlainGit {
  const program = gitProgram(usual);
  return (args, environment = usual) =>
    new Promise((done, fail) => {
      const child = spawn(program, [...args], {
        cwd: top,
        env: { ...environment },
        stdio: ["ignore", "pipe", "pipe"],
        windowsHide: true,
        timeout: LONGEST,
        killSignal: "SIGKILL",
      });
      let out = "";
      let said = "";
      child.stdout.setEncoding("utf8").on("data", (part: string) => {
        if (said.length < MOST_WORDS) out += part;
        if (said.length < MOST_WORDS) said += part;
      });
      child.stderr.setEncoding("utf8").on("data", (part: string) => {
        if (said.length < MOST_WORDS) said += part;
      });
      child.once("error", fail);
      child.once("close", (code) => done({ code, out, said }));
    });
}

/** By its whole name: a PATH without it must not keep a client with windows from starting its own git. */
function gitProgram(environment: Readonly<Record<string, string>>): string {
  const path = Object.entries(environment).find(([name]) => name.toUpperCase() === "PATH")?.[1] ?? "";
  const name = process.platform === "win32" ? "git.exe" : "git";
  const found = path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
  return found ?? name;
}
