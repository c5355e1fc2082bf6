import { describe, expect, it } from "vitest";
import { isPlaceholder } from "../../src/values/placeholder.js";

describe("passwords of documentation stand for one", () => {
  it.each(["password", "changeme", "your-api-key", "tiger", "guest", "Pa55word!", "pa55w0rd", "P@ssw0rd1"])(
    "%s",
    (value) => expect(isPlaceholder(value)).toBe(true),
  );

  it.each(["tigerlily7", "Pa55ionfruit!", "guesthouse42"])("but not %s", (value) =>
    expect(isPlaceholder(value)).toBe(false),
  );
});
