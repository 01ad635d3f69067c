import { expect, test } from "vitest";
import { group, localAzure } from "./local-azure.ts";

type Came = { id: string; seconds: number };

function eventsOf(options: Parameters<typeof localAzure>[0], count: number): Came[] {
  const came: Came[] = [];
  const { call } = localAzure({
    ...options,
    publish: ({ id }, seconds) => void came.push({ id, seconds }),
  });
  for (let n = 0; n < count; n++)
    call("PUT", group, { version: "2021-04-01", body: { location: "westeurope" } });
  return came;
}

const ids = (came: readonly Came[]) => new Set(came.map((it) => it.id));

test("calm: every event once, within seconds", () => {
  const came = eventsOf({}, 100);
  expect([came.length, ids(came).size]).toEqual([100, 100]);
  expect(Math.max(...came.map((it) => it.seconds)), "arm 4: mostly soon").toBeLessThanOrEqual(20);
});

test("rough: none is lost, some come twice under the same id, late and out of order", () => {
  const came = eventsOf({ events: "rough" }, 100);
  expect(ids(came).size, "arm 4: at least once").toBe(100);
  expect(came.length, "arm 4: duplicates").toBeGreaterThan(110);
  const late = came.filter((it) => it.seconds > 300);
  expect(late.length, "arm 4: ten minutes were seen").toBeGreaterThan(5);
  expect(late.length).toBeLessThan(50);
});

test("the same seed, the same weather; another, another", () => {
  const of = (seed: number) => eventsOf({ events: "rough", seed }, 20).map((it) => it.seconds);
  expect(of(5)).toEqual(of(5));
  expect(of(5)).not.toEqual(of(6));
});

test("without delays they still come twice, at once", () => {
  const came = eventsOf({ events: "rough", delays: "none" }, 100);
  expect(came.length).toBeGreaterThan(ids(came).size);
  expect(new Set(came.map((it) => it.seconds))).toEqual(new Set([0]));
});
