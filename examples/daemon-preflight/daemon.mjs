// One tick of a Live Sync daemon: it offers every source file of a repository to the gate and says what it would send.
// usage: node daemon.mjs [REPOSITORY]
import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(process.argv[2] ?? ".");
const gate = fileURLToPath(new URL("../../bin/aura-scan.js", import.meta.url));
const SOURCES = /\.(rs|[cm]?[jt]s|[jt]sx)$/;

/** The repository's source files, relative to it, forward slashes. */
async function sourceFiles(folder = "") {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true });
  const found = await Promise.all(
    entries.map((entry) => {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory())
        return /^(\.git|node_modules|target)$/.test(entry.name) ? [] : sourceFiles(name);
      return entry.isFile() && SOURCES.test(name) ? [name] : [];
    }),
  );
  return found.flat().sort();
}

/** Asks the gate: one JSON-RPC request on its standard input, one answer on its standard output. */
function ask(request) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [gate, "preflight"], {
      cwd: root,
      stdio: ["pipe", "pipe", "inherit"],
    });
    let answer = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      answer += text;
    });
    child.on("error", reject);
    // No answer, or one that cannot be read, means that nothing may be sent.
    child.on("close", () => {
      try {
        resolve(JSON.parse(answer));
      } catch {
        reject(new Error("the gate gave no answer: nothing is sent"));
      }
    });
    child.stdin.end(JSON.stringify(request));
  });
}

const paths = await sourceFiles();
const pushes = await Promise.all(
  paths.map(async (file) => ({ path: file, source: await readFile(path.join(root, file), "utf8") })),
);
const answer = await ask({ jsonrpc: "2.0", id: 1, method: "preflight.check", params: { pushes } });
if (answer.error) throw new Error(answer.error.message);

for (const push of answer.result.pushes) {
  const name = push.aura_id.padEnd(40);
  if (push.verdict === "allow") {
    const masked = push.redactions.reduce((sum, { count }) => sum + count, 0);
    const kinds = push.redactions.map(({ detector, count }) => `${count}x ${detector}`).join(", ");
    console.log(`send      ${name} ${push.bytes} B  masked: ${masked}${kinds === "" ? "" : ` (${kinds})`}`);
    // Here a real daemon would compress push.wire_body and send it, with push.hash beside it, and nothing else.
  } else if (push.verdict === "withhold") {
    console.log(`keep      ${name} ${push.reasons.join("; ")}`);
  } else {
    console.log(`BLOCKED   ${name} ${push.reasons.join("; ")}`);
    for (const finding of push.findings)
      if (finding.mask_block !== null) console.log(`\n${finding.mask_block}\n`);
  }
}
process.exitCode = answer.result.pushes.some((push) => push.verdict === "block") ? 1 : 0;
