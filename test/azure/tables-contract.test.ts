import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createStorage, type Storage, startStorage } from "../../dev/storage.ts";
import { createTables } from "../../src/azure/tables.ts";
import { AirlockError } from "../../src/model/airlock-error.ts";
import type { Columns, Table, Tables, Write } from "../../src/records/ports.ts";
import { memoryTables } from "../support/memory-tables.ts";

const noCredential = { getToken: async () => null };
let storage: Storage;
let azurite: Tables;
beforeAll(async () => {
  storage = await startStorage();
  const { connectionString } = storage;
  await createStorage(connectionString, { queues: [], tables: ["journal"], containers: [] });
  azurite = createTables({ connectionString }, noCredential);
});
afterAll(() => storage.close());

const memory = memoryTables();
const partition = () => crypto.randomUUID();

/** What came of it: the kind of the error, or "done". */
async function endOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    if (error instanceof AirlockError) return error.kind;
    throw error;
  }
}

const stale = `W/"datetime'2026-01-01T00%3A00%3A00.0000000Z'"`;
const insert = (row: string, columns: Columns = { a: 1 }): Write => ({
  do: "insert",
  row,
  columns,
});

describe.each([
  ["memory", () => memory("journal")],
  ["Azurite", () => azurite("journal")],
])("the tables in %s", (_, open: () => Table) => {
  test("what is absent is undefined", async () => {
    expect(await open().get(partition(), "row")).toBeUndefined();
  });

  test("columns come back as they were, types included, and nothing besides", async () => {
    const columns = {
      empty: "",
      text: "Grüße, 日本 🔒\n",
      time: "2026-11-24T08:00:00.000Z",
      digits: "0123",
      yes: true,
      no: false,
      zero: 0,
      low: -(2 ** 31),
      most32: 2 ** 31 - 1,
      past32: 2 ** 31,
      most: Number.MAX_SAFE_INTEGER,
      huge: 1e300,
      part: 0.1,
    };
    const key = partition();
    const etag = await open().write(key, insert("row", columns));
    expect(await open().get(key, "row")).toEqual({ partition: key, row: "row", etag, columns });
    expect(await open().rows(key, "", "~")).toEqual([
      { partition: key, row: "row", etag, columns },
    ]);
  });

  test("keys with odd characters are found again", async () => {
    const key = `it's ${partition()}`;
    const rows = ["a'b", "c d", "t~2026-11-24T08:00:00Z~{x}", 'ü&+="<>', "100%41"].sort();
    for (const row of rows) await open().write(key, insert(row));
    await open().transact(key, [insert("it's"), insert("z%20")]);
    for (const row of [...rows, "it's", "z%20"])
      expect((await open().get(key, row))?.row).toBe(row);
    expect((await open().rows(key, "it's", "it's~")).map((it) => it.row)).toEqual(["it's"]);
  });

  test("a second insert is refused, and changes nothing", async () => {
    const key = partition();
    await open().write(key, insert("row"));
    expect(await endOf(open().write(key, insert("row", { a: 2 })))).toBe("conflict");
    expect((await open().get(key, "row"))?.columns).toEqual({ a: 1 });
  });

  test("merge makes the row, then touches only what it names", async () => {
    const key = partition();
    await open().write(key, { do: "merge", row: "row", columns: { a: 1, b: "x" } });
    const etag = await open().write(key, { do: "merge", row: "row", columns: { b: "y", c: true } });
    const row = await open().get(key, "row");
    expect(row).toMatchObject({ etag, columns: { a: 1, b: "y", c: true } });
  });

  test("replace leaves nothing of what was there", async () => {
    const key = partition();
    await open().write(key, { do: "replace", row: "row", columns: { a: 1 } });
    await open().write(key, { do: "replace", row: "row", columns: { b: 2 } });
    expect((await open().get(key, "row"))?.columns).toEqual({ b: 2 });
  });

  test.each(["merge", "replace"] as const)("%s holds to its etag", async (verb) => {
    const key = partition();
    const write = (etag: string, row = "row") =>
      open().write(key, { do: verb, row, columns: { a: 2 }, etag });
    const first = await open().write(key, insert("row"));
    expect(await endOf(write(stale))).toBe("conflict");
    expect(await endOf(write(""))).toBe("conflict");
    expect(await endOf(write(stale, "absent"))).toBe("conflict");
    const second = await write(first);
    expect(second).not.toBe(first);
    expect(await endOf(write(first))).toBe("conflict");
    expect(await open().get(key, "row")).toMatchObject({ etag: second, columns: { a: 2 } });
    expect(await open().get(key, "absent")).toBeUndefined();
  });

  test("removing twice is no error", async () => {
    const key = partition();
    await open().write(key, insert("row"));
    for (let time = 0; time < 2; time++)
      expect(await open().write(key, { do: "remove", row: "row" })).toBe("");
    expect(await open().get(key, "row")).toBeUndefined();
  });

  test("rows are ascending, from the first key up to but not the last, over all pages", async () => {
    const key = partition();
    const names = Array.from({ length: 1100 }, (_, i) => `r${String(i).padStart(4, "0")}`);
    const shuffled = names.toSorted((a, b) => (a.slice(-1) + a < b.slice(-1) + b ? 1 : -1));
    for (let i = 0; i < shuffled.length; i += 100)
      await open().transact(
        key,
        shuffled.slice(i, i + 100).map((row) => insert(row)),
      );
    const found = await open().rows(key, "r0003", "r1090");
    expect(found.map((it) => it.row)).toEqual(names.slice(3, 1090));
  });

  test("a row key is found in every partition", async () => {
    const row = crypto.randomUUID();
    const keys = [partition(), partition(), partition()].sort();
    for (const key of keys.toReversed()) await open().write(key, insert(row));
    expect((await open().everywhere(row)).map((it) => it.partition)).toEqual(keys);
  });

  test("a transaction is whole or nothing", async () => {
    const key = partition();
    const old = await open().write(key, insert("head"));
    await open().write(key, insert("old"));
    const head = { do: "merge", row: "head", columns: { n: 1 } } as const;
    const refused = [
      [insert("new"), { ...head, etag: stale }],
      [insert("new"), { ...head, row: "absent", etag: stale }],
      [{ ...head, etag: old }, insert("new"), insert("old")],
      [{ do: "remove", row: "absent" }, insert("new"), insert("old")],
    ] as const;
    for (const writes of refused)
      expect(await endOf(open().transact(key, writes))).toBe("conflict");
    expect((await open().rows(key, "", "~")).map((it) => it.row)).toEqual(["head", "old"]);
    expect(await open().get(key, "head")).toMatchObject({ etag: old, columns: { a: 1 } });
  });

  test("a transaction gives an etag for each write, absent removals included", async () => {
    const key = partition();
    await open().write(key, insert("gone"));
    const etags = await open().transact(key, [
      { do: "remove", row: "absent" },
      insert("one"),
      { do: "remove", row: "gone" },
      { do: "replace", row: "two", columns: { b: 2 } },
    ]);
    const rows = await open().rows(key, "", "~");
    expect(rows.map((it) => it.row)).toEqual(["one", "two"]);
    expect(etags).toEqual(["", rows[0]?.etag, "", rows[1]?.etag]);
    expect(await open().transact(key, [{ do: "remove", row: "absent" }])).toEqual([""]);
    expect(await open().transact(key, [])).toEqual([]);
  });

  test.each<[string, readonly Write[]]>([
    ["101 writes", Array.from({ length: 101 }, (_, i) => insert(`r${i}`))],
    ["a row twice", [insert("row"), insert("row")]],
    ["a text over 64 KiB", [insert("row", { a: "x".repeat(32 * 1024 + 1) })]],
    ["253 columns", [insert("row", columnsOf(253, 1))]],
    ["a row over 1 MiB", [insert("row", columnsOf(20, "x".repeat(32 * 1024)))]],
    [
      "more than 4 MiB",
      Array.from({ length: 5 }, (_, i) => insert(`r${i}`, columnsOf(14, "x".repeat(32 * 1024)))),
    ],
    ["a dashed column", [insert("row", { "a-b": 1 })]],
    ["a reserved column", [insert("row", { RowKey: "x" })]],
    ["no number", [insert("row", { a: Number.NaN })]],
    ["a slash in a key", [insert("a/b")]],
    ["a control character in a key", [insert("a\u0085b")]],
    ["a key over 1 KiB", [insert("x".repeat(513))]],
  ])("refuses %s", async (_what, writes) => {
    const key = partition();
    expect(await endOf(open().transact(key, writes))).toBe("invalid");
    const [only] = writes;
    if (only && writes.length === 1) expect(await endOf(open().write(key, only))).toBe("invalid");
    expect(await open().rows(key, "", "~")).toEqual([]);
  });

  test("takes what is just small enough", async () => {
    const key = partition();
    const columns = { ...columnsOf(251, 1), long: "x".repeat(32 * 1024) };
    await open().write(key, insert("k".repeat(512), columns));
    expect((await open().rows(key, "k", "l"))[0]?.columns).toEqual(columns);
  });

  test("of many who hold one etag, one writes", async () => {
    const writers = fc.integer({ min: 2, max: 6 });
    await fc.assert(
      fc.asyncProperty(writers, fc.boolean(), async (count, isTransaction) => {
        const key = partition();
        const etag = await open().write(key, insert("row"));
        const ends = await Promise.all(
          Array.from({ length: count }, (_, by) => {
            const it = { do: "merge", row: "row", columns: { by }, etag } as const;
            const record = insert(`r${by}`);
            return endOf(
              isTransaction ? open().transact(key, [record, it]) : open().write(key, it),
            );
          }),
        );
        const winner = ends.indexOf("done");
        expect(ends.filter((it) => it === "done")).toHaveLength(1);
        expect(ends.filter((it) => it === "conflict")).toHaveLength(count - 1);
        expect((await open().get(key, "row"))?.columns["by"]).toBe(winner);
        const records = (await open().rows(key, "r", "rov")).map((it) => it.row);
        expect(records).toEqual(isTransaction ? [`r${winner}`] : []);
      }),
      { numRuns: 15 },
    );
  });
});

function columnsOf(count: number, value: string | number): Columns {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, value]));
}

type Plan = Readonly<{
  verb: "insert" | "merge" | "replace" | "remove";
  row: "a" | "b" | "c";
  etag: "none" | "current" | "stale";
  value: number;
}>;

const plan: fc.Arbitrary<Plan> = fc.record({
  verb: fc.constantFrom("insert", "merge", "replace", "remove"),
  row: fc.constantFrom("a", "b", "c"),
  etag: fc.constantFrom("none", "current", "stale"),
  value: fc.integer({ min: 0, max: 9 }),
});

async function carryOut(table: Table, key: string, plans: readonly Plan[]): Promise<string> {
  const writes = await Promise.all(
    plans.map(async ({ verb, row, etag: which, value }): Promise<Write> => {
      const columns = { [`v${value % 3}`]: value };
      if (verb === "remove") return { do: verb, row };
      if (verb === "insert" || which === "none") return { do: verb, row, columns };
      const current = (await table.get(key, row))?.etag ?? stale;
      return { do: verb, row, columns, etag: which === "current" ? current : stale };
    }),
  );
  const [only] = writes;
  return endOf(writes.length === 1 && only ? table.write(key, only) : table.transact(key, writes));
}

test("memory and Azurite end alike, whatever is written in whatever order", async () => {
  const steps = fc.array(fc.array(plan, { minLength: 1, maxLength: 3 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const key = partition();
      const run = async (table: Table) => {
        const ends: string[] = [];
        for (const plans of all) ends.push(await carryOut(table, key, plans));
        const rows = await table.rows(key, "", "~");
        return { ends, rows: rows.map(({ row, columns }) => ({ row, columns })) };
      };
      expect(await run(azurite("journal"))).toEqual(await run(memory("journal")));
    }),
    { numRuns: 60 },
  );
});

test("a table that is not there is no empty table", async () => {
  expect(await endOf(azurite("gates").get("gates", "switch"))).toBe("stop");
  expect(await endOf(azurite("gates").rows("gates", "", "~"))).toBe("stop");
  expect(await endOf(azurite("gates").write("gates", insert("switch")))).toBe("stop");
  expect(await endOf(azurite("gates").transact("gates", [{ do: "remove", row: "x" }]))).toBe(
    "stop",
  );
});

test("a write without an answer leaves its effect open", async () => {
  const connectionString = storage.connectionString.replace(
    /TableEndpoint=[^;]*/,
    "TableEndpoint=http://127.0.0.1:9/devstoreaccount1",
  );
  const journal = createTables({ connectionString }, noCredential)("journal");
  const expected = { kind: "retry", isAmbiguous: true };
  await expect(journal.write("p", insert("row"))).rejects.toMatchObject(expected);
  await expect(journal.transact("p", [insert("row")])).rejects.toMatchObject(expected);
});
