import { auraScan } from "./aura-scan.js";

/** One function that a daemon offers. */
export type Offer = {
  readonly path: string;
  readonly body: string;
  readonly aura_id: string;
  readonly name: string;
};

export type Answered = {
  readonly record_id: string;
  readonly verdict: string;
  readonly wire_body: string | null;
};

/** A daemon in short: offers these to the service in the folder, tells as sent what may leave, and reports a pull. */
export async function offered(root: string, offers: readonly Offer[]): Promise<readonly Answered[]> {
  const { pushes } = await served<{ pushes: readonly Answered[] }>(root, "preflight.check", {
    pushes: offers,
  });
  const at = new Date().toISOString();
  const pull = { aura_id: "billing::fmt", peer_id: "alice", bytes: 340, hash: null, at };
  await served(root, "pull.received", pull);
  for (const { record_id, verdict } of pushes)
    if (verdict === "allow") await served(root, "preflight.sent", { record_id, mothership: "alpha", at });
  return pushes;
}

async function served<Result>(root: string, method: string, params: object): Promise<Result> {
  const hello = { client: "test", root, mothership: "alpha", peer_id: "me" };
  const requests = [
    { id: 1, method: "initialize", params: hello },
    { id: 2, method, params },
  ];
  const input = requests.map((request) => `${JSON.stringify({ jsonrpc: "2.0", ...request })}\n`).join("");
  const run = await auraScan(root, ["preflight", "--stdio"], { input });
  for (const line of run.out.split("\n").filter((one) => one !== "")) {
    const answer = JSON.parse(line) as { id: number; result?: Result };
    if (answer.id === 2 && answer.result !== undefined) return answer.result;
  }
  throw new Error(`no answer to ${method}: ${run.out}${run.err}`);
}
