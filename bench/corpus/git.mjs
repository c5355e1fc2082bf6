import { execFileSync } from "node:child_process";

/** One date gives commits the same ids on every machine. */
const DAY = "2024-01-01T00:00:00Z";

const WHO_AND_WHEN = Object.fromEntries(
  ["GIT_AUTHOR", "GIT_COMMITTER"].flatMap((role) => [
    [`${role}_NAME`, "Ada"],
    [`${role}_EMAIL`, "ada@example.com"],
    [`${role}_DATE`, DAY],
  ]),
);

/** The environment without anything of git's from outside and without anyone's settings; commits are Ada's. */
export function gitEnvironment(env = process.env) {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(kept),
    ...WHO_AND_WHEN,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    LC_ALL: "C",
  };
}

/** Runs git in `folder`; throws with git's own words if it fails. */
export function git(folder, args) {
  return execFileSync("git", args, {
    cwd: folder,
    env: gitEnvironment(),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
}
