/** JSON-RPC 2.0 (https://www.jsonrpc.org/specification): one request in, one answer out, no batches. */
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

export const PARSE_ERROR = -32700;
export const INVALID_REQUEST = -32600;
export const METHOD_NOT_FOUND = -32601;
export const INVALID_PARAMS = -32602;
export const INTERNAL_ERROR = -32603;

/** A fault in a request, to be told to whoever sent it. The message never repeats what was sent. */
export class RpcFault extends Error {
  override readonly name = "RpcFault";
  readonly code: number;
  readonly id: RpcId;
  constructor(code: number, message: string, id: RpcId = null) {
    super(message);
    this.code = code;
    this.id = id;
  }
}

/** The request in `text`. Throws `RpcFault`. */
export function parseRequest(text: string): RpcRequest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which may hold a secret.
    throw new RpcFault(PARSE_ERROR, "the request is not valid JSON");
  }
  if (Array.isArray(value)) throw new RpcFault(INVALID_REQUEST, "batches are not taken: send one request");
  if (!isObject(value)) throw new RpcFault(INVALID_REQUEST, "the request is not a JSON object");
  const id = value["id"];
  const known = id === undefined || id === null || typeof id === "string" || typeof id === "number";
  if (!known) throw new RpcFault(INVALID_REQUEST, "id must be a string, a number or null");
  const told = id ?? null;
  if (value["jsonrpc"] !== "2.0") throw new RpcFault(INVALID_REQUEST, 'jsonrpc must be "2.0"', told);
  const method = value["method"];
  if (typeof method !== "string") throw new RpcFault(INVALID_REQUEST, "method must be a string", told);
  return { ...(id === undefined ? {} : { id }), method, params: value["params"] };
}

export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
