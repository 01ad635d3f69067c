import { expect, test } from "vitest";
import { account, accountId, reachable } from "../support/estates.ts";
import { createLaptop } from "../support/laptop.ts";
import { access, open } from "../support/scenes.ts";

const methods = (laptop: ReturnType<typeof createLaptop>) =>
  laptop.arm.exchanges.map((it) => it.method).join(" ");

test("one GET judges a compliant account", async () => {
  const laptop = createLaptop({ estate: [account()] });
  await laptop.look(accountId);
  await laptop.run(3600);
  expect(methods(laptop)).toBe("GET");
});

test("three calls repair drift where ARM answers at once, and one looks at our own event", async () => {
  const laptop = createLaptop({ estate: [account()], delays: "none" });
  await laptop.remembered(accountId);
  open(laptop);
  await laptop.run(3600);
  expect(await access(laptop)).toBe("Disabled");
  expect(methods(laptop)).toBe("GET PATCH GET GET");
});

const seeds = Array.from({ length: 20 }, (_, n) => ({ seed: n + 1 }));
/** After 5, 15, 35 and 65 s: the third finds it done where Azure took no longer than that. */
test.each(seeds)(
  "an account's recorded 31–43 s cost three or four looks more: $seed",
  async ({ seed }) => {
    const laptop = createLaptop({ estate: [account()], seed });
    await laptop.remembered(accountId);
    open(laptop);
    await laptop.run(3600);
    expect(methods(laptop)).toMatch(/^GET PATCH GET GET( GET){3,4}$/);
  },
);

test("six calls close for the first time: endpoint, zone groups and one zone's links besides", async () => {
  const laptop = createLaptop({
    estate: [account({ publicNetworkAccess: "Enabled" }), ...reachable()],
    delays: "none",
    settings: { enforcement: "full" },
  });
  await laptop.look(accountId);
  await laptop.run(5);
  const paths = laptop.arm.exchanges.map(
    ({ method, url }) => `${method} ${url.split("?")[0]?.split("/").at(-1)}`,
  );
  expect(paths.sort()).toEqual(
    [
      "GET openai-prod",
      "GET openai-prod-pe",
      "GET privateDnsZoneGroups",
      "GET virtualNetworkLinks",
      "PATCH openai-prod",
      "GET openai-prod",
    ].sort(),
  );
});
