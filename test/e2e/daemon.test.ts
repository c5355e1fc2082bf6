import { readFileSync } from "node:fs";
import path from "node:path";
import { createServer } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pushesOf, readLedger } from "../../src/ledger/read-ledger.js";
import { isolateGit } from "../repository.js";
import { awsKeyId, awsSecretKey, awsTemporaryKeyId, githubToken, pemBlock, stripeKey } from "../secrets.js";
import { expectOneAccount } from "./daemon-account.js";
import { type DaemonWorld, daemonWorld, placesOf, type Service, until } from "./daemon-world.js";

const SECRETS = [
  ...["pay", "local", "later"].map(stripeKey),
  ...["upload", "name"].map(awsKeyId),
  ...["leak", "mended"].map(awsTemporaryKeyId),
  awsSecretKey("upload"),
  githubToken("comment"),
  // One line of it is as telling as the whole.
  ...pemBlock("sign").split("\n").slice(1, -1),
];

const billing = (more: { tax: number; pay: string; mended: string }) => `
pub fn leak() { sts("${awsTemporaryKeyId("leak")}") }

pub fn mended() { sts(${more.mended}) }

pub fn tax(cart: &Cart) -> u64 { cart.total * ${more.tax} / 100 }

${more.pay}

pub fn upload() {
    let aws_access_key_id = "${awsKeyId("upload")}";
    let aws_secret_access_key = "${awsSecretKey("upload")}";
}

pub fn key_${awsKeyId("name")}() {}

/// Ask Ada for ${githubToken("comment")}
pub fn commented() {}

/// @aura-local
pub fn dev_login() { login("${stripeKey("local")}") }
`;

const web = (sign: string) => `export function sign(text: string) {\n  return rsa(text, \`${sign}\`);\n}\n`;
const PAY = `pub fn pay() { charge("${stripeKey("pay")}") }`;
const MENDED = `"${awsTemporaryKeyId("mended")}"`;

describe("a repository that a daemon watches", () => {
  let world: DaemonWorld;
  let receiver: Service;
  let daemon: Service;
  const bodiesOf = (auraId: string) =>
    world.received().flatMap((push) => (push.aura_id === auraId ? [push.wire_body] : []));
  const state = { tax: 19, pay: PAY, mended: MENDED };
  const edit = (more: Partial<typeof state>) =>
    void world.repository.write("src/billing.rs", billing(Object.assign(state, more)));
  /** Until the tick that saw the last edit is over: what waits for it is sent, and nothing more will come. */
  const settled = async () => {
    const mark = `pub fn mark() { ${world.received().length} }`;
    world.repository.write("src/zz_mark.rs", mark);
    await until("the tick is over", () => bodiesOf("zz_mark::mark").at(-1) === mark, [daemon, receiver]);
    await until("all is told", () => world.isSettled(), [daemon, receiver]);
  };

  beforeAll(async () => {
    isolateGit();
    world = await daemonWorld();
    edit({});
    world.repository.write("src/web.ts", web(pemBlock("sign")));
    receiver = world.receiver("ada,bob");
    daemon = world.daemon("ada");
    await settled();
  });
  afterAll(() => world.remove());

  it("sends what may leave, masked, and keeps what may not", () => {
    expect(
      world
        .received()
        .map((push) => push.aura_id)
        .sort(),
    ).toEqual(["billing::pay", "billing::tax", "billing::upload", "web::sign", "zz_mark::mark"]);
    expect(bodiesOf("billing::pay")).toEqual(['pub fn pay() { charge("****MASKED****") }']);
    expect(bodiesOf("billing::tax")).toEqual(["pub fn tax(cart: &Cart) -> u64 { cart.total * 19 / 100 }"]);
    for (const name of ["leak", "mended", "commented"])
      expect(daemon.said()).toMatch(new RegExp(`^BLOCKED +billing::${name} `, "m"));
    expect(daemon.said()).toMatch(/^keep +billing::dev_login +@aura-local/m);
  });

  it("sends only the functions that an edit changed, each once", async () => {
    const before = world.received().length;
    edit({ tax: 7 });
    await settled();
    edit({ mended: "env!()" });
    await settled();
    expect(
      world
        .received()
        .slice(before)
        .map((push) => push.aura_id)
        .filter((id) => id !== "zz_mark::mark"),
    ).toEqual(["billing::tax", "billing::mended"]);
  });

  it("sends nothing more of a function that became private", async () => {
    edit({ pay: `/// @aura-local\npub fn pay() { charge("${stripeKey("later")}") }` });
    await settled();
    expect(bodiesOf("billing::pay")).toHaveLength(1);
  });

  it("takes back what waits for the Mothership of a function that became private", async () => {
    await receiver.stop();
    edit({ pay: 'pub fn pay() { charge("draft") }' });
    await until("it waits", () => /the Mothership is gone, 1 wait/.test(daemon.said()), [daemon]);
    edit({ pay: '/// @aura-local\npub fn pay() { charge("draft") }' });
    await until("it is seen", () => (daemon.said().match(/^keep +billing::pay /gm) ?? []).length === 2, [
      daemon,
    ]);
    receiver = world.receiver("ada,bob");
    await settled();
    expect(bodiesOf("billing::pay").join()).not.toContain("draft");
    // The ledger knows that it did not arrive.
    const { records } = readLedger(world.ledgerFolder);
    const waited = pushesOf(records).filter(({ record }) => record.aura_id === "billing::pay");
    expect(waited.map((push) => push.state)).toContain("failed");
  });

  it("follows the settings: what they exclude stays, and comes once they let it", async () => {
    world.repository.write(".aura/live.toml", '[live.selective]\nexclude = ["src/web.ts"]\n');
    world.repository.write("src/web.ts", web("none"));
    await until("it is kept", () => /^keep +src\/web.ts /m.test(daemon.said()), [daemon]);
    expect(bodiesOf("web::sign")).toHaveLength(1);
    world.repository.write(".aura/live.toml", "");
    await until("it is sent", () => bodiesOf("web::sign").length === 2, [daemon]);
    await settled();
  });

  it("gives one account: the receiver's is the ledger's, and what was blocked is in it as blocked", () => {
    expectOneAccount(world);
    const { records } = readLedger(world.ledgerFolder);
    const stateOf = (name: string) =>
      new Set(
        pushesOf(records).flatMap(({ record }) =>
          record.aura_id === `billing::${name}` ? [record.state] : [],
        ),
      );
    expect(["leak", "commented", "dev_login", "mended"].map((name) => [...stateOf(name)])).toEqual([
      ["blocked"],
      ["blocked"],
      ["withheld"],
      ["blocked", "cleared"],
    ]);
  });

  it("puts on the wire pushes of five fields and nothing else, byte for byte", async () => {
    await receiver.stop();
    const own = JSON.parse(readFileSync(path.join(world.mothership, "mothership.json"), "utf8"));
    let wire = "";
    const server = createServer(
      { ca: own.ca, cert: own.certificate, key: own.key, requestCert: true, minVersion: "TLSv1.3" },
      (socket) => {
        socket.on("error", () => undefined);
        socket.setEncoding("utf8").on("data", (text: string) => {
          wire += text;
        });
      },
    );
    await new Promise<void>((resolve) => server.listen(own.port, "127.0.0.1", resolve));
    edit({ tax: 3, pay: PAY });
    await until("both are sent", () => wire.split("\n").length > 2, [daemon]);
    server.close();
    const messages = wire.split("\n").slice(0, 2);
    for (const line of messages) {
      const { params, ...message } = JSON.parse(line);
      expect(JSON.stringify({ ...message, params })).toBe(line);
      expect(Object.keys(message)).toEqual(["jsonrpc", "id", "method"]);
      expect(Object.keys(params)).toEqual(["aura_id", "hash", "peer_id", "at", "wire_body"]);
    }
    await daemon.stop();
  });

  it("leaves no original anywhere but in the sources", () => {
    expect(placesOf(SECRETS, world)).toEqual([]);
  });
});
