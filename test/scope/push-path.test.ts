import { posix, win32 } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPushPath } from "../../src/scope/scope.js";

describe("a path that may be pushed", () => {
  it.each([
    ["src/a.rs", "src/a.rs"],
    ["a", "a"],
    [".env", ".env"],
    [".github/x", ".github/x"],
    [".gitignore", ".gitignore"],
    ["x.git/a", "x.git/a"],
    ["a b/é/😀", "a b/é/😀"],
    ["..a/b..", "..a/b.."],
    ["a~/b", "a~/b"],
    // One file has one spelling.
    ["./src/a.rs", "src/a.rs"],
    ["src/./a.rs", "src/a.rs"],
    ["src//a.rs", "src/a.rs"],
  ])("%s is %s", (path, spelling) => {
    expect(checkPushPath(path)).toEqual({ ok: true, path: spelling });
  });

  it.each([
    ["", "the path is empty"],
    ["/etc/passwd", "leave the first slash out"],
    ["//server/share", "leave the first slash out"],
    ["\\\\server\\share", "leave the first slash out"],
    ["\\a", "leave the first slash out"],
    ["C:\\a", "leave the drive out"],
    ["c:a", "leave the drive out"],
    ["C:/a", "leave the drive out"],
    ["./C:/a", "leave the drive out"],
    ["./~/a", 'a path that begins with "~" may mean a home folder'],
    ["..", 'a ".." part leaves the repository'],
    ["../a", 'a ".." part leaves the repository'],
    ["a/../b", 'a ".." part leaves the repository'],
    ["a/..", 'a ".." part leaves the repository'],
    ["a\\..\\b", 'a ".." part leaves the repository'],
    ["a/.. /b", 'a ".." part leaves the repository'],
    ["a/. ./b", 'a ".." part leaves the repository'],
    ["a/.../b", 'a ".." part leaves the repository'],
    ["a\\b", "use forward slashes"],
    ["a\0b", "the path holds a NUL"],
    ["~", 'a path that begins with "~" may mean a home folder'],
    ["~/a", 'a path that begins with "~" may mean a home folder'],
    ["~root/a", 'a path that begins with "~" may mean a home folder'],
    ["a/", "the path names a folder, not a file"],
    [".", "the path names a folder, not a file"],
    ["./", "the path names a folder, not a file"],
    ["a/.", "the path names a folder, not a file"],
    [".git/config", "git's own folder is not part of what it keeps"],
    ["a/.git", "git's own folder is not part of what it keeps"],
    [".GIT/config", "git's own folder is not part of what it keeps"],
    [".git./config", "git's own folder is not part of what it keeps"],
    [".git /config", "git's own folder is not part of what it keeps"],
    [".git::$INDEX_ALLOCATION/config", "git's own folder is not part of what it keeps"],
    ["GIT~1/config", "git's own folder is not part of what it keeps"],
    [".g\u200cit/config", "git's own folder is not part of what it keeps"],
  ])("is not %j: %s", (path, reason) => {
    expect(checkPushPath(path)).toEqual({ ok: false, reason });
  });

  it("never leads out of the root, on any system", () => {
    const noise = fc.array(
      fc.constantFrom(".", "..", "/", "\\", "a", " ", ":", "C", "~", "\0", ".git", "é"),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(noise, (parts) => {
        const answer = checkPushPath(parts.join(""));
        if (!answer.ok) return;
        expect(posix.resolve("/root/repo", answer.path)).toMatch(/^\/root\/repo\/./);
        expect(win32.resolve("D:\\root\\repo", answer.path)).toMatch(/^D:\\root\\repo\\./);
        expect(checkPushPath(answer.path)).toEqual(answer);
      }),
      { numRuns: 3000 },
    );
  });
});
