import { expect, test } from "vitest";
import { accountId, account as accountOf } from "../support/estates.ts";
import { createLaptop } from "../support/laptop.ts";
import { access, open } from "../support/scenes.ts";
import { trail } from "../support/truth.ts";

/** The account is open and its repair was sent; what is read from then on is the test's. */
async function sent() {
  const laptop = createLaptop({ estate: [accountOf()] });
  await laptop.remembered(accountId);
  open(laptop);
  for (let n = 0; n < 100 && laptop.writes().length === 0; n++) await laptop.run(1);
  expect(laptop.writes()).toHaveLength(1);
  return laptop;
}

const gone = { status: 404, body: "" };

test("a resource that vanishes for one look while it is repaired is not gone", async () => {
  const laptop = await sent();
  laptop.azure.faults.add({ method: "GET", times: 1, answer: gone });
  await laptop.run(3600);
  expect(await access(laptop)).toBe("Disabled");
  expect(trail(await laptop.records(accountId))).toBe("intended 0, applied 0, verified 0");
});

test("gone on two looks, half a minute apart, while it is repaired: failed, and forgotten", async () => {
  const laptop = await sent();
  laptop.azure.faults.add({ method: "GET", answer: gone });
  await laptop.run(3600);
  expect(trail(await laptop.records(accountId))).toBe("intended 0, applied 0, failed 0");
  expect(await laptop.recall(accountId)).toBeUndefined();
});

test("each doubt has a second look of its own", async () => {
  const laptop = await sent();
  laptop.azure.faults.add({ method: "GET", times: 1, answer: gone });
  await laptop.run(20);
  const busy = { ...accountOf({ publicNetworkAccess: "Enabled", provisioningState: "Succeeded" }) };
  laptop.advance(40);
  laptop.azure.settle();
  laptop.azure.faults.add({ method: "GET", times: 1, answer: { status: 200, body: busy } });
  await laptop.run(3600);
  expect(await access(laptop)).toBe("Disabled");
  expect(trail(await laptop.records(accountId))).toBe("intended 0, applied 0, verified 0");
});
