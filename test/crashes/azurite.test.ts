import { afterAll, beforeAll, expect, test } from "vitest";
import { createStorage, type Storage, startStorage } from "../../dev/storage.ts";
import { createTables } from "../../src/azure/tables.ts";
import type { Row, Table, Tables } from "../../src/records/ports.ts";
import { clusterBody, clusterId, workspace } from "../support/clusters.ts";
import { crashesAt } from "../support/crashes.ts";
import { account, accountId } from "../support/estates.ts";
import { createLaptop } from "../support/laptop.ts";
import { open } from "../support/scenes.ts";
import { expectTruth, trail } from "../support/truth.ts";

let storage: Storage;
let tables: Tables;

beforeAll(async () => {
  storage = await startStorage();
  const names = ["journal", "estate", "gates", "poison"] as const;
  await createStorage(storage.connectionString, { queues: [], tables: names, containers: [] });
  const noToken = { getToken: async () => null };
  tables = createTables({ connectionString: storage.connectionString }, noToken);
});
afterAll(() => storage.close());

/** The same tables for every run, each in partitions of its own. */
function tablesOf(run: string): Tables {
  const mine = (partition: string) => `${run}${partition}`;
  const bare = (row: Row): Row => ({ ...row, partition: row.partition.slice(run.length) });
  return (name): Table => {
    const table = tables(name);
    return {
      get: (partition, row) => table.get(mine(partition), row),
      rows: (partition, from, to) => table.rows(mine(partition), from, to),
      everywhere: async (row) =>
        (await table.everywhere(row)).filter((it) => it.partition.startsWith(run)).map(bare),
      write: (partition, it) => table.write(mine(partition), it),
      transact: (partition, writes) => table.transact(mine(partition), writes),
    };
  };
}

const schedules = Array.from({ length: 15 }, (_, n) => n);

test.for(schedules)("a patch that is killed, on real tables: schedule %i", async (n) => {
  const crashes = crashesAt([5 + n * 11, 5 + n * 11 + 1 + ((n * 37) % 90)]);
  const laptop = createLaptop({ estate: [account()], crashes, tables: tablesOf(`p${n}-`) });
  await laptop.remembered(accountId);
  open(laptop);
  await laptop.run(24 * 3600);
  const records = await laptop.records(accountId);
  expect(records.at(-1)?.entry.action, trail(records)).toBe("verified");
  expectTruth(records, laptop.writes(), crashes.kills());
});

test.for(schedules)("a cluster that is killed, on real tables: schedule %i", async (n) => {
  const crashes = crashesAt([20 + n * 40, 21 + n * 40 + ((n * 53) % 200)]);
  const laptop = createLaptop({ estate: [workspace()], crashes, tables: tablesOf(`c${n}-`) });
  await crashes.pause(() => laptop.portsFor("run").gates.install());
  laptop.advance(60);
  laptop.write("PUT", `${clusterId}?api-version=2025-06-01`, clusterBody());
  await laptop.run(7 * 24 * 3600);
  const records = await laptop.records(clusterId);
  expect(records.at(-1)?.entry.action, trail(records)).toBe("verified");
  expect(laptop.writes().filter((it) => it.method === "DELETE")).toHaveLength(1);
  expectTruth(records, laptop.writes(), crashes.kills());
});
