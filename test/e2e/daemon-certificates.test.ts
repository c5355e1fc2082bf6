import { X509Certificate } from "node:crypto";
import { type AddressInfo, connect as connectPlain } from "node:net";
import { connect, createServer, type Server, type TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { daemonModule } from "./daemon-module.js";

type Pair = { readonly certificate: string; readonly key: string };
type Authority = { readonly certificate: string };

const { makeAuthority, issue } = (await daemonModule("certificates.mjs")) as {
  makeAuthority: (name: string, days?: number) => Authority;
  issue: (authority: Authority, options: { name: string; hosts?: readonly string[]; days?: number }) => Pair;
};
const { integer, objectId, sequence, time } = await daemonModule("der.mjs");

const authority = makeAuthority("a CA");
const hosts = ["localhost", "127.0.0.1"];
const server = issue(authority, { name: "mothership", hosts });
const ada = issue(authority, { name: "ada" });

describe("DER", () => {
  const hex = (bytes: Buffer) => bytes.toString("hex");

  it.each([
    ["zero", [0], "020100"],
    ["a number without a needless zero in front", [0, 0, 5], "020105"],
    ["a zero in front where the top bit is set", [0x80], "02020080"],
  ])("writes %s", (_name, bytes, expected) => {
    expect(hex(integer(Buffer.from(bytes)))).toBe(expected);
  });

  it("writes an object's id in groups of seven bits", () => {
    expect(hex(objectId("1.2.840.10045.4.3.2"))).toBe("06082a8648ce3d040302");
  });

  it.each([
    [127, "307f"],
    [128, "308180"],
    [300, "3082012c"],
  ])("writes a length of %i", (length, head) => {
    expect(hex(sequence(Buffer.alloc(length))).slice(0, head.length)).toBe(head);
  });

  it("writes the year with two digits until 2049 and with four from 2050", () => {
    expect(time(new Date("2049-12-31T23:59:59.999Z")).toString("latin1")).toBe("\x17\x0d491231235959Z");
    expect(time(new Date("2050-01-01T00:00:00Z")).toString("latin1")).toBe("\x18\x0f20500101000000Z");
  });
});

describe("a certificate of the throw-away CA", () => {
  it("is one that Node reads: names, hosts, use, and who signed it", () => {
    const ca = new X509Certificate(authority.certificate);
    const its = new X509Certificate(server.certificate);
    expect([ca.ca, its.ca, its.subject, its.issuer]).toEqual([true, false, "CN=mothership", "CN=a CA"]);
    expect([its.checkHost("localhost"), its.checkIP("127.0.0.1"), its.checkHost("example.com")]).toEqual([
      "localhost",
      "127.0.0.1",
      undefined,
    ]);
    expect([its.checkIssued(ca), its.verify(ca.publicKey), ca.verify(ca.publicKey)]).toEqual([
      true,
      true,
      true,
    ]);
    expect(its.verify(new X509Certificate(makeAuthority("a CA").certificate).publicKey)).toBe(false);
    expect(new X509Certificate(ada.certificate).keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
  });
});

describe("a handshake", () => {
  let listening: Server;
  let port = 0;
  beforeAll(async () => {
    listening = createServer(
      {
        ca: authority.certificate,
        cert: server.certificate,
        key: server.key,
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: "TLSv1.3",
      },
      (socket: TLSSocket) => socket.end(`hello ${socket.getPeerCertificate().subject.CN}`),
    );
    await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
    port = (listening.address() as AddressInfo).port;
  });
  afterAll(() => void listening.close());

  /** What the server said, or why it said nothing. */
  const greeting = (options: { ca: string; pair: Pair | null; servername?: string }): Promise<string> =>
    new Promise((resolve) => {
      const { pair, servername = "localhost" } = options;
      const identity = pair === null ? {} : { cert: pair.certificate, key: pair.key };
      let said = "";
      const socket = connect({ host: "127.0.0.1", port, servername, ca: options.ca, ...identity });
      socket.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
      socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      socket.on("close", () => resolve(said));
    });

  it("lets in a peer whom the CA knows", async () => {
    expect(await greeting({ ca: authority.certificate, pair: ada })).toBe("hello ada");
  });

  it.each([
    ["without a certificate", () => null],
    ["with another CA's certificate of the same name", () => issue(makeAuthority("a CA"), { name: "ada" })],
    ["with a certificate that is over", () => issue(authority, { name: "ada", days: -0.5 })],
    ["with a server's certificate", () => issue(authority, { name: "ada", hosts })],
  ])("turns away a peer %s", async (_name, pair) => {
    expect(await greeting({ ca: authority.certificate, pair: pair() })).not.toContain("hello");
  });

  it.each([
    ["that another CA signed", makeAuthority("a CA").certificate, "localhost"],
    ["of another name", authority.certificate, "example.com"],
  ])("does not trust a server %s", async (_name, ca, servername) => {
    expect(await greeting({ ca, pair: ada, servername })).toMatch(
      /^(ERR_TLS|DEPTH|UNABLE|CERT|SELF|ERR_SSL)/,
    );
  });

  it("survives somebody who speaks no TLS", async () => {
    await new Promise((resolve) => {
      const socket = connectPlain(port, "127.0.0.1", () => socket.end("GET / HTTP/1.1\r\n\r\n"));
      socket.on("error", () => undefined).on("close", resolve);
    });
    expect(await greeting({ ca: authority.certificate, pair: ada })).toBe("hello ada");
  });
});
