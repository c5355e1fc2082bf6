import { drawing } from "./draw.mjs";
import { functionLines, LANGUAGES } from "./programs.mjs";
import { SEED } from "./tree.mjs";

/** Live Sync's largest ordinary unit; most are much smaller. */
const MOST_BYTES = 4096;

/** What the daemon offers at preflight: function after function, each named and in a file of its own. */
export function units(count) {
  const languages = LANGUAGES.filter(({ extension }) => ["ts", "js", "rs"].includes(extension));
  return Array.from({ length: count }, (_, number) => {
    const draw = drawing(SEED, number, 1);
    const language = draw.pick(languages);
    const [signature, ...rest] = functionLines(draw, language, draw.between(3, 90)).filter(
      (line, at) => at > 0 || !line.startsWith(language.comment),
    );
    const body = [signature, ...rest].join("\n").slice(0, MOST_BYTES);
    return {
      kind: "body",
      path: `src/unit${number}.${language.extension}`,
      aura_id: `unit${number}::unit${number}`,
      name: `unit${number}`,
      language: null,
      signature: null,
      body,
    };
  });
}
