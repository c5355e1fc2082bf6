import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Report } from "../../src/report/report.js";
import { found, makeState, passedOver, type State, secret } from "./state.js";

/** Programs that a repository names never run in any mode: test/sources/hostile.test.ts holds that. */
describe("attributes", () => {
  let state: State;
  beforeEach(async () => {
    state = await makeState();
    state.commitFiles({ "readme.txt": "A repository.\n" });
  });
  afterEach(() => state.remove());

  /** The reports of the working tree, of what is staged, of the commit and of the history. */
  async function everywhere(
    files: Readonly<Record<string, string | Uint8Array>>,
  ): Promise<readonly Report[]> {
    state.stage(files);
    const before = [await state.scan(), await state.scan("--staged")];
    state.commit();
    return [...before, await state.scan("--range", "HEAD"), await state.scan("--all")];
  }
  const fingerprints = ({ findings }: Report) => findings.map(({ fingerprint }) => fingerprint);

  const HIDING = [
    "* -diff",
    "* binary",
    "*.py -text",
    "*.py export-ignore",
    "*.py linguist-generated",
    "*.py diff=python",
    "*.py quiet",
    "*.py ident",
    "*.py whitespace=-trailing-space",
  ];

  it("hide nothing, whatever they say", async () => {
    const files: Record<string, string> = { ".gitattributes": "[attr]quiet -diff -merge -text\n" };
    for (const [index, attributes] of HIDING.entries()) {
      files[`${index}/.gitattributes`] = `${attributes}\n`;
      files[`${index}/pay.py`] = `# $Id$\n${secret()}`;
    }
    for (const report of await everywhere(files))
      expect(found(report), report.mode).toEqual(HIDING.map((_, index) => `${index}/pay.py:2`));
  });

  it("hide nothing from .git/info/attributes either", async () => {
    state.write(".git/info/attributes", "* -diff\n");
    for (const report of await everywhere({ "pay.py": secret() }))
      expect(found(report), report.mode).toEqual(["pay.py:1"]);
  });

  it.each([
    ["core.autocrlf=true", [["core.autocrlf", "true"]], ""],
    ["core.autocrlf=input", [["core.autocrlf", "input"]], ""],
    ["core.eol=crlf", [["core.eol", "crlf"]], "* text=auto\n"],
    ["eol=crlf", [], "*.py text eol=crlf\n"],
    ["core.safecrlf=false", [["core.safecrlf", "false"]], "* text\n"],
  ])("of line ends change no place and no fingerprint: %s", async (_what, settings, attributes) => {
    for (const [name = "", value = ""] of settings) state.git("config", name, value);
    const text = `first = 1\n${secret()}last = 2\n`;
    const files = { ".gitattributes": attributes, "pay.py": text.replaceAll("\n", "\r\n") };
    const reports = await everywhere(files);
    for (const report of reports) expect(found(report), report.mode).toEqual(["pay.py:2"]);
    expect(new Set(reports.flatMap(fingerprints)).size).toBe(1);
  });

  it.each([
    ["UTF-16LE-BOM", Buffer.from(`\ufeff${secret()}`, "utf16le")],
    ["UTF-16", Buffer.from(`\ufeff${secret()}`, "utf16le").swap16()],
    ["ISO-8859-1", Buffer.from(`# Gr\u00fc\u00dfe\n${secret()}`, "latin1")],
  ])("of an encoding in the working tree change no fingerprint: %s", async (encoding, bytes) => {
    const files = { ".gitattributes": `*.py working-tree-encoding=${encoding}\n`, "pay.py": bytes };
    const reports = await everywhere(files);
    expect(state.git("cat-file", "blob", "HEAD:pay.py")).toContain("key =");
    for (const report of reports)
      expect(
        report.findings.map(({ path }) => path),
        report.mode,
      ).toEqual(["pay.py"]);
    const [tree, ...others] = reports.map(fingerprints);
    for (const other of others) expect(other).toEqual(others[0]);
    if (encoding.startsWith("UTF")) expect(tree).toEqual(others[0]);
  });

  it("of a filter that nobody set up, or that is required and fails, do not stand in the way of reading", async () => {
    const note = join(state.root, ".git", "ran");
    state.commitFiles({ "pay.py": secret() });
    state.write(".gitattributes", "*.py filter=missing\n*.txt filter=fails diff=fails\n");
    state.add(".gitattributes");
    state.git("config", "filter.fails.clean", `touch '${note}'; false`);
    state.git("config", "filter.fails.required", "true");
    state.git("config", "diff.fails.textconv", `touch '${note}'; false`);
    state.write("more.txt", secret("b"));
    for (const words of [[], ["--range", "HEAD"], ["--all"]])
      expect(found(await state.scan(...words)), words.join()).toContain("pay.py:1");
    expect(await state.scan("--staged")).toMatchObject({ verdict: "allow", scanned: { files: 1 } });
    expect(existsSync(note)).toBe(false);
  });

  describe("of Git LFS", () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"4d7a".repeat(16)}\nsize 12345\n`;
    const LFS = "Git LFS pointer: the content is not in git";

    it("leave a pointer in git, which is named as what it is", async () => {
      const files = { ".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n", "big.bin": pointer };
      for (const report of await everywhere(files)) {
        expect(passedOver(report), report.mode).toEqual([`big.bin: ${LFS}`]);
        expect(report.verdict).toBe("allow");
      }
    });

    it("are not needed for that, and a lone pointer is never told as a content that was read", async () => {
      state.stage({ "big.bin": pointer });
      expect((await state.scan("--staged")).reasons).toEqual([
        "Nothing was read: all there was is of a kind that is skipped",
      ]);
    });

    it("are believed of nothing that holds anything else", async () => {
      const [version = "", oid = "", size = ""] = pointer.split("\n");
      state.stage({
        "behind.bin": `${pointer}${secret("behind")}`,
        "between.bin": `${version}\n${secret("between")}${oid}\n${size}\n`,
        "before.bin": `${secret("before")}${pointer}`,
        "size.bin": `${version}\n${oid}\nsize ${secret("size")}`,
      });
      const places = ["before.bin:1", "behind.bin:4", "between.bin:2", "size.bin:3"];
      expect(found(await state.scan("--staged"))).toEqual(places);
      expect(found(await state.scan())).toEqual(places);
    });
  });
});
