import { isUtf8 } from "node:buffer";
import type { Readable, Writable } from "node:stream";
import { faultAnswer, INVALID_REQUEST, PARSE_ERROR, RpcFault } from "../json-rpc.js";
import { type Line, lineReader } from "./line-reader.js";
import type { GateService } from "./service.js";

/** One client's connection: newline-delimited messages in, answers out. */
export type Connection = {
  /** Resolves when nothing comes any more and all that is open was answered, or the client is gone. */
  readonly closed: Promise<void>;
  /** Refuses what comes now, and closes when what is open was answered and nothing comes any more. */
  readonly finish: () => void;
};

/** Answers are written together up to this many UTF-16 units. */
const TOGETHER = 64 * 1024;

/** At the end, whoever has sent nothing for so long has sent all, in milliseconds. */
const QUIET = 50;

/**
 * Serves one client. It is read no faster than it is answered: not while too many of its requests are open, while these
 * hold too many bytes, or while it does not take its answers.
 */
export function serve(service: GateService, input: Readable, output: Writable): Connection {
  const { openRequests, messageBytes } = service.limits;
  const client = service.connect();
  const reader = lineReader(messageBytes);
  const chunks: Buffer[] = [];
  let lines: Iterator<Line> | null = null;
  let open = 0;
  let openBytes = 0;
  let inputEnded = false;
  let hasEnded = false;
  let isFull = false;
  let isClosed = false;
  let ending: NodeJS.Timeout | null = null;
  let said: string[] = [];
  let saidUnits = 0;
  let flushing = false;
  let resolveClosed = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    resolveClosed = resolve;
  });

  const flush = (): void => {
    flushing = false;
    if (said.length === 0 || isClosed) return;
    const text = said.join("");
    said = [];
    saidUnits = 0;
    if (!output.write(text)) isFull = true;
  };
  const say = (text: string): void => {
    if (isClosed) return;
    said.push(text, "\n");
    saidUnits += text.length;
    if (saidUnits >= TOGETHER) flush();
    else if (!flushing) {
      flushing = true;
      setImmediate(() => {
        flush();
        go();
      });
    }
  };
  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    if (ending !== null) clearTimeout(ending);
    client.leave();
    chunks.length = 0;
    lines = null;
    input.removeListener("data", take);
    resolveClosed();
  };
  const endIfDone = (): void => {
    if (!hasEnded || open > 0 || isClosed) return;
    flush();
    output.end(() => close());
  };
  const answerLine = (line: Line): void => {
    if (line === "too-long") {
      say(
        JSON.stringify(
          faultAnswer(new RpcFault(INVALID_REQUEST, `the message is longer than ${messageBytes} bytes`)),
        ),
      );
      return;
    }
    if (isBlank(line)) return;
    if (!isUtf8(line)) {
      say(JSON.stringify(faultAnswer(new RpcFault(PARSE_ERROR, "the request is not valid UTF-8"))));
      return;
    }
    const bytes = line.length;
    const answer = client.answer(line.toString("utf8"));
    if (!(answer instanceof Promise)) {
      if (answer !== null) say(answer);
      return;
    }
    open++;
    openBytes += bytes;
    void answer.then((text) => {
      open--;
      openBytes -= bytes;
      if (text !== null) say(text);
      go();
    });
  };
  const nextLine = (): Line | null => {
    for (;;) {
      lines ??= nextLines();
      if (lines === null) return null;
      const { value, done } = lines.next();
      if (done !== true) return value;
      lines = null;
    }
  };
  const nextLines = (): Iterator<Line> | null => {
    const chunk = chunks.shift();
    return chunk === undefined ? null : reader.push(chunk)[Symbol.iterator]();
  };
  /** Whether another line may be taken. */
  const hasRoom = (): boolean =>
    !isFull && (ending !== null || (open < openRequests && openBytes < messageBytes));
  let isGoing = false;
  const go = (): void => {
    // An answer that is due at once would come back here.
    if (isGoing || isClosed) return;
    isGoing = true;
    while (hasRoom()) {
      const line = nextLine();
      if (line === null) break;
      answerLine(line);
    }
    isGoing = false;
    settle();
  };
  /** What comes after the lines that could be taken: the end, more of them, or a pause. */
  const settle = (): void => {
    const hasMore = lines !== null || chunks.length > 0;
    if (!hasMore && inputEnded && !hasEnded) {
      hasEnded = true;
      const rest = reader.end();
      // Whoever forgets the last line's end means it all the same; half a message is told as such.
      if (rest !== null) answerLine(rest);
    }
    if (hasEnded) endIfDone();
    else if (hasMore || !hasRoom()) input.pause();
    else if (input.isPaused()) input.resume();
  };
  const take = (chunk: Buffer): void => {
    chunks.push(chunk);
    ending?.refresh();
    go();
  };
  input.on("data", take);
  input.once("end", () => {
    inputEnded = true;
    go();
  });
  input.once("error", close);
  input.once("close", () => {
    // Without an end before it: the client is gone.
    if (!inputEnded && !hasEnded) close();
  });
  output.on("drain", () => {
    isFull = false;
    go();
  });
  output.on("error", close);
  output.once("close", close);
  return {
    closed,
    finish() {
      if (hasEnded || isClosed || ending !== null) return;
      client.end();
      ending = setTimeout(() => {
        hasEnded = true;
        input.removeListener("data", take);
        input.pause();
        endIfDone();
      }, QUIET);
      go();
    },
  };
}

function isBlank(line: Buffer): boolean {
  return line.length < 16 && line.toString("latin1").trim() === "";
}
