import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { encodedForms, githubToken, pemBlock, stripeKey } from "../secrets.js";
import { auraScan, reportOf } from "./aura-scan.js";

const FILE = ".aura/baseline.txt";
const SETTINGS = `[scan]\nbaseline = "${FILE}"\n`;
const TODO = "open -- known, nobody has looked at it yet";

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
});
afterEach(() => repository.remove());

const read = (file = FILE) => readFileSync(path.join(repository.root, file), "utf8");
const entries = (file = FILE) =>
  read(file)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
const run = (...words: readonly string[]) => auraScan(repository.root, words);
const baseline = (...words: readonly string[]) => run("baseline", ...words);
const token = (name: string) => `token = "${githubToken(name)}"\n`;

describe("aura-scan baseline", () => {
  it("lets a tree pass as it is, once what it prints is pasted, and nothing new", async () => {
    repository.write("a.py", token("a"));
    repository.write("my files/b c.py", token("b"));
    expect((await run()).code).toBe(1);
    const made = await baseline();
    expect([made.code, made.err]).toEqual([0, ""]);
    expect(made.out).toContain(`${FILE}: 2 added, 0 kept.`);
    const [pasted = ""] = /^\[scan\]\nbaseline = .+\n/m.exec(made.out) ?? [];
    repository.write(".aura/live.toml", pasted);
    const after = await run();
    expect([after.code, after.out]).toEqual([0, expect.stringContaining("2 findings allowed (2 baseline)")]);
    expect(entries().map((line) => line.slice(33))).toEqual(
      expect.arrayContaining([
        `github-personal-access-token a.py ${TODO}`,
        `github-personal-access-token "my files/b c.py" ${TODO}`,
      ]),
    );
    repository.write("a.py", token("another"));
    expect((await run()).code).toBe(1);
  });

  it("prints a line for a [scan] table that is there already", async () => {
    repository.write(".aura/live.toml", '[scan]\nfail_on = "low"\n');
    repository.write("a.py", token("a"));
    const { out } = await baseline();
    const [line = ""] = /^baseline = .+\n/m.exec(out) ?? [];
    expect(out).not.toContain("[scan]\n");
    repository.write(".aura/live.toml", `[scan]\nfail_on = "low"\n${line}`);
    expect((await run()).code).toBe(0);
  });

  it("writes the same bytes from the same tree, wherever and whenever, sorted, without lines or secrets", async () => {
    const other = await makeRepository();
    try {
      const files = { "a.py": token("a"), "b.py": `\n\n${token("b")}${token("a")}`, "k.txt": pemBlock() };
      for (const [name, text] of Object.entries(files)) repository.write(name, text);
      for (const [name, text] of Object.entries(files).reverse()) other.write(name, text);
      await baseline();
      const once = read();
      await auraScan(other.root, ["baseline"]);
      expect(readFileSync(path.join(other.root, FILE), "utf8")).toBe(once);
      repository.write("b.py", `# moved\n${files["b.py"]}`);
      await baseline();
      expect(read()).toBe(once);
      expect(entries()).toEqual([...entries()].sort());
      expect(entries()).toHaveLength(4);
      for (const secret of [githubToken("a"), githubToken("b"), pemBlock().split("\n")[1] ?? ""])
        for (const form of encodedForms(secret)) expect(once).not.toContain(form);
    } finally {
      other.remove();
    }
  });

  it("is no finding itself", async () => {
    repository.write("a.py", Array.from({ length: 20 }, (_, index) => token(`n${index}`)).join(""));
    await baseline();
    repository.write(".aura/live.toml", SETTINGS);
    const report = await reportOf(repository.root, []);
    expect(report.findings.filter((finding) => finding.path !== "a.py")).toEqual([]);
  });

  it("keeps what people said of entries, drops none, and reads what a merge left", async () => {
    repository.write("a.py", token("a"));
    await baseline();
    const [entry = ""] = entries();
    const judged = entry.replace(TODO, "false-positive -- made up");
    const gone = `${"0f".repeat(16)} r gone.py accepted -- rotated`;
    repository.write(FILE, `# ours\n${judged}\n${entry}\n${gone}\n`);
    repository.write("b.py", token("b"));
    expect((await baseline()).out).toContain(`${FILE}: 1 added, 2 kept.`);
    expect(read()).toMatch(/^# ours\n/);
    expect(entries()).toEqual(
      expect.arrayContaining([judged, gone, expect.stringMatching(/ b\.py open -- /)]),
    );
    expect(entries()).toHaveLength(3);
  });

  it("leaves out what comments and settings allow, and what does not block", async () => {
    repository.write("a.py", token("a"));
    const [one] = (await reportOf(repository.root, [])).findings;
    const comment = `# ${["aura-scan", "allow"].join(":")} ${one?.rule}@${one?.fingerprint} -- fine\n`;
    repository.write("a.py", comment + token("a"));
    repository.write("x/b.py", token("b"));
    repository.write("doc.md", "key AKIAIOSFODNN7EXAMPLE\n");
    repository.write(".aura/live.toml", `[[scan.allow]]\npath = "x/**"\nreason = "tests"\n`);
    expect((await baseline()).out).toBe(`${FILE}: 0 kept.\n`);
    expect(existsSync(path.join(repository.root, FILE))).toBe(false);
    expect((await baseline("--all")).out).toContain(`${FILE}: 1 added, 0 kept.`);
    expect(entries()).toEqual([expect.stringContaining(" doc.md open -- ")]);
  });

  it("writes nothing with --check, and says by its exit code whether it would", async () => {
    repository.write("a.py", token("a"));
    repository.write(".aura/live.toml", SETTINGS);
    expect((await baseline("--check")).code).toBe(1);
    expect(existsSync(path.join(repository.root, FILE))).toBe(false);
    await baseline();
    expect((await baseline("--check")).code).toBe(0);
    repository.write(FILE, read().replaceAll("\n", "\r\n"));
    expect((await baseline("--check")).code).toBe(0);
    repository.write("b.py", token("b"));
    expect((await baseline("--check")).code).toBe(1);
  });

  it("is written where the settings say, folders and all, and behind a link that stays inside", async () => {
    repository.write(".aura/live.toml", '[scan]\nbaseline = "security/deep/known.txt"\n');
    repository.write("a.py", token("a"));
    expect((await baseline()).code).toBe(0);
    expect(entries("security/deep/known.txt")).toHaveLength(1);
    expect((await run()).code).toBe(0);
    expect(statSync(path.join(repository.root, "security/deep/known.txt")).mode & 0o777).toBe(0o644);
  });

  it("is never written outside of the repository", async () => {
    const outside = temporaryFolder();
    mkdirSync(path.join(repository.root, "security"));
    symlinkSync(outside, path.join(repository.root, "security/there"));
    repository.write(".aura/live.toml", '[scan]\nbaseline = "security/there/known.txt"\n');
    repository.write("a.py", token("a"));
    const made = await baseline();
    expect([made.code, made.err]).toEqual([3, expect.stringContaining("leads out of the repository")]);
    expect(existsSync(path.join(outside, "known.txt"))).toBe(false);
  });

  it("is not written where something could not be read, unless that is allowed", async () => {
    repository.write("a.py", token("a"));
    repository.git("update-index", "--add", "--cacheinfo", `100644,${"12".repeat(20)},b.py`);
    repository.write("b.py", "x = 1\n");
    repository.git("update-index", "--force-remove", "b.py");
    repository.write(".aura/live.toml", "[scan.limits]\nseconds = 0.000001\n");
    const made = await baseline();
    expect([made.code, made.err]).toEqual([3, expect.stringContaining("Nothing is written")]);
    expect((await baseline("--allow-incomplete")).code).toBe(0);
  });

  it.each([
    [["prune", "x"], "baseline reads other scanners' files only with: baseline import FILE"],
    [["import"], "baseline import needs a file (.gitleaksignore, .secrets.baseline) or --inline"],
    [["prune", "--all"], "--all is for baseline alone"],
    [["import", "none.txt"], "none.txt cannot be read"],
    [["prnue"], "action must be one of"],
  ])("is wrong usage: %j", async (words, message) => {
    const made = await baseline(...words);
    expect([made.code, made.err]).toEqual([2, expect.stringContaining(message)]);
  });

  it("refuses a baseline that cannot be read, where it stands", async () => {
    repository.write(FILE, "x\n");
    const made = await baseline();
    expect([made.code, made.err]).toEqual([2, expect.stringContaining(`${FILE}:1:1: a baseline line reads`)]);
  });
});

describe("two branches that both add to a baseline", () => {
  it("merge without a conflict, by the line that it prints", async () => {
    repository.write("a.py", token("a"));
    const { out } = await baseline();
    const [line = ""] = /^\S+ merge=union$/m.exec(out) ?? [];
    repository.write(".gitattributes", `${line}\n`);
    repository.write(".aura/live.toml", SETTINGS);
    repository.add(".");
    repository.commit();
    for (const branch of ["one", "two"]) {
      repository.git("switch", "--quiet", "-c", branch, "main");
      repository.write(`${branch}.py`, token(branch));
      await baseline();
      repository.add(".");
      repository.commit();
    }
    repository.git("merge", "--quiet", "--no-edit", "one");
    expect(entries()).toHaveLength(3);
    expect((await run()).code).toBe(0);
    await baseline();
    expect(entries()).toHaveLength(3);
  });
});

describe("aura-scan baseline prune", () => {
  it("drops what matches nothing any more, and nothing else", async () => {
    repository.write("a.py", token("a"));
    repository.write("b.py", token("b"));
    repository.write(".aura/live.toml", SETTINGS);
    await baseline();
    repository.write("b.py", "x = 1\n");
    expect((await run()).out.replace(/\s+/g, " ")).toContain("one entry matches nothing any more");
    expect((await baseline("prune", "--check")).code).toBe(1);
    expect((await baseline("prune")).out).toContain(`${FILE}: 1 dropped, 1 kept.`);
    expect(entries()).toEqual([expect.stringContaining(" a.py ")]);
    expect((await run()).out).not.toContain("matches nothing");
    expect((await baseline("prune", "--check")).code).toBe(0);
  });
});

describe("aura-scan baseline import", () => {
  const sha1 = (secret: string) => createHash("sha1").update(secret).digest("hex");

  it("carries over a .gitleaksignore, by path and line, and says what it could not", async () => {
    repository.write("src/a.py", `x = 1\n${token("a")}`);
    repository.write("b.py", token("b"));
    const ignore = [
      "# known",
      "src/a.py:github-pat:2",
      `${"ab".repeat(20)}:b.py:generic-api-key:1`,
      "b.py:github-pat:7",
      "gone.py:github-pat:1",
      "what is this",
    ];
    repository.write(".gitleaksignore", `${ignore.join("\r\n")}\r\n`);
    const made = await baseline("import", ".gitleaksignore");
    expect([made.code, made.err]).toEqual([0, ""]);
    expect(made.out.split("\n").slice(0, 4)).toEqual([
      ".gitleaksignore:6: not carried over, for it is not path:rule:line, with or without a commit before it.",
      ".gitleaksignore:4: not carried over, for nothing is found on line 7 of b.py; the file may have changed since.",
      ".gitleaksignore:5: not carried over, for nothing is found in gone.py, so nothing is to be allowed there.",
      `${FILE}: 2 added, 0 kept.`,
    ]);
    const reasons = entries().map((line) => line.slice(33));
    expect(reasons).toEqual(
      expect.arrayContaining([
        "github-personal-access-token src/a.py accepted -- from .gitleaksignore (github-pat)",
        "github-personal-access-token b.py accepted -- from .gitleaksignore (generic-api-key)",
      ]),
    );
    repository.write(".aura/live.toml", SETTINGS);
    expect((await run()).code).toBe(0);
    repository.write("b.py", token("another"));
    expect((await run()).code, "another secret on the same line").toBe(1);
  });

  it("carries over a .secrets.baseline, by the hash of the secret", async () => {
    repository.write("src/a.py", `x = 1\n${token("a")}`);
    repository.write("b.py", token("b"));
    repository.write("c.py", token("c"));
    repository.write("k.pem", `x\n${pemBlock()}\n`);
    const entry = (hash: string, line: number, more: object) => ({
      hashed_secret: hash,
      line_number: line,
      ...more,
    });
    const results = {
      "src\\a.py": [entry(sha1(githubToken("a")), 99, { type: "GitHub Token", is_secret: false })],
      "b.py": [entry(sha1(githubToken("b")), 1, { type: "Secret Keyword", is_secret: true })],
      "c.py": [entry(sha1("another"), 1, { type: "Secret Keyword" }), { type: "x" }],
      "k.pem": [entry(sha1("BEGIN RSA PRIVATE KEY"), 2, { type: "Private Key" })],
    };
    repository.write(".secrets.baseline", JSON.stringify({ version: "1.5.0", results }));
    const made = await baseline("import", ".secrets.baseline");
    expect([made.code, made.err]).toEqual([0, ""]);
    expect(made.out.split("\n").slice(0, 3)).toEqual([
      ".secrets.baseline: entry 2 of c.py: not carried over, for it has no hashed_secret, the SHA-1 of the secret.",
      ".secrets.baseline: entry 1 of c.py: not carried over, for no secret that is found in c.py is the one that it means.",
      `${FILE}: 3 added, 0 kept.`,
    ]);
    const said = entries().map((line) => line.replace(/^\S+ \S+ /, ""));
    expect(said).toEqual(
      expect.arrayContaining([
        "src/a.py false-positive -- from .secrets.baseline (GitHub Token)",
        "b.py open -- from .secrets.baseline (Secret Keyword)",
        "k.pem open -- from .secrets.baseline (Private Key)",
      ]),
    );
    for (const secret of [githubToken("a"), githubToken("b")]) expect(read()).not.toContain(sha1(secret));
  });

  it("carries over gitleaks:allow comments, and reads several sources at once", async () => {
    repository.write("a.py", `${token("a").trim()}  # gitleaks:allow\n${token("b")}`);
    repository.write("b.py", token("c"));
    repository.write("k.yml", pemBlock().replace("\n", " # gitleaks:allow\n"));
    repository.write(".gitleaksignore", "b.py:github-pat:1\n");
    const made = await baseline("import", "--inline", ".gitleaksignore");
    expect([made.code, made.err]).toEqual([0, ""]);
    const said = entries().map((line) => line.replace(/^\S+ \S+ /, ""));
    expect(said).toContain("a.py accepted -- from a gitleaks:allow comment");
    expect(said).toContain("b.py accepted -- from .gitleaksignore (github-pat)");
    expect(said.filter((line) => line.startsWith("a.py"))).toHaveLength(1);
  });

  it("refuses a file that is neither", async () => {
    repository.write("x.txt", `hello\n${stripeKey()}\n`);
    const made = await baseline("import", "x.txt");
    expect(made.code).toBe(2);
    expect(made.err).toContain("x.txt is neither a .gitleaksignore nor a .secrets.baseline");
    expect(made.err).not.toContain(stripeKey());
  });
});
