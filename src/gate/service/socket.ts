import { chmodSync, linkSync, lstatSync, renameSync, rmSync, type Stats, statSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { dirname, resolve } from "node:path";
import { isMainThread } from "node:worker_threads";
import { randomBytes } from "../../text/crypto.js";
import { type Connection, serve } from "./connection.js";
import type { GateService } from "./service.js";
import { SocketError } from "./socket-error.js";

/** A service on a socket. */
export type SocketService = {
  readonly path: string;
  /** Takes no further client or request, answers what is open, and removes the socket. */
  readonly drain: () => Promise<void>;
};

/** A path that the operating system takes for a socket has at most so many bytes. */
const LONGEST_PATH = process.platform === "linux" ? 107 : 103;

/** Whoever does not answer by then is busy, and not gone. In milliseconds. */
const ANSWERS_IN = 2000;

/**
 * Serves clients on the Unix socket at `path` (0600), or on the named pipe where `path` is one. A socket that nobody
 * answers on is removed and made anew; one that lives, and whatever is not ours, is let be. Throws `SocketError`.
 */
export async function serveSocket(service: GateService, path: string): Promise<SocketService> {
  const isPipe = /^[\\/]{2}[.?][\\/]pipe[\\/]/.test(path);
  const place = isPipe ? path : resolve(path);
  if (!isPipe) {
    checkPlace(place);
    await clearStale(place);
  }
  const connections = new Set<Connection>();
  let draining = false;
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: false }, (socket) => {
    if (draining) {
      socket.destroy();
      return;
    }
    const connection = serve(service, socket, socket);
    connections.add(connection);
    void connection.closed.then(() => {
      connections.delete(connection);
      socket.destroy();
    });
  });
  server.maxConnections = service.limits.clients;
  await listening(server, place, isPipe);
  // A client's fault is that client's.
  server.on("error", () => undefined);
  return {
    path: place,
    async drain() {
      draining = true;
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const connection of connections) connection.finish();
      await withinTime(Promise.all([...connections].map((connection) => connection.closed)), service);
      await withinTime(closed, service);
    },
  };
}

/** Waits for that, but not for ever: a client that takes no answers keeps nobody from ending. */
export async function withinTime(work: Promise<unknown>, { limits }: GateService): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((done) => {
    timer = setTimeout(done, limits.drainTime);
  });
  await Promise.race([work, enough]);
  clearTimeout(timer);
}

function listening(server: Server, place: string, isPipe: boolean): Promise<void> {
  return new Promise((done, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(new SocketError(refusal(place, error.code ?? "unknown fault")));
    });
    // From its first moment nobody else may write to it. Threads cannot set this; there, the folder must do.
    const before = isPipe || !isMainThread ? null : process.umask(0o177);
    try {
      server.listen(place, () => {
        if (!isPipe) chmodSync(place, 0o600);
        done();
      });
    } finally {
      if (before !== null) process.umask(before);
    }
  });
}

function checkPlace(place: string): void {
  if (Buffer.byteLength(place) > LONGEST_PATH)
    throw new SocketError(
      `the path of the socket is longer than the ${LONGEST_PATH} bytes that the system takes: choose a shorter one`,
    );
  const folder = dirname(place);
  const stats = told(folder, () => statSync(folder));
  if (!stats.isDirectory()) throw new SocketError(`${folder} is no folder`);
  const everybodyWrites = (stats.mode & 0o002) !== 0 && (stats.mode & 0o1000) === 0;
  if (everybodyWrites)
    throw new SocketError(
      `everybody may write to ${folder}, and could put another socket there: chmod o-w it`,
    );
  const own = process.getuid?.();
  if (own !== undefined && stats.uid !== own && stats.uid !== 0)
    throw new SocketError(`${folder} belongs to another user: choose a folder of your own`);
}

/** Removes a socket that nobody answers on. Throws `SocketError` for whatever else stands there. */
async function clearStale(place: string): Promise<void> {
  const stats = thereAt(place);
  if (stats === null) return;
  if (!stats.isSocket()) throw new SocketError(`${place} is there, and is no socket: choose another path`);
  const own = process.getuid?.();
  if (own !== undefined && stats.uid !== own) throw new SocketError(`${place} is the socket of another user`);
  if (await isAnswered(place))
    throw new SocketError(`a service answers on ${place} already: connect to it, or choose another path`);
  // It is moved aside first, and looked at there: somebody else may have begun to serve meanwhile.
  const aside = `${place}.${randomBytes(4).toString("hex")}`;
  told(place, () => renameSync(place, aside));
  const moved = thereAt(aside);
  if (moved?.ino === stats.ino && moved.dev === stats.dev) {
    rmSync(aside, { force: true });
    return;
  }
  try {
    linkSync(aside, place);
  } finally {
    rmSync(aside, { force: true });
  }
  throw new SocketError(`a service has just begun to answer on ${place}: connect to it`);
}

function isAnswered(place: string): Promise<boolean> {
  return new Promise((done, reject) => {
    const socket = connect(place);
    const end = (answer: () => void): void => {
      socket.destroy();
      answer();
    };
    socket.setTimeout(ANSWERS_IN, () => end(() => done(true)));
    socket.once("connect", () => end(() => done(true)));
    socket.once("error", (error: NodeJS.ErrnoException) =>
      end(() => {
        if (error.code === "ECONNREFUSED" || error.code === "ENOENT") done(false);
        else if (error.code === "EAGAIN") done(true);
        else reject(new SocketError(refusal(place, error.code ?? "unknown fault")));
      }),
    );
  });
}

function thereAt(path: string): Stats | null {
  return told(path, () => lstatSync(path, { throwIfNoEntry: false }) ?? null);
}

function told<T>(path: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown fault";
    throw new SocketError(refusal(path, code));
  }
}

const WORDS: Readonly<Record<string, string>> = {
  EADDRINUSE: "a service answers there already",
  EACCES: "no permission",
  EPERM: "no permission",
  ENOENT: "its folder is not there",
  ENOTDIR: "a file stands where its folder should be",
  EROFS: "the file system is read-only",
  EINVAL: "the system takes no socket there",
};

function refusal(path: string, code: string): string {
  return `the socket ${path} cannot be made: ${WORDS[code] ?? code}`;
}
