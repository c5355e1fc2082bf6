import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { BIN, environment, NODE } from "./aura-scan.js";

// The service as a daemon meets it: another process, behind a socket or its own standard streams.

/** A service that was started: it is ready when it says where it answers. */
export type RunningService = {
  readonly child: ChildProcessWithoutNullStreams;
  readonly isReady: Promise<void>;
  /** Its exit code; null where it was killed. */
  readonly ended: Promise<number | null>;
  /** All that it wrote on standard error. */
  readonly said: () => string;
};

export function startService(root: string, words: readonly string[]): RunningService {
  const child = spawn(NODE, [BIN, "preflight", ...words], { cwd: root, env: environment() });
  let err = "";
  const isReady = new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
      if (err.includes("answering on")) resolve();
    });
    child.once("close", () => reject(new Error(err)));
  });
  isReady.catch(() => undefined);
  child.stdin.on("error", () => undefined);
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  return { child, isReady, ended, said: () => err };
}

// biome-ignore lint/suspicious/noExplicitAny: what a client gets is any JSON
type Reply = any;

/** One client of a service. */
export type Speaker = {
  /** Asks, and waits for the answer with the same id, whatever comes before it. */
  readonly ask: (method: string, params?: object) => Promise<Reply>;
  readonly introduce: (peer: string) => Promise<Reply>;
};

/** A client that writes to `output` and reads from `input`; each answer is handed to `heard` as it came, too. */
export function speaker(
  root: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  heard: (line: string) => void = () => undefined,
): Speaker {
  const waiting = new Map<number, (reply: Reply) => void>();
  const lines = createInterface({ input });
  // A service that is killed resets its connections; readline tells of that as its own fault.
  lines.on("error", () => undefined);
  lines.on("line", (line) => {
    heard(line);
    const reply = JSON.parse(line) as Reply;
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  let id = 0;
  const ask = (method: string, params: object = {}): Promise<Reply> =>
    new Promise((resolve) => {
      waiting.set(++id, resolve);
      output.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    });
  return {
    ask,
    introduce: (peer) => ask("initialize", { client: "e2e", root, peer_id: peer }),
  };
}

/** A client at the socket of a service that is ready. */
export async function clientAt(
  root: string,
  socketPath: string,
): Promise<Speaker & { readonly socket: Socket }> {
  const socket = connect(socketPath);
  socket.on("error", () => undefined);
  await new Promise((resolve) => socket.once("connect", resolve));
  return { socket, ...speaker(root, socket, socket) };
}
