import type { Back } from "./literal-heads.js";
import type { Near, PatternMatch, RustPattern } from "./rust-pattern.js";

/** A matcher of a pattern that is written for V8's engine: see `v8Pattern`. */
export function v8Matcher(written: string): Pick<RustPattern, "test" | "matches"> {
  const regex = secretRegex(written, "g");
  return {
    test(text) {
      regex.lastIndex = 0;
      return regex.test(text);
    },
    matches(text) {
      const found: PatternMatch[] = [];
      regex.lastIndex = 0;
      for (let match = regex.exec(text); match !== null; match = regex.exec(text)) {
        // A rule's pattern needs a character, a test's may not.
        if (match[0] === "") regex.lastIndex++;
        found.push(asMatch(match));
      }
      return found;
    },
  };
}

/** Each place at which a match may begin is tried once, in order: a match ends where the next may begin. */
export function v8Near(written: string, { least, most }: Back): Near {
  const regex = secretRegex(written, "y");
  return {
    at(text, places) {
      const found: PatternMatch[] = [];
      let free = 0;
      for (const place of places) {
        for (let start = Math.max(free, place - most); start <= place - least; start++) {
          regex.lastIndex = start;
          const match = regex.exec(text);
          free = start + 1;
          if (match === null) continue;
          found.push(asMatch(match));
          free = start + match[0].length;
          break;
        }
      }
      return found;
    },
  };
}

/** With the places of its groups only where one is named `secret`: they cost. */
function secretRegex(written: string, mode: "g" | "y"): RegExp {
  return new RegExp(written, written.includes("(?<secret") ? `${mode}d` : mode);
}

function asMatch(match: RegExpExecArray): PatternMatch {
  const whole = { start: match.index, end: match.index + match[0].length };
  for (const [name, place] of Object.entries(match.indices?.groups ?? {})) {
    if (place !== undefined && /^secret\d*$/.test(name)) {
      return { whole, secret: { start: place[0], end: place[1] } };
    }
  }
  return { whole, secret: whole };
}
