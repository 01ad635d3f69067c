import { describe, expect, test } from "vitest";
import { account, estate, withEstate } from "./graph-estate.ts";
import { group } from "./local-azure.ts";

const names = "resources | where type =~ 'microsoft.cognitiveservices/accounts' | project name, id";
const tagged = `resources | where name == 'shut' | project tag = tags.n`;
const day = 24 * 3600;

/** Tags alone are written at once, so that every wait is the graph's. */
function lagging(seed: number) {
  const unlocked = estate.filter((it) => !it.id.includes("/locks/"));
  const local = withEstate(unlocked, { seed });
  const tag = (n: string) =>
    local.call("PATCH", `${account}/shut`, { body: { tags: { n } } }).status;
  const shown = (): unknown => local.ask(tagged).body["data"]?.[0]?.["tag"];
  /** Seconds until it is seen, within so many. */
  const secondsUntil = (isSeen: () => boolean, most: number): number => {
    let seconds = 0;
    while (!isSeen() && seconds < most) {
      local.advance(1);
      seconds += 1;
    }
    return seconds;
  };
  return { ...local, tag, shown, secondsUntil };
}

const seeds = Array.from({ length: 60 }, (_, at) => at + 1);

describe("the graph lags behind ARM", () => {
  test("most changes are there within half a minute, some are not, none at once", () => {
    const waits = seeds.map((seed) => {
      const { tag, shown, secondsUntil } = lagging(seed);
      expect(tag("new")).toBe(200);
      return secondsUntil(() => shown() === "new", 60);
    });
    expect(Math.min(...waits), "public: azure-dev 540").toBeGreaterThan(0);
    const quick = waits.filter((it) => it <= 30).length;
    expect(quick, "public: 95 %").toBeGreaterThan(50);
    expect(quick, "azure-docs 19879: no promise").toBeLessThan(seeds.length);
  });

  test("by the seed: the same changes are seen at the same time", () => {
    const wait = () => {
      const { tag, shown, secondsUntil } = lagging(3);
      tag("new");
      return secondsUntil(() => shown() === "new", day);
    };
    expect(wait()).toBe(wait());
  });

  test("a row goes forward only, and ends where ARM is", () => {
    for (const seed of seeds.slice(0, 10)) {
      const { tag, shown, advance } = lagging(seed);
      const seen: unknown[] = [];
      for (const n of ["1", "2", "3", "4"]) {
        tag(n);
        for (let i = 0; i < 4; i++) {
          advance(3);
          seen.push(shown() ?? "0");
        }
      }
      expect(seen).toEqual(seen.toSorted());
      advance(2 * day);
      expect(shown()).toBe("4");
    }
  });

  test("what is deleted lingers, what is new is late, and ARM knows better", () => {
    const { ask, call, advance } = lagging(1);
    const shut = `${account}/shut`;
    const made = `${account}/made`;
    const count = (query: string) => ask(query).body["totalRecords"];
    call("DELETE", shut);
    const body = {
      kind: "SpeechServices",
      location: "westeurope",
      sku: { name: "S0" },
      properties: {},
    };
    expect(call("PUT", made, { body }).status).toBe(201);
    expect([call("GET", shut).status, call("GET", made).status]).toEqual([404, 200]);
    const found = () => [
      count(`${names} | where name == 'shut'`),
      count(`${names} | where name == 'made'`),
    ];
    expect(found(), "public: ansible-collections/azure 1994").toEqual([1, 0]);
    expect(count(names)).toBe(2);
    advance(2 * day);
    expect(found()).toEqual([0, 1]);
  });

  test("pages that were found stay right while the graph catches up", () => {
    const { ask, call, secondsUntil } = lagging(1);
    call("DELETE", `${account}/shut`);
    const page = (): unknown => ask(`${names} | order by id asc`).body["count"];
    expect(page()).toBe(2);
    expect(secondsUntil(() => page() === 1, 2 * day)).toBeGreaterThan(0);
  });

  test("a question that is asked again sees each step, as if it were new", () => {
    const steps = (isNew: boolean): unknown[] => {
      const { tag, shown, ask, advance } = lagging(2);
      for (const n of ["1", "2", "3", "4", "5"]) {
        tag(n);
        advance(8);
      }
      return Array.from({ length: 40 }, () => {
        if (isNew) ask(names);
        advance(1);
        return shown();
      });
    };
    expect(new Set(steps(true)).size).toBeGreaterThan(2);
    expect(steps(false)).toEqual(steps(true));
  });

  test("a group and what was in it go one by one", () => {
    const { ask, call, advance } = lagging(1);
    call("DELETE", group, { version: "2024-11-01" });
    const left = () =>
      ["resourcecontainers | where name == 'rg'", names].map((it) => ask(it).body["count"]);
    expect(left()).toEqual([1, 2]);
    advance(2 * day);
    expect(left()).toEqual([0, 0]);
  });

  test("what holds a child shows it late, too", () => {
    const { azure, ask, call, advance } = lagging(1);
    const connection = `${account}/shut/privateEndpointConnections/c`;
    const state = { status: "Approved", description: "" };
    azure.load([
      {
        id: connection,
        type: "Microsoft.CognitiveServices/accounts/privateEndpointConnections",
        properties: {
          privateEndpoint: { id: `${group}/providers/Microsoft.Network/privateEndpoints/e` },
          privateLinkServiceConnectionState: state,
        },
      },
    ]);
    const connections = () =>
      ask("resources | where name == 'shut' | project a = properties.privateEndpointConnections")
        .body["data"]?.[0]?.["a"]?.length;
    expect(connections(), "a loaded estate was always there").toBe(1);
    expect(call("DELETE", connection).status).toBeLessThan(300);
    advance(0);
    const atOnce = connections();
    advance(2 * day);
    expect([atOnce, connections()]).toEqual([1, 0]);
  });

  test("not where it was asked not to, nor in a world without delays", () => {
    for (const options of [{ graphLag: "none" }, { delays: "none" }] as const) {
      const { ask, call } = withEstate(estate, options);
      call("PATCH", `${account}/shut`, { body: { tags: { n: "new" } } });
      expect(ask(tagged).body["data"]?.[0]?.["tag"]).toBe("new");
      call("DELETE", `${account}/shut`);
      expect(ask(names).body["count"]).toBe(1);
    }
  });
});
