import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import { makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { encodedForms } from "../secrets.js";
import { BIN, environment, NODE } from "./aura-scan.js";

const EXAMPLE = fileURLToPath(new URL("../../examples/daemon-preflight/", import.meta.url));

/** A line of what the Mothership got. */
export type Received = {
  readonly record_id: string;
  readonly received_at: string;
  readonly aura_id: string;
  readonly hash: string;
  readonly peer_id: string;
  readonly at: string;
  readonly wire_body: string;
};

/** A program that is started again when it ended, until `stop`. */
export type Service = {
  /** All that it ever printed. */
  readonly said: () => string;
  readonly pid: () => number | undefined;
  readonly kill: () => boolean;
  readonly stop: () => Promise<void>;
};

/** A repository, a Mothership and daemons: real processes, as the example's README starts them. */
export type DaemonWorld = {
  readonly repository: TestRepository;
  readonly mothership: string;
  readonly receiver: (peers: string) => Service;
  readonly daemon: (peer: string, ...options: readonly string[]) => Service;
  /** A gate that several daemons share. */
  readonly gate: (socket: string) => Service;
  readonly received: () => readonly Received[];
  /** Whether no peer has anything to send or to tell any more. */
  readonly isSettled: () => boolean;
  readonly ledgerFolder: string;
  readonly auditKey: () => Buffer;
  /** Every process's output, and every file outside the repository's own sources, unpacked: with where it stands. */
  readonly written: () => Generator<readonly [string, Buffer]>;
  readonly remove: () => Promise<void>;
};

export async function daemonWorld(): Promise<DaemonWorld> {
  const repository = await makeRepository();
  const folder = temporaryFolder();
  const mothership = path.join(folder, "mothership");
  const running: Service[] = [];
  const start = (words: readonly string[]) => {
    const service = keepRunning(words, repository.root);
    running.push(service);
    return service;
  };
  const example = (file: string, ...words: readonly string[]) => start([path.join(EXAMPLE, file), ...words]);
  return {
    repository,
    mothership,
    receiver: (peers) => example("receiver.mjs", mothership, "--peers", peers),
    daemon(peer, ...options) {
      const identity = path.join(mothership, "peers", `${peer}.json`);
      return example("daemon.mjs", repository.root, "--to", identity, "--tick", "50", ...options);
    },
    gate: (socket) => start([BIN, "preflight", "--socket", socket]),
    received: () => linesOf(path.join(mothership, "received.jsonl")) as readonly unknown[] as Received[],
    isSettled: () => filesIn(path.join(mothership, "peers")).filter(isQueue).every(isDone),
    ledgerFolder: path.join(repository.root, ".aura/live/audit"),
    auditKey: () => readFileSync(path.join(repository.root, ".git/aura-scan-audit-key")),
    *written() {
      for (const service of running) yield ["a process's output", Buffer.from(service.said())];
      for (const file of [...filesIn(folder), ...filesIn(repository.root)]) {
        if (path.relative(repository.root, file).startsWith(`src${path.sep}`)) continue;
        const bytes = readFileSync(file);
        yield [file, file.endsWith(".br") ? brotliDecompressSync(bytes) : bytes];
      }
    },
    async remove() {
      await Promise.all(running.map((service) => service.stop()));
      repository.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where one of the secrets stands in what was written, in any of its forms. */
export function placesOf(secrets: readonly string[], world: DaemonWorld): readonly string[] {
  const forms = secrets.flatMap(encodedForms).map((form) => Buffer.from(form));
  return [...world.written()].flatMap(([where, bytes]) =>
    forms.some((form) => bytes.includes(form)) ? [where] : [],
  );
}

/** Waits for it, a minute at the most; then `what` is told with what the processes said. */
export async function until(what: string, isSo: () => boolean, services: readonly Service[] = []) {
  const end = Date.now() + 60_000;
  while (!isSo()) {
    if (Date.now() > end)
      throw new Error(`not yet: ${what}\n${services.map((each) => each.said()).join("\n--\n")}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function keepRunning(words: readonly string[], cwd: string): Service {
  let said = "";
  let stopping = false;
  let child: ChildProcess;
  let ended: Promise<void>;
  const start = () => {
    const mine = spawn(NODE, words, { cwd, env: environment(), stdio: ["ignore", "pipe", "pipe"] });
    child = mine;
    for (const stream of [mine.stdout, mine.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    ended = new Promise((resolve) => {
      mine.on("close", () => {
        if (stopping) resolve();
        else setTimeout(() => (stopping ? resolve() : start()), 20);
      });
    });
  };
  start();
  return {
    said: () => said,
    pid: () => child.pid,
    kill: () => child.kill("SIGKILL"),
    async stop() {
      stopping = true;
      const mine = child;
      mine.kill("SIGTERM");
      const patience = setTimeout(() => mine.kill("SIGKILL"), 5000);
      await ended;
      clearTimeout(patience);
    },
  };
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

const isQueue = (file: string) => path.dirname(file).endsWith("-outbox") && file.endsWith(".jsonl");

/** Nothing waits in a queue where each push was sent or dropped, and told. */
function isDone(file: string): boolean {
  const open = new Set<unknown>();
  for (const { push, told, sent, dropped } of linesOf(file)) {
    if (told === undefined) open.add(push ?? sent ?? dropped);
    else open.delete(told);
  }
  open.delete(undefined);
  return open.size === 0;
}

function linesOf(file: string): readonly { readonly [key: string]: unknown }[] {
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}
