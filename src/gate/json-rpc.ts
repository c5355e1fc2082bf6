/** JSON-RPC 2.0 (https://www.jsonrpc.org/specification): requests and batches of them in, answers out. */
export type RpcId = string | number | null;

export type RpcRequest = {
  /** Absent for a notification, which gets no answer. */
  readonly id?: RpcId;
  readonly method: string;
  readonly params: unknown;
};

export type RpcError = { readonly code: number; readonly message: string };

export type RpcAnswer =
  | { readonly jsonrpc: "2.0"; readonly id: RpcId; readonly result: unknown }
  | { readonly jsonrpc: "2.0"; readonly id: RpcId; readonly error: RpcError };

/** One message: a request, or a batch of them, each of which may be at fault by itself. */
export type RpcMessage =
  | { readonly kind: "one"; readonly request: RpcRequest }
  | { readonly kind: "batch"; readonly requests: readonly (RpcRequest | RpcFault)[] };

export const PARSE_ERROR = -32700;
export const INVALID_REQUEST = -32600;
export const METHOD_NOT_FOUND = -32601;
export const INVALID_PARAMS = -32602;
export const INTERNAL_ERROR = -32603;
/** Ours: what has to come first did not. */
export const NOT_INITIALIZED = -32002;
/** Ours: the ledger could not keep what it was told. */
export const LEDGER_FAULT = -32001;

/** Ours: the service ends, and judges no more. */
export const ENDING = -32003;

/** An id is repeated in its answer: nobody needs a longer one. In UTF-16 units. */
const LONGEST_ID = 256;

/** A fault in a request, to be told to whoever sent it. The message never repeats what was sent. */
export class RpcFault extends Error {
  override readonly name = "RpcFault";
  readonly code: number;
  readonly id: RpcId;
  constructor(code: number, message: string, id: RpcId = null) {
    const { stackTraceLimit } = Error;
    // It is an answer and no accident: a stack would cost twice what all else of it does.
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.id = id;
  }
}

/** The message in `text`, a batch of at most so many requests. Throws `RpcFault`. */
export function parseMessage(text: string, mostInBatch: number): RpcMessage {
  const value = parsed(text);
  if (!Array.isArray(value)) return { kind: "one", request: requestOf(value) };
  if (value.length === 0) throw new RpcFault(INVALID_REQUEST, "the batch is empty");
  if (value.length > mostInBatch)
    throw new RpcFault(INVALID_REQUEST, `the batch holds more than ${mostInBatch} requests`);
  return {
    kind: "batch",
    requests: value.map((item: unknown) => {
      try {
        return requestOf(item);
      } catch (error) {
        if (error instanceof RpcFault) return error;
        throw error;
      }
    }),
  };
}

/** The request in `text`. Throws `RpcFault`. */
export function parseRequest(text: string): RpcRequest {
  const value = parsed(text);
  if (Array.isArray(value)) throw new RpcFault(INVALID_REQUEST, "batches are not taken: send one request");
  return requestOf(value);
}

/** The answer that tells a fault. */
export function faultAnswer({ code, message, id }: RpcFault, asked: RpcId = null): RpcAnswer {
  return { jsonrpc: "2.0", id: id ?? asked, error: { code, message } };
}

function parsed(text: string): unknown {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which may hold a secret.
    throw new RpcFault(PARSE_ERROR, "the request is not valid JSON");
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function requestOf(value: unknown): RpcRequest {
  if (!isObject(value)) throw new RpcFault(INVALID_REQUEST, "the request is not a JSON object");
  const id = value["id"];
  if (!isId(id))
    throw new RpcFault(INVALID_REQUEST, "id must be a string of at most 256 characters, a number or null");
  const told = id ?? null;
  if (value["jsonrpc"] !== "2.0") throw new RpcFault(INVALID_REQUEST, 'jsonrpc must be "2.0"', told);
  const method = value["method"];
  if (typeof method !== "string") throw new RpcFault(INVALID_REQUEST, "method must be a string", told);
  return { ...(id === undefined ? {} : { id }), method, params: value["params"] };
}

function isId(id: unknown): id is RpcId | undefined {
  if (id === undefined || id === null) return true;
  return typeof id === "string" ? id.length <= LONGEST_ID : typeof id === "number" && Number.isFinite(id);
}

export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
