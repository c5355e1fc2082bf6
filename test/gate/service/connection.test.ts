import { PassThrough, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { serve } from "../../../src/gate/service/connection.js";
import type { GateService } from "../../../src/gate/service/service.js";
import { stripeKey } from "../../secrets.js";
import { type Answer, PUSH, smallService } from "./small-service.js";

/** What a client writes, and the answers that it gets. */
function talk(service: GateService) {
  const input = new PassThrough();
  const output = new PassThrough();
  let text = "";
  output.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  const connection = serve(service, input, output);
  const answers = (): readonly Answer[] =>
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Answer);
  return {
    input,
    connection,
    answers,
    /** Ends what is written, and waits for all answers. */
    async end(): Promise<readonly Answer[]> {
      input.end();
      await connection.closed;
      return answers();
    },
  };
}

const idsOf = (answers: readonly Answer[]) => new Set(answers.map(({ id }) => id));
const turn = () => new Promise((resolve) => setImmediate(resolve));

const request = (id: unknown, pushes: readonly object[] = [PUSH]) =>
  `${JSON.stringify({ jsonrpc: "2.0", id, method: "preflight.check", params: { pushes } })}\n`;

describe("a connection", () => {
  it("answers whatever came before it ends, a last line without an end too", async () => {
    const client = talk(smallService().service);
    client.input.write(request(1) + request(2).trimEnd());
    expect(idsOf(await client.end())).toEqual(new Set([1, 2]));
  });

  it("takes requests in any pieces, with the ends of Windows' lines and empty lines between", async () => {
    const client = talk(smallService().service);
    const bytes = Buffer.from(`\r\n\n${request("é").replace("\n", "\r\n")}`);
    for (const byte of bytes) client.input.write(Buffer.of(byte));
    expect((await client.end()).map(({ id }) => id)).toEqual(["é"]);
  });

  it.each([
    ["garbage", Buffer.from("garbage\n")],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x0a])],
    ["half a line", Buffer.from(request(1).slice(0, 40))],
    ["NUL", Buffer.from("\0\n")],
    ["a thousand brackets", Buffer.from(`${"[".repeat(1000)}\n`)],
    ["a secret", Buffer.from(`{"${stripeKey()}\n`)],
  ])("tells what is wrong with %s, and repeats nothing", async (_, bytes) => {
    const client = talk(smallService().service);
    client.input.write(bytes);
    const answers = await client.end();
    expect(answers).toHaveLength(1);
    expect(answers[0]?.error?.code).toBeLessThan(-32000);
    expect(JSON.stringify(answers)).not.toContain(stripeKey());
  });

  it("skips a line that is too long, and answers the next", async () => {
    const client = talk(smallService({ limits: { messageBytes: 1000 } }).service);
    client.input.write(`${"x".repeat(5000)}\n${request(2)}`);
    const answers = await client.end();
    expect(answers[0]?.error?.message).toBe("the message is longer than 1000 bytes");
    expect(answers[1]?.id).toBe(2);
  });

  it("takes 100 MB without a line's end in flat memory, while another client is answered", async () => {
    const { service } = smallService();
    const rude = talk(service);
    const polite = talk(service);
    const megabyte = Buffer.alloc(1 << 20, "x");
    let most = 0;
    for (let count = 0; count < 100; count++) {
      if (!rude.input.write(megabyte)) await new Promise((resolve) => rude.input.once("drain", resolve));
      if (count % 25 === 0) polite.input.write(request(count));
      most = Math.max(most, process.memoryUsage().arrayBuffers);
    }
    // The longest message is 16 MB, and may be held twice while it grows.
    expect(most).toBeLessThan(64 << 20);
    expect(idsOf(await polite.end())).toEqual(new Set([0, 25, 50, 75]));
    rude.input.write(`\n${request("after")}`);
    expect((await rude.end()).map(({ id }) => id)).toEqual([null, "after"]);
  });

  it("is not read while too many requests are open", async () => {
    const made = smallService({ limits: { openRequests: 3 } });
    const client = made.service.connect();
    let open = 0;
    let most = 0;
    const counting: GateService = {
      ...made.service,
      connect: () => ({
        ...client,
        async answer(message) {
          most = Math.max(most, ++open);
          const answer = await client.answer(message);
          open--;
          return answer;
        },
      }),
    };
    const talking = talk(counting);
    for (let id = 0; id < 50; id++) talking.input.write(request(id));
    expect(await talking.end()).toHaveLength(50);
    expect(most).toBe(3);
  });

  it("is not read while its answers are not taken", async () => {
    const made = smallService();
    const input = new PassThrough();
    let written = 0;
    const output = new Writable({
      highWaterMark: 1024,
      // Never says that it is done.
      write(chunk: Buffer) {
        written += chunk.length;
      },
    });
    const connection = serve(made.service, input, output);
    const garbage = "garbage of a client that does not read\n".repeat(100);
    let isHeldBack = false;
    for (let count = 1; !isHeldBack && count < 5000; count++) {
      isHeldBack = !input.write(garbage);
      await turn();
    }
    expect(isHeldBack).toBe(true);
    expect(written).toBeLessThan(1 << 20);
    output.destroy();
    await connection.closed;
  });

  it("that is asked to finish answers what is open, and refuses what comes later", async () => {
    const many = Array.from({ length: 20 }, () => PUSH);
    const client = talk(smallService().service);
    client.input.write(request(1, many));
    await turn();
    client.connection.finish();
    client.input.write(request(2));
    await client.connection.closed;
    const [refused, open] = [2, 1].map((id) => client.answers().find((answer) => answer.id === id));
    expect(client.answers()).toHaveLength(2);
    expect(open?.result.pushes).toHaveLength(20);
    expect(refused?.error).toEqual({ code: -32003, message: expect.stringContaining("the service ends") });
  });

  it("whose client is gone judges no further, and harms nobody", async () => {
    const made = smallService();
    const dead = talk(made.service);
    const many = Array.from({ length: 5000 }, () => PUSH);
    dead.input.write(request(1, many));
    await turn();
    dead.input.destroy();
    await dead.connection.closed;
    const other = talk(made.service);
    other.input.write(request(2));
    expect((await other.end())[0]?.id).toBe(2);
    expect(made.ledger.entries.filter(({ kind }) => kind === "push").length).toBeLessThan(many.length);
  });
});
