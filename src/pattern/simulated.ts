import { holds, type Node } from "./ast.js";

/** Places in a text, a byte each and one behind its end: 1 where a match so far may end. */
type Places = Uint8Array;

/**
 * Whether the pattern `node` matches anywhere in `text`, which is ASCII: all ways at once, place by place, so in time
 * that grows with the text and with the pattern. For a pattern that seldom matches and would be costly to compile.
 */
export function matchesSomewhere(node: Node, text: string): boolean {
  return after(node, new Uint8Array(text.length + 1).fill(1), text).includes(1);
}

/** Where a match of `node` may end that begins at one of `from`. */
function after(node: Node, from: Places, text: string): Places {
  switch (node.kind) {
    case "empty":
      return from;
    case "look":
      return from.map((held, at) => (held === 1 && looks(node.at, text, at) ? 1 : 0));
    case "set": {
      const to = new Uint8Array(from.length);
      for (let at = 0; at < text.length; at++) {
        if (from[at] === 1 && takes(node, text, at)) to[at + 1] = 1;
      }
      return to;
    }
    case "group":
      return after(node.body, from, text);
    case "concat": {
      let places = from;
      for (const part of node.parts) {
        places = after(part, places, text);
        if (!places.includes(1)) return places;
      }
      return places;
    }
    case "either": {
      const to = new Uint8Array(from.length);
      for (const branch of node.branches) add(to, after(branch, from, text));
      return to;
    }
    case "repeat":
      return node.body.kind === "set"
        ? afterRun(node.body, node.min, node.max, from, text)
        : afterRounds(node, from, text);
  }
}

/** A class again and again: for each place, the nearest beginning that is neither too near nor too far. */
function afterRun(
  body: Extract<Node, { kind: "set" }>,
  min: number,
  max: number,
  from: Places,
  text: string,
): Places {
  const to = new Uint8Array(from.length);
  let runStart = 0;
  let latest = -1;
  for (let at = 0; at < from.length; at++) {
    // `latest` is the last beginning at least `min` before this place.
    const begun = at - min;
    if (begun >= runStart && from[begun] === 1) latest = begun;
    if (latest >= runStart && at - latest <= max) to[at] = 1;
    if (at < text.length && !takes(body, text, at)) runStart = at + 1;
  }
  return to;
}

function afterRounds(
  { body, min, max }: Extract<Node, { kind: "repeat" }>,
  from: Places,
  text: string,
): Places {
  let places = from;
  for (let round = 0; round < min; round++) {
    places = after(body, places, text);
    if (!places.includes(1)) return places;
  }
  const to = Uint8Array.from(places);
  for (let round = min; round < max; round++) {
    places = after(body, places, text);
    if (!add(to, places)) break;
  }
  return to;
}

/** Adds places; whether one of them is new. */
function add(to: Places, more: Places): boolean {
  let isMore = false;
  for (let at = 0; at < to.length; at++) {
    if (more[at] !== 1 || to[at] === 1) continue;
    to[at] = 1;
    isMore = true;
  }
  return isMore;
}

function takes({ set }: Extract<Node, { kind: "set" }>, text: string, at: number): boolean {
  return holds(set, text.charCodeAt(at));
}

function looks(at: Extract<Node, { kind: "look" }>["at"], text: string, place: number): boolean {
  switch (at) {
    case "start":
      return place === 0;
    case "end":
      return place === text.length;
    case "line-start":
      return place === 0 || text.charCodeAt(place - 1) === 10;
    case "line-end":
      return place === text.length || text.charCodeAt(place) === 10;
    case "word":
      return isWord(text, place - 1) !== isWord(text, place);
    case "not-word":
      return isWord(text, place - 1) === isWord(text, place);
  }
}

function isWord(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  const isLetter = (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);
  return isLetter || (unit >= 48 && unit <= 57) || unit === 95;
}
