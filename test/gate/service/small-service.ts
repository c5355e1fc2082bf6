import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nestedEngines } from "../../../src/gate/nested-engines.js";
import {
  createGateService,
  type ServiceClient,
  type ServiceOptions,
} from "../../../src/gate/service/service.js";
import { createEngine, type Engine } from "../../../src/scan/engine.js";
import { loadSettings } from "../../../src/settings/load.js";
import { temporaryFolder } from "../../repository.js";
import { smallEngine } from "../../scan/small-engine.js";
import { type MemoryLedger, memoryLedger } from "./memory-ledger.js";

let rules: Promise<Engine> | null = null;

/** The few rules of the engine's own tests, with the settings that lie at `root`. */
async function engineAt(root: string): Promise<Engine> {
  rules ??= smallEngine();
  const { ruleSet } = await rules;
  return createEngine(await loadSettings(root), ruleSet, { below: (top) => nestedEngines(root, top, null) });
}

/** A service with few rules, settings in a folder of its own and a ledger in memory. */
export function smallService(options: Partial<ServiceOptions> = {}) {
  const root = realpathSync.native(temporaryFolder());
  mkdirSync(join(root, ".aura"));
  const ledger: MemoryLedger = memoryLedger();
  const service = createGateService({ root, ledger, openEngine: engineAt, ...options });
  return {
    root,
    ledger,
    service,
    settings: (text: string): void => writeFileSync(join(root, ".aura/live.toml"), text),
  };
}

export type Answer = {
  readonly id?: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: what a client gets is any JSON
  readonly result?: any;
  readonly error?: { readonly code: number; readonly message: string };
};

let ids = 0;

/** What a client is answered to one request. */
export async function ask(client: ServiceClient, method: string, params?: unknown): Promise<Answer> {
  const text = await client.answer(JSON.stringify({ jsonrpc: "2.0", id: ++ids, method, params }));
  if (text === null) throw new Error("no answer");
  return JSON.parse(text) as Answer;
}

/** A client that said who it is. */
export async function introduced(
  { service, root }: Pick<ReturnType<typeof smallService>, "service" | "root">,
  more: object = {},
): Promise<ServiceClient> {
  const client = service.connect();
  const answer = await ask(client, "initialize", {
    client: "test",
    root,
    peer_id: "alice",
    mothership: "m1",
    ...more,
  });
  if (answer.error !== undefined) throw new Error(answer.error.message);
  return client;
}

/** A push of a harmless function. */
export const PUSH = { path: "src/a.rs", body: "fn f() {}", aura_id: "a::f", name: "f" };
