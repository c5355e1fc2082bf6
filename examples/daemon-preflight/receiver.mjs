// A Mothership for one machine: takes pushes from peers whose certificate its CA signed, and writes them down.
// usage: node receiver.mjs FOLDER [--port N] [--peers ada,bob]
//   FOLDER/peers/ada.json    what a peer needs to connect; give it to `daemon.mjs REPOSITORY --to …`
//   FOLDER/received.jsonl    a line for each push
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { createServer } from "node:tls";
import { parseArgs } from "node:util";
import { issue, makeAuthority } from "./certificates.mjs";
import { openLog, readLog, replaceFile } from "./durable.mjs";
import { eachLine, objectIn } from "./lines.mjs";

/** All that a push consists of. Whatever else stands in one does not belong here, and the push is refused. */
const ENVELOPE = ["aura_id", "at", "hash", "peer_id", "wire_body"];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: "string", default: "0" }, peers: { type: "string", default: "ada" } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error("usage: node receiver.mjs FOLDER [--port N] [--peers ada,bob]");
  process.exit(2);
}
const own = path.join(folder, "mothership.json");
if (!existsSync(own)) found();
const mothership = JSON.parse(readFileSync(own, "utf8"));

const file = path.join(folder, "received.jsonl");
const received = new Map(readLog(file).map((push) => [push.record_id, push]));
// A torn last line goes, so that the next one stands on its own.
replaceFile(file, [...received.values()].map((push) => `${JSON.stringify(push)}\n`).join(""));
const log = openLog(file);

const server = createServer({
  ca: mothership.ca,
  cert: mothership.certificate,
  key: mothership.key,
  requestCert: true,
  rejectUnauthorized: true,
  minVersion: "TLSv1.3",
});
server.on("secureConnection", (socket) => {
  const peer = socket.getPeerCertificate().subject.CN;
  socket.on("error", () => undefined); // the peer sends again
  eachLine(socket, (line) => {
    const message = objectIn(line);
    const fault = message?.method === "push" ? take(message.id, message.params, peer) : "unknown message";
    const answer =
      fault === null ? { result: { received: true } } : { error: { code: -32602, message: fault } };
    socket.write(`${JSON.stringify({ jsonrpc: "2.0", id: message?.id ?? null, ...answer })}\n`);
  });
});
server.on("tlsClientError", (error) => console.log(`turned away: ${error.message}`));
server.on("error", (error) => {
  console.error(`cannot listen on port ${mothership.port}: ${error.message}`);
  process.exit(1);
});
server.listen(mothership.port, "127.0.0.1", () => {
  const { port } = server.address();
  // Peers come back to the same port after a restart.
  if (port !== mothership.port) replaceFile(own, JSON.stringify({ ...mothership, port }));
  for (const [name, identity] of Object.entries(mothership.peers)) {
    const known = { mothership: mothership.name, peer_id: name, host: "127.0.0.1", port, ca: mothership.ca };
    replaceFile(path.join(folder, "peers", `${name}.json`), JSON.stringify({ ...known, ...identity }));
  }
  console.log(`listening on 127.0.0.1:${port}; peers: ${Object.keys(mothership.peers).join(", ")}`);
});

/** Keeps a push, once; the answer leaves when it is on disk. Returns what is wrong with it, or null. */
function take(recordId, envelope, peer) {
  if (typeof recordId !== "string" || typeof envelope !== "object" || envelope === null) return "no push";
  if (Object.keys(envelope).sort().join() !== [...ENVELOPE].sort().join()) return "not the fields of a push";
  if (Object.values(envelope).some((field) => typeof field !== "string")) return "a field is no string";
  if (envelope.peer_id !== peer) return "another peer's id than the certificate's";
  const hash = `sha256:${createHash("sha256").update(envelope.wire_body).digest("hex")}`;
  if (envelope.hash !== hash) return "the hash is not that of the body";
  const before = received.get(recordId);
  if (before !== undefined) {
    const same = before.hash === hash && before.aura_id === envelope.aura_id && before.peer_id === peer;
    return same ? null : "another push has this record id";
  }
  const push = { record_id: recordId, received_at: new Date().toISOString(), ...envelope };
  log.append([push]);
  received.set(recordId, push);
  console.log(`received  ${envelope.aura_id.padEnd(40)} ${Buffer.byteLength(envelope.wire_body)} B  ${peer}`);
  return null;
}

/** The first start: a CA signs one certificate for us and one for each peer, and is then forgotten. */
function found() {
  const authority = makeAuthority("a throw-away CA of daemon-preflight");
  const server = issue(authority, { name: "mothership", hosts: ["localhost", "127.0.0.1"] });
  const names = options.peers.split(",");
  const odd = names.find((name) => !/^[a-z0-9-]{1,64}$/.test(name));
  if (odd !== undefined) throw new Error(`--peers: ${JSON.stringify(odd)} must be of a-z, 0-9 and -`);
  const peers = Object.fromEntries(names.map((name) => [name, issue(authority, { name })]));
  const port = Number(options.port);
  const all = { name: "local", port, ca: authority.certificate, ...server, peers };
  replaceFile(own, JSON.stringify(all));
}
