// Messages are lines of JSON, here as on the wire to the gate and to the Mothership. node:readline will not do: it also
// breaks at U+2028, which may stand inside a JSON string.

/** Calls `take` with each whole line of a stream; half a line at its end is none. A line over `limit` ends the stream. */
export function eachLine(stream, take, limit = 64 << 20) {
  let parts = [];
  let length = 0;
  stream.on("data", (chunk) => {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...parts, chunk.subarray(from, end)]).toString("utf8");
      parts = [];
      length = 0;
      from = end + 1;
      if (line !== "") take(line);
    }
    length += chunk.length - from;
    if (length > limit) stream.destroy(new Error(`a line of more than ${limit} bytes`));
    else if (from < chunk.length) parts.push(chunk.subarray(from));
  });
}

/** The object that a line holds, or null. */
export function objectIn(line) {
  try {
    const value = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
