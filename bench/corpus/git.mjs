import { execFileSync } from "node:child_process";

/** The environment without anything of git's from outside, and without the user's own settings. */
export function gitEnvironment(env = process.env) {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(kept),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    LC_ALL: "C",
  };
}

/** Runs git in `folder`; throws with git's own words if it fails. */
export function git(folder, args, input) {
  return execFileSync("git", args, {
    cwd: folder,
    env: gitEnvironment(),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["pipe", "pipe", "pipe"],
    ...(input === undefined ? {} : { input }),
  });
}
