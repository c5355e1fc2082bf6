import { isAscii } from "node:buffer";
import { wholeCharacters } from "./clean.js";
import type { Encoding } from "./kind.js";

/** Turns bytes that come in pieces into text; the same text however they are cut. */
export type Decoder = {
  /** The text of these bytes, but for a character that is cut off at their end. */
  readonly decode: (bytes: Uint8Array) => string;
  /** What is left: a replacement character for a character that was never completed, or nothing. */
  readonly end: () => string;
};

/** How the bytes of one encoding are cut and read. */
type Form = {
  /** The length of `bytes` without what is cut off at the end. */
  readonly whole: (bytes: Buffer) => number;
  readonly text: (bytes: Buffer) => string;
};

const UTF_8: Form = {
  whole: wholeCharacters,
  text: (bytes) => (isAscii(bytes) ? bytes.toString("latin1") : bytes.toString("utf8")),
};

const UTF_16LE: Form = { whole: (bytes) => bytes.length & ~1, text: (bytes) => bytes.toString("utf16le") };

const UTF_32LE: Form = { whole: (bytes) => bytes.length & ~3, text: utf32leText };

const FORMS: Readonly<Record<Encoding, Form>> = {
  "utf-8": UTF_8,
  "utf-8-bom": UTF_8,
  "utf-16le": UTF_16LE,
  "utf-16be": { whole: UTF_16LE.whole, text: (bytes) => UTF_16LE.text(Buffer.from(bytes).swap16()) },
  "utf-32le": UTF_32LE,
  "utf-32be": { whole: UTF_32LE.whole, text: (bytes) => UTF_32LE.text(Buffer.from(bytes).swap32()) },
  latin1: { whole: (bytes) => bytes.length, text: (bytes) => bytes.toString("latin1") },
};

/** A decoder for one content. Invalid bytes become replacement characters; a byte order mark is left out. */
export function decoderFor(encoding: Encoding): Decoder {
  const form = FORMS[encoding];
  let cutOff = Buffer.alloc(0);
  let isStart = encoding !== "latin1";
  return {
    decode(bytes) {
      const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const all = cutOff.length === 0 ? view : Buffer.concat([cutOff, view]);
      const whole = form.whole(all);
      cutOff = Buffer.from(all.subarray(whole));
      const text = form.text(all.subarray(0, whole));
      if (!isStart || text === "") return text;
      isStart = false;
      return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    },
    end() {
      const left = cutOff.length > 0;
      cutOff = Buffer.alloc(0);
      return left ? "\ufffd" : "";
    },
  };
}

function utf32leText(bytes: Buffer): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 4) {
    const point = bytes.readUInt32LE(at);
    const isCharacter = point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
    parts.push(isCharacter ? String.fromCodePoint(point) : "\ufffd");
  }
  return parts.join("");
}
