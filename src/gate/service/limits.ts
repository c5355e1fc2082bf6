/** What the service takes at most: beyond these a request is refused or waits, and nobody else notices. */
export type ServiceLimits = {
  /** Of one message, in bytes: a longer line is answered with an error and skipped up to its end. */
  readonly messageBytes: number;
  /** Requests of one client that are not answered yet: further ones are not read. */
  readonly openRequests: number;
  /** Requests in one batch. */
  readonly batch: number;
  /** Pushes in one request. */
  readonly pushes: number;
  /** From a request's arrival, for each of its pushes: who comes later is blocked. In milliseconds. */
  readonly pushTime: number;
  /** How long open requests are waited for at the end, in milliseconds. */
  readonly drainTime: number;
  /** Clients at once. */
  readonly clients: number;
};

export const SERVICE_LIMITS: ServiceLimits = {
  // Source files of that size are nobody's; a batch of ordinary units fits many times over.
  messageBytes: 16 * 1024 * 1024,
  openRequests: 64,
  batch: 256,
  pushes: 10_000,
  pushTime: 5000,
  drainTime: 10_000,
  clients: 128,
};
