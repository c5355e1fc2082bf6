// The daemon's side in TypeScript, over standard input and output. usage: daemon.ts AURA-SCAN-JS MOTHERSHIP FILE…
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const [auraScan = "", mothership = "", ...files] = process.argv.slice(2);

// README: from here
const gate = spawn(process.execPath, [auraScan, "preflight", "--stdio"], {
  stdio: ["pipe", "pipe", "inherit"],
});
const chunks = gate.stdout.setEncoding("utf8")[Symbol.asyncIterator]();
async function ask(method: string, params: object) {
  gate.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method, params })}\n`);
  let line = "";
  while (!line.endsWith("\n"))
    line += (await chunks.next()).value ?? fail("the gate is gone: nothing is sent");
  const { result, error } = JSON.parse(line);
  return result ?? fail(error.message);
}
await ask("initialize", { client: "ten-lines", root: process.cwd(), mothership, peer_id: "ada" });
for (const path of files) {
  const { pushes } = await ask("preflight.check", { pushes: [{ path, source: readFileSync(path, "utf8") }] });
  for (const push of pushes.filter((push: { verdict: string }) => push.verdict === "allow")) {
    send(push.aura_id, push.hash, push.wire_body); // as the gate wrote them, and nothing else
    await ask("preflight.sent", { record_id: push.record_id, mothership, at: new Date().toISOString() });
  }
}
// README: to here
await ask("shutdown", {});

function fail(message: string): never {
  throw new Error(message);
}

/** What the daemon has for this; here it prints. */
function send(...envelope: readonly string[]) {
  console.log(JSON.stringify(envelope));
}
