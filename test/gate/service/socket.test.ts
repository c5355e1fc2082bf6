import { chmodSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { serveSocket } from "../../../src/gate/service/socket.js";
import { SocketError } from "../../../src/gate/service/socket-error.js";
import { temporaryFolder } from "../../repository.js";
import { smallService } from "./small-service.js";

const serveAt = (path: string) => serveSocket(smallService().service, path);

describe.skipIf(process.platform === "win32")("a socket", () => {
  it("is its owner's alone, and gone at the end", async () => {
    const path = join(temporaryFolder(), "gate.sock");
    const socket = await serveAt(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await socket.drain();
    expect(existsSync(path)).toBe(false);
  });

  it("that lives is refused", async () => {
    const path = join(temporaryFolder(), "gate.sock");
    const socket = await serveAt(path);
    await expect(serveAt(path)).rejects.toThrow("answers on");
    expect(existsSync(path)).toBe(true);
    await socket.drain();
  });

  it.each<[string, (path: string) => void, string]>([
    ["a file", (path) => writeFileSync(path, "x"), "is no socket"],
    ["a folder", (path) => mkdirSync(path), "is no socket"],
    ["a link", (path) => symlinkSync("/dev/null", path), "is no socket"],
  ])("is not made where %s stands", async (_, put, reason) => {
    const path = join(temporaryFolder(), "gate.sock");
    put(path);
    await expect(serveAt(path)).rejects.toThrow(reason);
    expect(existsSync(path)).toBe(true);
  });

  it("is not made in a folder to which everybody may write, unless it is sticky", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o777);
    await expect(serveAt(join(folder, "gate.sock"))).rejects.toThrow("everybody may write");
    chmodSync(folder, 0o1777);
    await (await serveAt(join(folder, "gate.sock"))).drain();
  });

  it.each([
    ["whose folder is not there", "none/gate.sock", "its folder is not there"],
    ["whose path is too long", `${"x".repeat(120)}.sock`, "longer than the"],
  ])("%s is told in words", async (_, name, reason) => {
    const made = serveAt(join(temporaryFolder(), name));
    await expect(made).rejects.toThrow(SocketError);
    await expect(made).rejects.toThrow(reason);
  });

  it("of another program that takes clients is let be", async () => {
    const path = join(temporaryFolder(), "gate.sock");
    const other = createServer();
    await new Promise<void>((done) => other.listen(path, done));
    await expect(serveAt(path)).rejects.toThrow("answers on");
    other.close();
  });
});
