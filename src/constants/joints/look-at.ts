import { KIND, type Tokens } from "./tokens.js";

/** What stands at a token, asked by its number; nothing stands before the first and behind the last. */
export type LookAt = {
  readonly isMark: (token: number, mark: number) => boolean;
  readonly isWord: (token: number) => boolean;
  /** "" for what is no word. */
  readonly wordAt: (token: number) => string;
  /** Whether it is a bracket that another one closes. */
  readonly opens: (token: number) => boolean;
  /** The number of the token behind all that a bracket holds. */
  readonly behind: (open: number) => number;
};

export function lookAt({ text, count, kinds, marks, starts, ends, partners }: Tokens): LookAt {
  const isWord = (token: number): boolean => token >= 0 && token < count && kinds[token] === KIND.word;
  return {
    isMark: (token, mark) =>
      token >= 0 && token < count && kinds[token] === KIND.mark && marks[token] === mark,
    isWord,
    wordAt: (token) => (isWord(token) ? text.slice(starts[token], ends[token]) : ""),
    opens: (token) =>
      token >= 0 && token < count && kinds[token] === KIND.mark && (partners[token] ?? -1) > token,
    behind: (open) => (partners[open] ?? open) + 1,
  };
}
