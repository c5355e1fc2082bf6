import type { PullEntry } from "../../ledger/record.js";
import type { PushRequest } from "../push.js";
import type { Client } from "./client.js";
import type { Deliveries } from "./deliveries.js";
import type { SettingsSource } from "./in-force.js";
import type { ServiceLimits } from "./limits.js";
import type { Terms } from "./terms.js";
import type { RecordedAnswer } from "./write-ahead.js";

/** What the methods work with. */
export type ServiceCore = {
  readonly root: string;
  readonly limits: ServiceLimits;
  readonly settings: SettingsSource;
  readonly deliveries: Deliveries;
  readonly terms: (client: Client, path?: string | null) => Promise<Terms>;
  /** The same, with the ledger open and told of them. Rejects with a `LedgerError`. */
  readonly ready: (client: Client) => Promise<Terms>;
  readonly check: (client: Client, pushes: readonly PushRequest[]) => Promise<readonly RecordedAnswer[]>;
  readonly append: (entry: PullEntry) => Promise<void>;
  readonly now: () => string;
  readonly shutdown: () => void;
};
