import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOOK_NAMES, hookWithBlock, hookWithoutBlock, isOnlyOurs } from "../../src/install/hook-text.js";
import { ownHook } from "../../src/install/own-files.js";

const BEGIN = "# >>> aura-scan >>>";
const END = "# <<< aura-scan <<<";
const OWN = `#!/bin/sh\n${BEGIN}\nlook $& $1\n${END}\n`;
const BLOCK = `${BEGIN}\nlook $& $1\n${END}\n`;

/** The text after the edit; throws if there was none. */
const edited = (existing: string): string => {
  const edit = hookWithBlock(existing, OWN);
  if (!("text" in edit)) throw new Error(`not edited: ${edit.kind}`);
  return edit.text;
};

describe("a hook that is there and does nothing is no hook that we wrote: it comes back when ours goes", () => {
  it.each(["", "\n", " \r\n\t", "#!/bin/sh\n"])("%j", (existing) => {
    expect(hookWithBlock(existing, OWN)).toEqual({ kind: "added", text: BLOCK + existing });
    expect(hookWithoutBlock(BLOCK + existing)).toEqual({ kind: "removed", text: existing });
  });
});

describe("our block comes before every other line, after the shebang, and all else is kept", () => {
  it.each([
    ["a script", "#!/bin/sh\nnpm test\n", `#!/bin/sh\n${BLOCK}npm test\n`],
    ["plain commands, as husky has them", "npm test", `${BLOCK}npm test`],
    ["a shebang alone, not even ended", "#!/bin/bash", `#!/bin/bash\n${BLOCK.trimEnd()}`],
    ["CRLF lines", "#!/bin/sh\r\nnpm test\r\n", `#!/bin/sh\r\n${BLOCK}npm test\r\n`],
    ["bytes that are no UTF-8", "echo \xff\xfe\n", `${BLOCK}echo \xff\xfe\n`],
    [
      "Aura's own blocks",
      '#!/bin/sh\n"aura" capture-context\n# --- AURA INTENT GATE ---\naura verify-intent --staged\n',
      `#!/bin/sh\n${BLOCK}"aura" capture-context\n# --- AURA INTENT GATE ---\naura verify-intent --staged\n`,
    ],
  ])("%s", (_, existing, expected) => {
    expect(hookWithBlock(existing, OWN)).toEqual({ kind: "added", text: expected });
  });
});

describe("what a Bourne shell runs is edited", () => {
  it.each([
    "#!/bin/sh",
    "#! /bin/sh -e",
    "#!/bin/bash",
    "#!/usr/bin/dash",
    "#!/bin/zsh",
    "#!/usr/bin/env bash",
    "#!/usr/bin/env -S bash -eu",
    "#!/usr/bin/env LANG=C ksh",
    "#!C:/Git/bin/sh.exe",
  ])("%s", (shebang) => {
    expect(edited(`${shebang}\ntrue\n`)).toBe(`${shebang}\n${BLOCK}true\n`);
  });
});

describe("what any other program runs is left alone", () => {
  it.each([
    ["#!/usr/bin/python3\nprint()\n", "python3"],
    ["#!/usr/bin/env node\n0\n", "node"],
    ["#!/usr/bin/env -S deno run\n0\n", "deno"],
    ["#!/usr/bin/fish\ntrue\n", "fish"],
    ["#!/opt/sh/bin/perl\n1;\n", "perl"],
    ["#!/usr/bin/env\n", "env"],
    ["\x7fELF\x02\0\0", "machine code"],
    ["#!/bin/sh\nexit 0\n\0\0payload", "machine code"],
  ])("%j is %s", (existing, language) => {
    expect(hookWithBlock(existing, OWN)).toEqual({ kind: "foreign", language });
  });
});

describe("a block of ours that is there already", () => {
  it("is left when it is today's", () => {
    expect(hookWithBlock(OWN, OWN)).toEqual({ kind: "present" });
    expect(hookWithBlock(`# a comment\n\n${BLOCK}last`, OWN)).toEqual({ kind: "present" });
  });

  it.each([
    ["an older one", `# a\n${BEGIN}\nold\nlines\n${END}\nb\n`, `# a\n${BLOCK}b\n`],
    ["one at the end that is not ended", `# a\n${BEGIN}\nold\n${END}`, `# a\n${BLOCK.trimEnd()}`],
    ["one that an editor gave CRLF", `# a\r\n${BEGIN}\r\nold\r\n${END}\r\nb\r\n`, `# a\r\n${BLOCK}b\r\n`],
  ])("is replaced in its place: %s", (_, existing, expected) => {
    expect(hookWithBlock(existing, OWN)).toEqual({ kind: "updated", text: expected });
  });

  it.each([
    ["an end is missing", `${BEGIN}\nold\nnpm test\n`],
    ["a beginning is missing", `old\n${END}\nnpm test\n`],
    ["there are two", `${BLOCK}npm test\n${BLOCK}`],
    ["they are the wrong way round", `${END}\nnpm test\n${BEGIN}\n`],
    ["a marker stands within a line", `if a; then # >>> aura-scan >>>\nold\n${END}\nfi\n`],
  ])("is not touched where %s", (_, existing) => {
    expect(hookWithBlock(existing, OWN)).toEqual({ kind: "damaged" });
  });
});

describe("a block of ours that stands behind code, which could end the hook, is put in front", () => {
  it.each([
    ["an exit", `#!/bin/sh\nexit 0\n${BLOCK}last\n`, `#!/bin/sh\n${BLOCK}exit 0\nlast\n`],
    ["without a shebang", `npm test\n${BLOCK}`, `${BLOCK}npm test\n`],
    ["an older one that is not ended", `#!/bin/sh\na\n${BEGIN}\nold\n${END}`, `#!/bin/sh\n${BLOCK}a\n`],
  ])("%s", (_, existing, expected) => {
    expect(hookWithBlock(existing, OWN)).toEqual({ kind: "updated", text: expected });
    expect(hookWithBlock(expected, OWN)).toEqual({ kind: "present" });
  });
});

describe("a block of ours that stands behind one of Aura's, or in it", () => {
  const aura = '# --- AURA SEMANTIC ENGINE ---\n"aura" capture-context || exit 1\n';
  it.each([
    ["behind", `#!/bin/sh\n${aura}# ---\n${BLOCK}last\n`, `#!/bin/sh\n${BLOCK}${aura}# ---\nlast\n`],
    ["in it, where Aura would take it out", `${aura}${BLOCK}# ---\n`, `${BLOCK}${aura}# ---\n`],
  ])("is put in front: %s", (_, existing, expected) => {
    expect(hookWithBlock(existing, OWN)).toEqual({ kind: "updated", text: expected });
    expect(hookWithBlock(expected, OWN)).toEqual({ kind: "present" });
  });
});

describe("taking our block out", () => {
  it("leaves no file where we wrote all of it, older versions too", () => {
    expect(hookWithoutBlock(OWN)).toEqual({ kind: "removed", text: null });
    expect(hookWithoutBlock(`#!/bin/sh\n${BEGIN}\nolder\n${END}\n`)).toEqual({ kind: "removed", text: null });
  });

  it.each(["", "#!/bin/sh\nnpm test\n"])("finds nothing in %j", (existing) => {
    expect(hookWithoutBlock(existing)).toEqual({ kind: "absent" });
  });

  it.each([
    ["an end is missing", `${BEGIN}\nold\nnpm test\n`],
    ["there are two", `${BLOCK}npm test\n${BLOCK}`],
  ])("touches nothing where %s", (_, existing) => {
    expect(hookWithoutBlock(existing)).toEqual({ kind: "damaged" });
  });
});

describe("whatever a hook holds", () => {
  const hooks = fc
    .tuple(
      fc.constantFrom("", "#!/bin/sh\n", "#!/usr/bin/env bash\r\n"),
      fc.string({ unit: "binary" }).filter((text) => !/^#!|\0|aura-scan/.test(text) && text !== ""),
    )
    .map(([shebang, rest]) => ({ shebang, rest }));

  it("the edit puts our block in and changes nothing else", () => {
    fc.assert(
      fc.property(hooks, ({ shebang, rest }) => {
        expect(edited(shebang + rest)).toBe(shebang + BLOCK + rest);
      }),
    );
  });

  it("taking our block out gives every byte back", () => {
    const anything = fc.tuple(fc.constantFrom("", "#!/bin/sh", "#!/bin/sh\n", "#!/bin/bash -e"), fc.string());
    fc.assert(
      fc.property(
        fc.oneof(
          anything,
          hooks.map(({ shebang, rest }) => [shebang, rest]),
        ),
        ([shebang, rest]) => {
          const edit = hookWithBlock(`${shebang}${rest}`, OWN);
          if ("text" in edit)
            expect(hookWithoutBlock(edit.text)).toEqual({ kind: "removed", text: `${shebang}${rest}` });
        },
      ),
    );
  });

  it("a second edit finds nothing to do", () => {
    fc.assert(
      fc.property(hooks, ({ shebang, rest }) => {
        expect(hookWithBlock(edited(shebang + rest), OWN)).toEqual({ kind: "present" });
      }),
    );
  });
});

describe.each(HOOK_NAMES)("the %s that this package brings", (name) => {
  it("is in place once it is written", () => {
    expect(hookWithBlock(ownHook(name), ownHook(name))).toEqual({ kind: "present" });
  });

  it("is known for ours alone, and no more when a line is added", () => {
    expect(isOnlyOurs(ownHook(name))).toBe(true);
    expect(isOnlyOurs(`${ownHook(name)}npm test\n`)).toBe(false);
  });
});
