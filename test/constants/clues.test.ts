import { expect, test } from "vitest";
import { mayBeComposed, mayHoldBuiltStrings } from "../../src/constants/clues.js";

test.each([
  ["prose", "It's a sentence, with a 'quoted' word, (brackets) and a path/to/some/file.txt; 100% of it."],
  ["JSON", '{"name": "alpha", "list": ["beta", "gamma"], "version": "1.2.3", "n": [1, 2, 30, 400]}'],
  [
    "a lock file",
    '"integrity": "sha512-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="',
  ],
  ["messages", 'throw new Error("the file " + name + " could not be read: " + "try again");'],
  ["templates", `const url = \`\${host}/\${path}\`; log(\`\${count} files\`);`],
  [
    "ordinary joins",
    'const text = lines.join("\\n"); const file = path.join("src", "a.ts"); list.reverse();',
  ],
  ["ordinary escapes", 'const text = "a\\tb\\n\\"c\\" \\\\d \\u00e9 \\x1b[0m";'],
  ["formats", 'printf("%d%% of %20s", a, b); println!("{} {}", a, b);'],
  ["imports in Go", 'import (\n\t"bytes"\n\t"crypto/sha256"\n\t"fmt"\n)'],
  ["doc strings", 'def f():\n    """It says \'alpha\'."""\n    return "alpha"\n'],
  ["a shell script", "docker run \\\n  --rm \\\n  -v a:b image | grep x"],
])("%s gives no clue", (_, text) => {
  expect(mayHoldBuiltStrings(text)).toBe(false);
});

test("what is only encoded needs no syntax tree", () => {
  const text = `const k = "${Buffer.from("alpha beta gamma delta").toString("base64")}";`;
  expect([mayHoldBuiltStrings(text), mayBeComposed(text)]).toEqual([true, false]);
});
