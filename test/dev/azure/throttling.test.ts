import { describe, expect, test } from "vitest";
import { app, group, localAzure, person, subscription } from "./local-azure.ts";

const version = { version: "2021-04-01" };
const prefix = "x-ms-ratelimit-remaining-subscription";

/** Of the two sizes that subscriptions have, the one with this many reads for all callers. */
function azureWith(globalReads: number, options: Parameters<typeof localAzure>[0] = {}) {
  for (let seed = 1; ; seed++) {
    const local = localAzure({ seed, ...options });
    const { headers } = local.call("GET", group, version);
    if (headers[`${prefix}-global-reads`] === String(globalReads - 1)) return drained(local);
  }
}

function drained(local: ReturnType<typeof localAzure>) {
  local.advance(60);
  const read = (as = person) => local.call("GET", group, { ...version, as });
  const write = (as = person) =>
    local.call("PUT", group, { ...version, as, body: { location: "westeurope" } });
  const times = (count: number, ask: () => { status: number }) =>
    Array.from({ length: count }, () => ask().status);
  return { ...local, read, write, times };
}

describe("ARM's buckets", () => {
  test.each([
    [3750, 200, 3000],
    [16_500, 800, 12_000],
  ])("%i reads for all, %i writes for one, by subscription", (reads, writes, all) => {
    const { read, write, call } = azureWith(reads);
    expect(read().headers, "manners 1.7: reads show the global count only").toMatchObject({
      [`${prefix}-global-reads`]: String(reads - 1),
    });
    expect(read().headers).not.toHaveProperty(`${prefix}-reads`);
    expect(write().headers, "manners 1.7").toMatchObject({
      [`${prefix}-writes`]: String(writes - 1),
      [`${prefix}-global-writes`]: String(all - 1),
    });
    const gone = call("DELETE", `${group}x`, version);
    expect(gone.headers, "manners 1.7: refused or not").toMatchObject({
      [`${prefix}-deletes`]: String(writes - 1),
      [`${prefix}-global-deletes`]: String(all - 1),
    });
  });

  test("a POST counts as a write", () => {
    const { write, call } = azureWith(3750);
    const id = `${group}/providers/Microsoft.Search/searchServices/none/listAdminKeys`;
    expect(call("POST", id, { version: "2025-05-01" }).headers[`${prefix}-writes`]).toBe("199");
    expect(write().headers[`${prefix}-writes`], "manners 1.7: listKeys").toBe("198");
  });

  test("an empty bucket: 429 with the public words, and again for who comes back early", () => {
    const { read, times, advance } = azureWith(3750);
    expect(new Set(times(250, read)), "arm 5: 250 reads").toEqual(new Set([200]));
    const answer = read();
    expect(answer.status).toBe(429);
    expect(answer.headers, "manners 1.7: the gateway marks its own").toMatchObject({
      "retry-after": "10",
      "x-ms-failure-cause": "gateway",
    });
    expect(answer.body, "manners 1.9: public text").toEqual({
      error: {
        code: "SubscriptionRequestsThrottled",
        message: `Number of 'read' requests for subscription '${subscription.split("/").at(-1)}' actor '${person.objectId}' exceeded. Please try again after '10' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`,
      },
    });
    advance(9);
    expect(read().status, "arm 5: not heard before its time").toBe(429);
    advance(9);
    expect(read().status, "arm 5: and it waits anew").toBe(429);
    advance(10);
    expect(read().status).toBe(200);
  });

  test("they refill on the clock; each caller and each kind of call has its own", () => {
    const { azure, read, write, times, advance } = azureWith(3750);
    azure.grant(app, "Reader", subscription);
    times(250, read);
    expect(read(app).status, "arm 5: per caller").toBe(200);
    expect(write().status, "arm 5: per operation type").toBe(200);
    advance(2);
    const [heard, refused] = [times(50, read), read().status];
    expect([...new Set(heard), refused], "arm 5: 25 a second").toEqual([200, 429]);
  });

  test("all callers of a subscription share fifteen times as much", () => {
    const { azure, times, read } = azureWith(3750);
    const callers = Array.from({ length: 16 }, (_, n) => ({
      ...app,
      objectId: `00000000-0000-4000-8000-0000000000${n + 10}`,
    }));
    for (const it of callers) {
      azure.principals.register(it);
      azure.grant(it, "Reader", subscription);
    }
    const heard = callers.slice(0, 15).map((it) => new Set(times(250, () => read(it))));
    expect(heard.every((it) => it.size === 1 && it.has(200))).toBe(true);
    expect(read(callers[15]).status, "manners 1.7: 3,750 is 15 x 250").toBe(429);
  });

  test("what stands above subscriptions counts for the tenant", () => {
    const { call } = azureWith(3750);
    const seen = call("GET", "/tenants", version).headers;
    expect(["249", "2199"], "arm 5 and manners 1.7: either size").toContain(
      seen["x-ms-ratelimit-remaining-tenant-reads"],
    );
    expect(seen).not.toHaveProperty(`${prefix}-global-reads`);
  });

  test("none: always full, and shown so", () => {
    const { read, times } = azureWith(3750, { throttling: "none" });
    expect(new Set(times(300, read))).toEqual(new Set([200]));
    expect(read().headers[`${prefix}-global-reads`]).toBe("3749");
  });
});

describe("what providers count by themselves", () => {
  const graph = "/providers/Microsoft.ResourceGraph/resources";
  const query = { version: "2022-10-01", body: { query: "resources | project id" } };

  test("Resource Graph: 15 queries in 5 seconds, and what is left of them", () => {
    const { call, advance } = localAzure();
    const ask = () => call("POST", graph, query);
    expect(ask().headers, "manners 1.7: recorded").toMatchObject({
      "x-ms-user-quota-remaining": "14",
      "x-ms-user-quota-resets-after": "00:00:05",
      "x-ms-ratelimit-remaining-tenant-resource-requests": "14",
    });
    advance(2);
    const rest = Array.from({ length: 14 }, ask);
    expect(rest.map((it) => it.status)).toEqual(Array.from({ length: 14 }, () => 200));
    expect(rest.at(-1)?.headers).toMatchObject({
      "x-ms-user-quota-remaining": "0",
      "x-ms-user-quota-resets-after": "00:00:03",
    });
    const over = ask();
    expect([over.status, over.headers["retry-after"]], "manners 1.9: captured").toEqual([429, "2"]);
    expect(over.body, "manners 1.9: captured").toMatchObject({
      error: {
        code: "RateLimiting",
        message: expect.stringContaining("correlationId = "),
        details: [{ code: "RateLimiting" }],
      },
    });
    advance(3);
    expect(ask().status).toBe(200);
  });

  test("its quota is of the caller, whoever else asks", () => {
    const { azure, call } = localAzure();
    azure.grant(app, "Reader", subscription);
    for (let n = 0; n < 15; n++) call("POST", graph, query);
    expect(call("POST", graph, { ...query, as: app }).status, "arm 5: per principal").toBe(200);
    expect(call("POST", graph, query).status).toBe(429);
  });

  test("Private DNS: 500 GETs for each kind of thing, in place of ARM's counters", () => {
    const { call, send, advance } = azureOfDns();
    const zone = `${group}/providers/Microsoft.Network/privateDnsZones/a.example`;
    const dns = { version: "2024-06-01" };
    const made = call("PUT", zone, { ...dns, body: { location: "global" } });
    expect(made.headers, "1c: 12,000 writes").toMatchObject({ [counter]: "11999" });
    const poll = () => send("GET", made.headers["azure-asyncoperation"] ?? "");
    expect(poll().headers[counter], "1c: polls").toBe("499");
    advance(60);
    poll();
    expect(call("GET", zone, dns).headers[counter], "1c: zones apart from polls").toBe("499");
    const links = call("GET", `${zone}/virtualNetworkLinks`, dns);
    expect(links.headers, "1c: lists count what they show").toMatchObject({
      [counter]: "499",
      [`${prefix}-resource-entities-read`]: "60000",
    });
    expect(links.headers, "manners 1.7: 3,871 of 3,871").not.toHaveProperty(
      `${prefix}-global-reads`,
    );
    const seen = Array.from({ length: 500 }, () => call("GET", zone, dns));
    expect(seen.filter((it) => it.status === 200)).toHaveLength(499);
    expect([seen.at(-1)?.status, seen.at(-1)?.headers["retry-after"]]).toEqual([429, "10"]);
    expect(call("GET", `${zone}/SOA/@`, dns).status, "1c: records apart").toBe(200);
  });

  test("Private DNS: a 404 of ARM itself shows ARM's counters", () => {
    const { call } = azureOfDns();
    const none = `${group}/providers/Microsoft.Network/privateDnsZones/none.example`;
    const { headers } = call("GET", none, { version: "2024-06-01" });
    expect(headers["x-ms-failure-cause"]).toBe("gateway");
    expect(headers).toHaveProperty(`${prefix}-global-reads`);
  });

  const counter = `${prefix}-resource-requests`;
  /** With the larger of ARM's buckets: the quota of the provider is what ends first. */
  const azureOfDns = () => azureWith(16_500);
});
