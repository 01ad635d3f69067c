import { describe, expect, test } from "vitest";
import { account, lockAt, lockVersion, withAccount } from "./account-estate.ts";
import { group, subscription, text } from "./local-azure.ts";

describe("locks", () => {
  test("PUT 201 then 200, GET, DELETE 200; no etag, no systemData", () => {
    const { lock, call } = withAccount();
    expect(
      [lock(group, "CanNotDelete").status, lock(group, "ReadOnly").status],
      "test_cannotdelete 1, 7",
    ).toEqual([201, 200]);
    expect(call("GET", lockAt(group, "l"), lockVersion).body, "test_cannotdelete 7").toEqual({
      properties: { level: "ReadOnly" },
      id: lockAt(group, "l"),
      type: "Microsoft.Authorization/locks",
      name: "l",
    });
    expect(
      call("DELETE", lockAt(group, "l"), lockVersion).status,
      "9: under its own ReadOnly",
    ).toBe(200);
  });

  test("a list shows those above and below; atScope leaves out those below", () => {
    const { lock, call, send } = withAccount();
    lock(subscription, "CanNotDelete", "top");
    lock(account, "CanNotDelete", "bottom");
    const list = `${group}/providers/Microsoft.Authorization/locks`;
    const names = (answer: { body: unknown }) =>
      (answer.body as { value: { name: string }[] }).value.map((it) => it.name);
    expect(names(call("GET", list, lockVersion)), "JAVA testManagementLocks").toEqual([
      "top",
      "bottom",
    ]);
    expect(
      names(send("GET", `${list}?api-version=2016-09-01&$filter=atScope()`)),
      "azure-docs",
    ).toEqual(["top"]);
    expect(
      names(call("GET", `${subscription}/providers/Microsoft.Authorization/locks`, lockVersion)),
      "test_subscription_locks 2",
    ).toEqual(["top", "bottom"]);
  });

  test("the id keeps the letters of the request", () => {
    const { call } = withAccount();
    const written = lockAt(account.replace("resourceGroups", "resourcegroups"), "l");
    const body = { properties: { level: "CanNotDelete" } };
    const made = call("PUT", written, { ...lockVersion, body });
    expect(made.body["id"], "test_readonly_resource_lock 5").toBe(written);
    const shown = call("GET", lockAt(account, "l"), lockVersion);
    expect(shown.body["id"], "test_readonly_resource_lock 7").toBe(written);
    expect(text(call("DELETE", account)), "it holds all the same").toContain("ScopeLocked");
  });

  test.each([
    ["ReadOnly", group, "PATCH", account, 409],
    ["ReadOnly", subscription, "POST", `${account}/listKeys`, 409],
    ["ReadOnly", group, "GET", account, 200],
    ["CanNotDelete", group, "PATCH", account, 202],
    ["CanNotDelete", group, "DELETE", account, 409],
    ["CanNotDelete", account, "DELETE", group, 409],
    ["CanNotDelete", `${group}x`, "DELETE", account, 200],
  ])("%s at %s: %s of %s is %i", (level, scope, method, id, status) => {
    const { azure, lock, call } = withAccount();
    azure.load([{ id: `${group}x`, location: "westeurope" }]);
    lock(scope, level);
    const version = id === group ? "2021-04-01" : "2025-06-01";
    const body = { properties: { disableLocalAuth: true } };
    const answer = call(method, id, { version, ...(method === "PATCH" && { body }) });
    expect(answer.status, "azure-docs lock-resources; general 24").toBe(status);
    expect(answer.headers, "manners 1.3").not.toHaveProperty("retry-after");
  });

  test("409 ScopeLocked, word for word", () => {
    const { lock, call } = withAccount();
    lock(group, "ReadOnly");
    const words = (verb: string) =>
      `The scope '${account}' cannot perform ${verb} operation because following scope(s) are locked: '${group}'. Please remove the lock and try again.`;
    const said = (method: string, id: string) => call(method, id).body["error"];
    const source = "manners 1.9, verbatim";
    expect(said("DELETE", account), source).toEqual({
      code: "ScopeLocked",
      message: words("delete"),
    });
    expect(said("POST", `${account}/listKeys`), source).toEqual({
      code: "ScopeLocked",
      message: words("write"),
    });
  });
});
