// The daemon's side of `aura-scan preflight`: one connection for the daemon's life, made anew whenever it is lost.
// While there is none, every question fails, and what got no answer is not sent.
import { spawn } from "node:child_process";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { eachLine, objectIn } from "./lines.mjs";

const BIN = fileURLToPath(new URL("../../bin/aura-scan.js", import.meta.url));
/** A gate that is silent for longer is taken for dead; its own time limit for a push is shorter. */
const SILENCE = 60_000;

/** The gate said no to the question itself; `code` is JSON-RPC's. */
export class GateRefusal extends Error {
  constructor({ code, message }) {
    super(message);
    this.code = code;
  }
}

/** Nobody is there to ask. */
export class GateGone extends Error {}

/**
 * Keeps a gate at hand: a child of ours (`aura-scan preflight --stdio`), or a running service's socket.
 * `onReady` is called after each `initialize`, `onGone` with the reason whenever the gate is lost.
 */
export function openGate({ root, socket, hello, onReady, onGone }) {
  let line = null; // what talks to the gate now, once it has answered `initialize`
  let closing = false;
  let losses = 0;
  let link = null;
  attach();

  function attach() {
    const mine = socket === undefined ? child(root) : service(socket);
    link = mine;
    const asked = new Map(); // id → how to answer
    let nextId = 1;
    let over = false;

    const ask = (method, params) =>
      new Promise((resolve, reject) => {
        if (over) return reject(new GateGone("the gate is gone"));
        const id = nextId++;
        const patience = setTimeout(() => lose(new Error("it does not answer")), SILENCE);
        asked.set(id, { resolve, reject, patience });
        mine.writable.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
      });

    const lose = (error) => {
      if (over) return;
      over = true;
      if (line === ask) line = null;
      for (const { reject, patience } of asked.values()) {
        clearTimeout(patience);
        reject(new GateGone(`the gate is gone: ${error.message}`));
      }
      mine.end();
      if (closing) return;
      onGone(error.message);
      setTimeout(() => closing || attach(), Math.min(5000, 50 * 2 ** losses++));
    };

    eachLine(mine.readable, (text) => {
      const answer = objectIn(text);
      const waiting = asked.get(answer?.id);
      if (waiting === undefined) return; // none of our questions
      asked.delete(answer.id);
      clearTimeout(waiting.patience);
      if (answer.error === undefined) waiting.resolve(answer.result);
      else waiting.reject(new GateRefusal(answer.error));
    });
    mine.onEnd(lose);
    ask("initialize", hello).then(
      (result) => {
        losses = 0;
        line = ask;
        onReady(result);
      },
      (error) => lose(error),
    );
  }

  return {
    isReady: () => line !== null,
    /** Of a child of ours. */
    pid: () => link.pid,
    ask: (method, params) => line?.(method, params) ?? Promise.reject(new GateGone("there is no gate")),
    /** Asks a gate of our own to end; a service that others use goes on. */
    async close() {
      closing = true;
      if (socket === undefined) await line?.("shutdown", {}).catch(() => undefined);
      link.end();
      await link.ended;
    },
  };
}

function child(root) {
  const gate = spawn(process.execPath, [BIN, "preflight", "--stdio"], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
  });
  gate.stdin.on("error", () => undefined); // its end is told below
  return {
    pid: gate.pid,
    // It closes its ledger before it ends.
    ended: new Promise((resolve) => gate.once("close", resolve).once("error", resolve)),
    readable: gate.stdout,
    writable: gate.stdin,
    onEnd: (told) => {
      gate.on("error", told);
      gate.stdout.on("error", told);
      gate.on("exit", (code, signal) => told(new Error(`it ended with ${signal ?? `exit code ${code}`}`)));
    },
    end: () => {
      gate.stdin.end();
      setTimeout(() => gate.kill("SIGKILL"), 2000).unref();
    },
  };
}

function service(path) {
  const socket = connect(path);
  return {
    readable: socket,
    writable: socket,
    onEnd: (told) => {
      socket.on("error", told);
      socket.on("close", () => told(new Error("it closed the connection")));
    },
    end: () => socket.destroy(),
  };
}
