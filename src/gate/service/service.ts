import { LedgerError } from "../../ledger/ledger-error.js";
import type { Engine } from "../../scan/engine.js";
import type { Policy } from "../../settings/policy.js";
import {
  ENDING,
  faultAnswer,
  INTERNAL_ERROR,
  LEDGER_FAULT,
  METHOD_NOT_FOUND,
  parseMessage,
  type RpcAnswer,
  RpcFault,
  type RpcRequest,
} from "../json-rpc.js";
import { type Client, newClient } from "./client.js";
import { deliveries } from "./deliveries.js";
import { type InForce, settingsSource } from "./in-force.js";
import { judge } from "./judge.js";
import { keptLedger } from "./kept-ledger.js";
import { SERVICE_LIMITS, type ServiceLimits } from "./limits.js";
import { METHODS } from "./methods.js";
import { policySource } from "./policy-source.js";
import type { LedgerDoor } from "./repository-ledger.js";
import type { ServiceCore } from "./service-core.js";
import { type Terms, termsOf } from "./terms.js";
import { turns } from "./turns.js";
import { writeAhead } from "./write-ahead.js";

/** How a service is opened. */
export type ServiceOptions = {
  /** The real path of the repository or folder that it guards. */
  readonly root: string;
  readonly ledger: LedgerDoor;
  /** What the Mothership asks of every client, or the absolute path of its `mothership.toml`. */
  readonly policy?: Policy | string | null;
  readonly limits?: Partial<ServiceLimits>;
  /** Makes the engine of the root, anew whenever the settings change; throws `ConfigError`. */
  readonly openEngine?: (root: string) => Promise<Engine>;
  /** Milliseconds, for time limits. */
  readonly clock?: () => number;
};

/** The gate as a service: answers the requests of many clients, and keeps the ledger. */
export type GateService = {
  readonly limits: ServiceLimits;
  readonly settings: () => Promise<InForce>;
  readonly connect: () => ServiceClient;
  /** Resolves when a client asks for the end. */
  readonly ended: Promise<void>;
  /** Closes the ledger; call it when every client has its answers. */
  readonly close: () => Promise<void>;
};

/** One client of the service. */
export type ServiceClient = {
  /**
   * The answer to one message, a request or a batch, as text; null where none is due. At once for what is not understood.
   * Never throws or rejects.
   */
  readonly answer: (message: string) => string | null | Promise<string | null>;
  /** Nobody waits for answers any more: what is not judged yet will not be. */
  readonly leave: () => void;
  /** The service ends: from now on every request is refused. */
  readonly end: () => void;
};

/** The service of one repository. Settings that are broken are no fault of it: it blocks until they are mended. */
export function createGateService(options: ServiceOptions): GateService {
  const core = coreOf(options);
  return {
    limits: core.limits,
    settings: () => core.settings.current(),
    connect() {
      const client = newClient();
      return {
        answer: (message) => answerTo(core, client, message),
        leave() {
          client.gone = true;
        },
        end() {
          client.ending = true;
        },
      };
    },
    ended: core.ended,
    close: core.close,
  };
}

function coreOf(options: ServiceOptions): ServiceCore & Pick<GateService, "ended" | "close"> {
  const { root, clock = () => performance.now() } = options;
  const limits = { ...SERVICE_LIMITS, ...options.limits };
  const settings = settingsSource(root, options.openEngine);
  const policy = policySource(options.policy ?? null);
  const ledger = keptLedger(options.ledger);
  const queue = turns();
  const told = deliveries((entry) => ledger.append([entry]), options.ledger.find);
  const terms = (client: Client, path: string | null = null): Promise<Terms> =>
    termsOf(client, settings, policy, path);
  let shutdown = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    shutdown = resolve;
  });
  return {
    root,
    limits,
    settings,
    deliveries: told,
    terms,
    async ready(client) {
      const now = await terms(client);
      await ledger.ready(now.force, now.policy);
      return now;
    },
    async check(client, pushes) {
      const deadline = { clock, at: clock() + limits.pushTime * pushes.length, each: limits.pushTime };
      const judged: Parameters<typeof writeAhead>[0][number][] = [];
      for (const push of pushes) {
        const now = await terms(client, push.path);
        const judgements = await queue.take(client, () =>
          client.gone ? [] : judge(root, now.engine, push, now.refusals, deadline),
        );
        for (const judgement of judgements) judged.push({ judgement, terms: now });
      }
      if (judged.length === 0) return [];
      const last = judged.at(-1)?.terms ?? (await terms(client));
      const answers = await writeAhead(judged, () => ledger.ready(last.force, last.policy), {
        peerId: client.peerId,
        mothership: client.mothership,
        at: new Date().toISOString(),
      });
      for (const { verdict, record_id } of answers)
        if (verdict === "allow" && record_id !== null) told.cleared(record_id, client.mothership);
      return answers;
    },
    append: (entry) => ledger.append([entry]),
    now: () => new Date().toISOString(),
    shutdown: () => shutdown(),
    ended,
    close: () => ledger.close(),
  };
}

function answerTo(core: ServiceCore, client: Client, text: string): string | null | Promise<string | null> {
  try {
    const message = parseMessage(text, core.limits.batch);
    if (message.kind === "one") {
      const answer = answerOne(core, client, message.request);
      return answer instanceof Promise ? answer.then(written) : written(answer);
    }
    return Promise.all(
      message.requests.map((request) =>
        request instanceof RpcFault ? faultAnswer(request) : answerOne(core, client, request),
      ),
    ).then((answers) => {
      const due = answers.filter((answer) => answer !== null);
      return due.length === 0 ? null : JSON.stringify(due);
    });
  } catch (error) {
    return written(faulty(error, null));
  }
}

/** The answer to one request; null for a notification. Never throws or rejects. */
function answerOne(
  core: ServiceCore,
  client: Client,
  { id, method, params }: RpcRequest,
): RpcAnswer | null | Promise<RpcAnswer | null> {
  const given = (result: unknown): RpcAnswer | null =>
    id === undefined ? null : { jsonrpc: "2.0", id, result };
  const refused = (error: unknown): RpcAnswer | null => (id === undefined ? null : faulty(error, id));
  try {
    if (client.ending) throw new RpcFault(ENDING, "the service ends: ask the one that follows");
    const work = METHODS.get(method);
    if (work === undefined)
      throw new RpcFault(METHOD_NOT_FOUND, `unknown method; known are ${[...METHODS.keys()].join(", ")}`);
    const result = work(core, client, params);
    return result instanceof Promise ? result.then(given, refused) : given(result);
  } catch (error) {
    return refused(error);
  }
}

function faulty(error: unknown, id: string | number | null): RpcAnswer {
  if (error instanceof RpcFault) return faultAnswer(error, id);
  if (error instanceof LedgerError) return faultAnswer(new RpcFault(LEDGER_FAULT, error.message, id));
  const name = error instanceof Error ? error.name : "unknown fault";
  return faultAnswer(new RpcFault(INTERNAL_ERROR, `internal fault (${name}): nothing may be sent`, id));
}

function written(answer: RpcAnswer | null): string | null {
  return answer === null ? null : JSON.stringify(answer);
}
