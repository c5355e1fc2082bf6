import { PassThrough, Writable } from "node:stream";
import { expect, it } from "vitest";
import { serve } from "../../../src/gate/service/connection.js";
import { stripeKey } from "../../secrets.js";
import { PUSH, smallService } from "./small-service.js";

/** A reproducible source of numbers below `below` (https://en.wikipedia.org/wiki/Xorshift). */
function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const GOOD = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "preflight.check", params: { pushes: [PUSH] } });

const VALUES = ["null", "[]", "{}", "-1", "1e999", '"x"', "true", '{"a":{}}', "[[[[]]]]", '"\\ud800"'];
const METHODS = ["initialize", "preflight.check", "preflight.sent", "pull.received", "nope", "toString", ""];
const KEYS = ["pushes", "path", "body", "root", "__proto__", "constructor", "record_id", "commit_message"];

/** One malformed message: a good one with a piece changed, or JSON that is no request, or bytes. */
function malformed(draw: (below: number) => number): string {
  const one = (choices: readonly string[]): string => choices[draw(choices.length)] ?? "";
  const at = draw(GOOD.length - 1) + 1;
  switch (draw(8)) {
    case 0:
      return GOOD.slice(0, at);
    case 1:
      return `${GOOD.slice(0, at)}${String.fromCharCode(draw(32))}${GOOD.slice(at)}`;
    case 2:
      return `{"jsonrpc":"2.0","id":${one(VALUES)},"method":"${one(METHODS)}","params":{"${one(KEYS)}":${one(VALUES)}}}`;
    case 3:
      return `[${one(VALUES)},${one(VALUES)},{"jsonrpc":"2.0","method":"${one(METHODS)}"}]`;
    case 4:
      return one(VALUES);
    case 5:
      return `{"jsonrpc":${one(VALUES)},"id":"${stripeKey()}`;
    case 6:
      return `{"jsonrpc":"2.0","id":7,"method":"preflight.check","params":{"pushes":[{"${one(KEYS)}":${one(VALUES)}}]}}`;
    default:
      return `\0${String.fromCharCode(draw(128), draw(256), draw(256))}`;
  }
}

/** A million if they fit into this many milliseconds; AURA_SCAN_FUZZ_MS gives more time. */
const TIME = Number(process.env["AURA_SCAN_FUZZ_MS"] ?? 120_000);
const MOST = 1_000_000;
const TOGETHER = 2000;

it("a million malformed messages, or as many as the time allows, and the next good one is answered", async () => {
  const { service, ledger } = smallService();
  const input = new PassThrough({ highWaterMark: 1 << 20 });
  const secret = stripeKey();
  let answers = 0;
  let tail = "";
  let hasLeaked = false;
  const output = new Writable({
    highWaterMark: 1 << 20,
    decodeStrings: false,
    write(part: string, _encoding, done) {
      hasLeaked ||= (tail + part).includes(secret);
      for (let at = part.indexOf("\n"); at !== -1; at = part.indexOf("\n", at + 1)) answers++;
      tail = (tail + part).slice(-4000);
      done();
    },
  });
  const connection = serve(service, input, output);
  // Drawn once, and sent again and again in other company.
  const draw = drawing(20_260_131);
  const messages = Array.from({ length: 50_000 }, () => malformed(draw).replaceAll("\n", " "));
  const started = performance.now();
  let sent = 0;
  while (sent < MOST && performance.now() - started < TIME) {
    const from = draw(messages.length - TOGETHER);
    const isTaken = input.write(`${messages.slice(from, from + TOGETHER).join("\n")}\n`);
    if (!isTaken) await new Promise((resolve) => input.once("drain", resolve));
    sent += TOGETHER;
  }
  const seconds = (performance.now() - started) / 1000;
  input.end(`${GOOD.replace('"id":1', '"id":"the good one"')}\n`);
  await connection.closed;
  console.log(`${sent} malformed messages, ${Math.round(sent / seconds)} a second`);
  expect(tail).toContain(
    '"id":"the good one","result":{"pushes":[{"aura_id":"a::f","name":"f","verdict":"allow"',
  );
  expect(hasLeaked).toBe(false);
  expect(JSON.stringify(ledger.entries)).not.toContain(secret);
  // Most get an answer; blanks and notifications get none.
  expect(answers).toBeGreaterThan(sent / 2);
}, 120_000);
