import type { ConstantNames, Definition } from "./constant-names.js";
import type { Joint } from "./joints.js";
import { lookAt } from "./look-at.js";
import { code, KIND, MARK, type Tokens } from "./tokens.js";
import type { Words } from "./words.js";

const DOT = code(".");
const ROUND = code("(");
const CLOSING = code(")");
const PLUS = code("+");
const BANG = code("!");
const AND = code("&");
const CURLY = code("{");

/**
 * Where a name of something that is put together stands in what leaves it what it is: `token.trim()`, `Some(TOKEN)`,
 * `TOKEN + unknown`. What that is given to is one more name of it.
 */
export function passedOn(
  tokens: Tokens,
  words: Words,
  joints: readonly Joint[],
  names: ConstantNames,
): readonly Joint[] {
  const { count, kinds, arounds } = tokens;
  const { isMark, wordAt } = lookAt(tokens);
  /** Whether `+` stands on one side of the path that ends with the word. */
  const isAdded = (token: number): boolean => {
    let first = token;
    while (isMark(first - 1, DOT) || isMark(first - 1, MARK.chain) || isMark(first - 1, MARK.path))
      first -= 2;
    while (isMark(first - 1, ROUND) || isMark(first - 1, AND)) first--;
    let next = token + 1;
    while (next < count && (isMark(next, BANG) || isMark(next, CLOSING))) next++;
    return isMark(first - 1, PLUS) || isMark(next, PLUS);
  };
  const made = madeOf(tokens, joints, names);
  if (made.size === 0) return [];
  const passed: Joint[] = [];
  /** Whether what a call of it is given may be a part of what it gives. */
  const isGiving = (word: string): boolean => words.functions.has(word) || words.methods.has(word);
  /** The same for the call whose bracket opens there. */
  const gives = new Map<number, boolean>();
  const isOfGiving = (open: number): boolean => {
    const known = gives.get(open);
    if (known !== undefined) return known;
    const is = isMark(open, ROUND) && isGiving(wordAt(open - 1));
    gives.set(open, is);
    return is;
  };
  for (let token = 0; token < count; token++) {
    if (kinds[token] !== KIND.word) continue;
    const isCalledOn =
      (isMark(token + 1, DOT) || isMark(token + 1, MARK.chain)) && words.methods.has(wordAt(token + 2));
    const isGiven = isOfGiving(arounds[token] ?? -1);
    if (!isCalledOn && !isGiven && !isAdded(token)) continue;
    const isField = isMark(token - 1, DOT) || isMark(token - 1, MARK.chain);
    const given = isField ? names.fields(wordAt(token)) : names.named(wordAt(token), token);
    if (given.some((one) => made.has(one))) passed.push({ from: token, to: token + 1 });
  }
  return passed;
}

/** What gives a name a joint, or such a name. Fields are named by themselves, not by what they are fields of. */
function madeOf(
  { text, count, kinds, marks, starts, ends }: Tokens,
  joints: readonly Joint[],
  { definitions, operands }: ConstantNames,
): ReadonlySet<Definition> {
  const made = new Set<Definition>();
  const names = new Set<string>();
  /** How many joints begin before each token. */
  const before = new Int32Array(count + 1);
  for (const { from } of joints) before[from + 1] = (before[from + 1] ?? 0) + 1;
  for (let token = 0; token < count; token++)
    before[token + 1] = (before[token + 1] ?? 0) + (before[token] ?? 0);
  const isJoint = ({ at, end }: Definition): boolean => before[end] !== before[at];
  const holdsName = ({ at, end }: Definition): boolean => {
    for (let token = at; token < end; token++) {
      operands.take();
      if (kinds[token] === KIND.word && names.has(text.slice(starts[token], ends[token]))) return true;
    }
    return false;
  };
  let open = definitions.filter(
    ({ at, value }) => value !== 0 && !(kinds[at] === KIND.mark && marks[at] === CURLY),
  );
  for (let isMade = isJoint, known = -1; made.size > known; isMade = holdsName) {
    known = made.size;
    for (const definition of open) {
      if (!isMade(definition)) continue;
      made.add(definition);
      names.add(definition.name);
    }
    open = open.filter((definition) => !made.has(definition));
  }
  return made;
}
