import { describe, expect, test } from "vitest";
import { nameOf, storage, withEstate } from "./graph-estate.ts";
import { group, person, type Shown } from "./local-azure.ts";

const accounts = `${group}/providers/Microsoft.Storage/storageAccounts`;

describe("pages", () => {
  const many = Array.from({ length: 2500 }, (_, at) =>
    storage(`${accounts}/s${String(at).padStart(4, "0")}`),
  );
  const ordered = "resources | project id | order by id asc";

  test("of a thousand at most, each with a token for the next", () => {
    const { ask } = withEstate(many);
    const ids: unknown[] = [];
    const counts: unknown[] = [];
    let token: unknown;
    do {
      const { body } = ask(ordered, token === undefined ? {} : { options: { $skipToken: token } });
      ids.push(...(body["data"] as Shown[]).map((it) => it["id"]));
      counts.push(body["count"]);
      expect(body["totalRecords"], "recorded: of all pages").toBe(2500);
      expect(body["resultTruncated"], "recorded: false though more pages follow").toBe("false");
      token = body["$skipToken"];
    } while (token !== undefined);
    expect(counts, "azure-docs work-with-data: at most 1,000").toEqual([1000, 1000, 500]);
    expect(ids).toEqual(many.map((it) => it.id));
  });

  test("$top and $skip", () => {
    const { ask } = withEstate(many);
    const { body } = ask(ordered, { options: { $top: 2, $skip: 7 } });
    expect(body["data"], "specification").toEqual([{ id: many[7]?.id }, { id: many[8]?.id }]);
    const next = ask(ordered, { options: { $top: 1, $skipToken: body["$skipToken"] } });
    expect(next.body["data"], "azure-docs paging-results").toEqual([{ id: many[9]?.id }]);
  });

  test("none where limit, or dynamic columns alone, switch paging off", () => {
    const { ask } = withEstate(many);
    const off = ["resources | project id | limit 1500", "resources | project properties"];
    for (const query of off) {
      const { body } = ask(query);
      expect([body["resultTruncated"], body["$skipToken"]], "azure-docs paging-results").toEqual([
        "true",
        undefined,
      ]);
    }
    expect(ask("resources | project id | take 3").body["resultTruncated"]).toBe("false");
  });

  test("what changes between two pages is seen", () => {
    const { ask, azure } = withEstate(many);
    const { body } = ask(ordered);
    azure.load([storage(`${accounts}/a`)]);
    const next = ask(ordered, { options: { $skipToken: body["$skipToken"] } });
    expect(next.body["data"]?.[0], "azure-docs paging-results: duplicates may occur").toEqual({
      id: many[999]?.id,
    });
  });

  test("in the order of ids, however they came and wherever they lie", () => {
    const { azure, ask } = withEstate([]);
    const homes = ["c", "A", "b"].map((it) => `${it.repeat(8)}-0000-4000-8000-000000000001`);
    const rows = homes.flatMap((home) =>
      [
        "r/providers/Microsoft.Storage/storageAccounts/z",
        "R/providers/Microsoft.Search/searchServices/a",
      ]
        .map((it) => `/subscriptions/${home}/resourceGroups/${it}`)
        .map((id) => ({ ...storage(id), type: id.split("/").slice(-3, -1).join("/") })),
    );
    azure.load(rows.toReversed());
    azure.grant(person, "Reader", "");
    const wanted = rows.map((it) => it.id).sort();
    const shown = (query: string) => (ask(query).body["data"] as Shown[]).map((it) => it["id"]);
    expect(shown("resources | project id | order by id asc"), "Kusto docs: ordinal").toEqual(
      wanted,
    );
    expect(shown("resources | order by id desc | take 2")).toEqual(wanted.toReversed().slice(0, 2));
    const renamed =
      "resources | project x = id, id = name | order by id asc, x asc | project id = x";
    expect(shown(renamed).map((id) => nameOf(String(id)))).toEqual(["a", "a", "a", "z", "z", "z"]);
    expect(shown("resources | where name == 'z' | order by id asc | take 1")).toEqual([
      wanted.find((it) => it.endsWith("z")),
    ]);
  });

  test("an answer of more than 16 MiB is refused, however few rows it has", () => {
    const large = many
      .slice(0, 20)
      .map((it) => ({ ...it, properties: { text: "x".repeat(10 ** 6) } }));
    const { ask } = withEstate(large);
    const { status, body } = ask("resources | order by id asc");
    expect([status, body["error"]?.["details"]?.[0]], "public: cosmos-explorer 1877").toEqual([
      400,
      {
        code: "ResponsePayloadTooLarge",
        message: expect.stringMatching(
          /^Response payload size is 200\d{5}, and has exceeded the limit of 16777216\. /,
        ),
      },
    ]);
    expect(ask("resources | project id").body["count"]).toBe(20);
    expect(ask("resources", { options: { $top: 16 } }).body["count"]).toBe(16);
  });
});
