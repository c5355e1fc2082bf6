/** The socket cannot be had: says why, and what to do. */
export class SocketError extends Error {
  override readonly name = "SocketError";
}
