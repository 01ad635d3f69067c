import { expect, test } from "vitest";
import { AirlockError } from "../../src/model/airlock-error.ts";
import { account, accountId } from "../support/estates.ts";
import { createLaptop } from "../support/laptop.ts";
import { memoryTables } from "../support/memory-tables.ts";
import { access, open } from "../support/scenes.ts";
import { expectTruth, trail } from "../support/truth.ts";

test("a repair leaves intended, applied, verified, each chained to the one before", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  await laptop.run(3600);
  const records = await laptop.records(accountId);
  expect(trail(records)).toBe("intended 0, applied 0, verified 0");
  expectTruth(records, laptop.writes(), 0);
});

test("the record says what was wrong, what stood there, what was sent, and who was seen", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.remembered(accountId);
  open(laptop);
  await laptop.run(3600);
  const [intended, , verified] = (await laptop.records(accountId)).map((it) => it.entry);
  expect(intended).toMatchObject({
    because: "Public network access is Enabled.",
    before: { properties: { publicNetworkAccess: "Enabled" } },
    request: { method: "PATCH", body: { properties: { publicNetworkAccess: "Disabled" } } },
    seen: [{ claimedBy: "developer@contoso.example" }],
  });
  expect(verified).toMatchObject({ after: { properties: { publicNetworkAccess: "Disabled" } } });
});

test.for(["journal", "gates", "estate"] as const)(
  "%s that cannot be written: no act",
  async (name) => {
    const tables = memoryTables();
    let isBroken = false;
    const broken = new Proxy(tables(name), {
      get(target, method) {
        if (isBroken)
          return async () => Promise.reject(new AirlockError("retry", "Storage is down."));
        return Reflect.get(target, method);
      },
    });
    const laptop = createLaptop({
      estate: [account()],
      tables: (it) => (it === name ? broken : tables(it)),
    });
    await laptop.remembered(accountId);
    open(laptop);
    isBroken = true;
    await laptop.run(600);
    expect(laptop.writes()).toEqual([]);
    isBroken = false;
    await laptop.run(4 * 3600);
    expect(await access(laptop)).toBe("Disabled");
  },
);
