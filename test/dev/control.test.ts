import { expect, onTestFinished, test } from "vitest";
import { serveControl } from "../../dev/control.ts";
import { group, localAzure } from "./azure/local-azure.ts";

async function controlled() {
  const local = localAzure();
  const control = await serveControl({
    now: local.now,
    advance: async (seconds) => local.advance(seconds),
    faults: local.azure.faults,
  });
  onTestFinished(() => control.close());
  const ask = async (method: string, path: string, body?: unknown) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(control.url + path, { method, ...sent });
    return [answer.status, await answer.json()] as const;
  };
  return { ...local, ask };
}

test("the clock is told, and moved forwards only", async () => {
  const { ask } = await controlled();
  expect(await ask("GET", "/")).toEqual([200, { now: "2026-11-24T08:00:00.000Z" }]);
  expect(await ask("POST", "/", { seconds: 90 })).toEqual([
    200,
    { now: "2026-11-24T08:01:30.000Z" },
  ]);
  for (const wrong of [{ seconds: -1 }, { seconds: "1" }, {}, null])
    expect(await ask("POST", "/", wrong)).toEqual([
      400,
      { error: "seconds must be a number that is not negative." },
    ]);
});

test("a fault plan is added to, shown, carried out and forgotten", async () => {
  const { ask, call } = await controlled();
  const busy = { times: 2, answer: { status: 503, body: "<html>busy</html>" } };
  expect(await ask("POST", "/faults", [busy])).toEqual([200, [busy]]);
  const read = () => call("GET", group, { version: "2021-04-01" }).status;
  expect(read()).toBe(503);
  expect(await ask("GET", "/faults")).toEqual([200, [{ ...busy, times: 1 }]]);
  expect(await ask("DELETE", "/faults")).toEqual([200, []]);
  expect(read()).toBe(200);
});

test("a wrong plan is refused with the name of its field", async () => {
  const { ask } = await controlled();
  expect(await ask("POST", "/faults", [{ answer: { status: "503" } }])).toEqual([
    400,
    { error: "[0].answer.status must be a whole number from 100 to 599." },
  ]);
  expect((await ask("POST", "/faults"))[0], "no JSON").toBe(400);
});
