import { describe, expect, it } from "vitest";
import { turns } from "../../../src/gate/service/turns.js";

describe("turns", () => {
  it("are taken by each client, however much another one wants", async () => {
    const { take } = turns();
    const order: string[] = [];
    const busy = {};
    const many = Array.from({ length: 100 }, (_, at) => take(busy, () => order.push(`busy ${at}`)));
    await Promise.all([...many, take({}, () => order.push("one")), take({}, () => order.push("other"))]);
    expect(order.indexOf("one")).toBeLessThan(3);
    expect(order.indexOf("other")).toBeLessThan(4);
    expect(order.filter((who) => who.startsWith("busy"))).toEqual(many.map((_, at) => `busy ${at}`));
  });

  it("give the event loop a turn of its own", async () => {
    // By this clock each piece takes a millisecond.
    let now = 0;
    const { take } = turns(() => now);
    let loops = 0;
    let going = true;
    const count = (): void => {
      loops++;
      if (going) setImmediate(count);
    };
    setImmediate(count);
    await Promise.all(Array.from({ length: 200 }, () => take({}, () => now++)));
    going = false;
    expect(loops).toBeGreaterThan(50);
  });

  it("hand on what the work throws", async () => {
    const broken = turns().take({}, () => {
      throw new RangeError("no");
    });
    await expect(broken).rejects.toThrow(RangeError);
  });
});
