import { ownNames } from "./ecmascript-names.js";
import type { Source } from "./source.js";
import { childAt, previousOf, typeOf } from "./syntax-tree.js";

const signatures: ReadonlySet<string> = new Set(["function_signature", "method_signature"]);

const between: ReadonlySet<string> = new Set(["comment", "html_comment", "decorator"]);

/**
 * The overload signatures of the function `name` that stand above its `statement`, top to bottom. TypeScript's docs
 * are written above these, so a marker there is meant for the function.
 */
export function overloadsOf(source: Source, statement: number, name: string): readonly number[] {
  const { tree } = source;
  const overloads: number[] = [];
  for (let at = previousOf(tree, statement); at !== null; at = previousOf(tree, at)) {
    if (between.has(typeOf(tree, at))) continue;
    const signature = typeOf(tree, at) === "export_statement" ? childAt(tree, at, "declaration") : at;
    const overloaded =
      signature !== null &&
      signatures.has(typeOf(tree, signature)) &&
      ownNames(source, signature)[0] === name;
    if (!overloaded) break;
    overloads.push(at);
  }
  return overloads.reverse();
}
