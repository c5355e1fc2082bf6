import { describe, expect, it } from "vitest";
import { isSamePlace } from "../../src/sources/push-target.js";

describe("two URLs of a remote", () => {
  it.each([
    ["https://github.com/a/b.git", "git@github.com:a/b.git"],
    ["https://github.com/a/b", "ssh://git@GitHub.com/a/b.git/"],
    ["https://user:word@host.example/a/b", "https://host.example/a/b"],
    ["host.example:a/b", "git@host.example:/a/b.git"],
    ["../x.git", "/root/x"],
    ["file:///srv/x.git", "/srv/x"],
  ])("%s and %s name one place", (one, other) => {
    expect(isSamePlace(one, other, "/root/r")).toBe(true);
  });

  it.each([
    ["https://github.com/a/b.git", "git@github.com:c/b.git"],
    ["https://github.com/a/b.git", "https://gitlab.com/a/b.git"],
    ["https://host.example/a", "https://host.example:8443/a"],
    ["/srv/x.git", "/srv/y.git"],
    ["../x.git", "x.git"],
    ["./host:b", "host:b"],
  ])("%s and %s do not", (one, other) => expect(isSamePlace(one, other, "/root")).toBe(false));
});
