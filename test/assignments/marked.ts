import { expect } from "vitest";
import { type Assigned, assignedValues } from "../../src/assignments/assigned-values.js";
import { expandSample } from "../../src/rules/sample.js";

/** Checks what the finder takes out of `template`, in which ‹…› stands around each that it must take. */
export function expectFound(kind: Assigned, template: string): void {
  const marked = expandSample(template, "assigned");
  const text = marked.replace(/[‹›]/g, "");
  const wanted = [...marked.matchAll(/‹([^›]*)›/g)].map((match) => match[1]);
  const found = assignedValues(kind)
    .matches(text)
    .map(({ secret }) => text.slice(secret.start, secret.end));
  expect(found).toEqual(wanted);
}
