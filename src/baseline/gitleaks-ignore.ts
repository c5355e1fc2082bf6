import {
  type ForeignContent,
  type ForeignEntry,
  type ForeignFault,
  plainName,
  plainPath,
} from "./foreign-entry.js";

// https://github.com/gitleaks/gitleaks#gitleaksignore: one fingerprint of a finding a line, # for comments
//   <path>:<rule>:<line>      or, from a scan of commits,      <commit>:<path>:<rule>:<line>
const LINE = /^(?:([0-9a-f]{40}|[0-9a-f]{64}):)?(.+):([^:\s]+):([1-9]\d{0,8})$/;

/** What a `.gitleaksignore` file says; `name` stands for the file in messages. */
export function gitleaksIgnore(text: string, name: string): ForeignContent {
  const entries: ForeignEntry[] = [];
  const faults: ForeignFault[] = [];
  for (const [index, line] of text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .entries()) {
    const said = line.trim();
    if (said === "" || said.startsWith("#")) continue;
    const origin = `${name}:${index + 1}`;
    const [, , path, rule, number] = LINE.exec(said) ?? [];
    if (path === undefined) {
      faults.push({ origin, fault: "it is not path:rule:line, with or without a commit before it" });
      continue;
    }
    const kind = plainName(rule);
    entries.push({
      origin,
      path: plainPath(path),
      line: Number(number),
      sha1: null,
      state: "accepted",
      reason: `from .gitleaksignore${kind === null ? "" : ` (${kind})`}`,
    });
  }
  return { entries, faults };
}
