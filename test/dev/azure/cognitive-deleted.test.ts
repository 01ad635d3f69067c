import { expect, test } from "vitest";
import { account, body, withAccount } from "./cognitive-made.ts";
import { group, localAzure, subscription, text } from "./local-azure.ts";

const home = `${subscription}/providers/Microsoft.CognitiveServices`;
const deleted = `${home}/locations/SOUTHCENTRALUS/resourceGroups/rg/deletedAccounts/acc`;
const restore = { location: "SOUTHCENTRALUS", properties: { restore: true } };
const again = { body: restore };

test("DELETE: 200, empty, at once; the name stays reserved and can be restored", () => {
  const { call, advance } = withAccount();
  const answer = call("DELETE", account);
  expect([answer.status, answer.body], "claim DELETE: 25 of 25").toEqual([200, undefined]);
  expect(call("GET", account).status).toBe(404);
  expect(call("DELETE", account).status, "old: missing account").toBe(204);
  const again = call("PUT", account, { body: body("OpenAI") });
  expect([again.status, text(again)], "quoted: FlagMustBeSetForRestore").toEqual([
    409,
    expect.stringContaining("FlagMustBeSetForRestore"),
  ]);
  const restored = call("PUT", account, {
    body: { location: "SOUTHCENTRALUS", properties: { restore: true } },
  });
  expect([restored.status, restored.body["properties"]?.["customSubDomainName"]], "soft 8").toEqual(
    [201, "acc"],
  );
  call("DELETE", account);
  const deleted = `${subscription}/providers/Microsoft.CognitiveServices/locations/SOUTHCENTRALUS/resourceGroups/rg/deletedAccounts/acc`;
  expect(call("GET", deleted).body["type"], "soft 7").toBe(
    "Microsoft.CognitiveServices/deletedAccounts",
  );
  expect(call("DELETE", deleted).status, "soft 11").toBe(202);
  advance(2);
  expect(call("PUT", account, { body: body("OpenAI") }).status, "purged").toBe(201);
});

test("a deleted account is kept whole, for 48 hours to the second", () => {
  const { call, advance } = withAccount("OpenAI", {
    customSubDomainName: "acc",
    publicNetworkAccess: "Disabled",
  });
  call("DELETE", account);
  const { body: kept } = call("GET", deleted);
  const { properties } = kept;
  expect(properties, "soft 7").toMatchObject({
    customSubDomainName: "acc",
    publicNetworkAccess: "Disabled",
    provisioningState: "Succeeded",
  });
  const [from, until] = ["deletionDate", "scheduledPurgeDate"].map((it) =>
    Date.parse(String(properties?.[it])),
  );
  expect((until ?? 0) - (from ?? 0), "soft 7").toBe(48 * 3_600_000);
  expect(call("GET", `${home}/deletedAccounts`).body["value"], "soft 14").toHaveLength(1);
  advance(48 * 3600 + 1);
  expect(call("GET", `${home}/deletedAccounts`).body["value"]).toEqual([]);
  expect(call("GET", deleted).status).toBe(404);
  expect(call("PUT", account, { body: body("OpenAI") }).status, "its name is free").toBe(201);
});

test("a restored account is no deleted one any more; whoever restores made it", () => {
  const { call, advance } = withAccount();
  const before = call("GET", account).body["systemData"]?.["createdAt"];
  call("DELETE", account);
  advance(60);
  const back = call("PUT", account, again);
  expect([back.status, back.body["properties"]?.["provisioningState"]], "soft 8").toEqual([
    201,
    "Succeeded",
  ]);
  expect(back.headers, "soft 8").not.toHaveProperty("azure-asyncoperation");
  expect(back.body["systemData"]?.["createdAt"], "soft 8").not.toBe(before);
  expect(call("GET", `${home}/deletedAccounts`).body["value"]).toEqual([]);
});

test("a purge: 202, Deleting for a second; of nothing 204", () => {
  const { call, send, advance } = withAccount();
  call("DELETE", account);
  const purged = call("DELETE", deleted);
  expect([purged.status, purged.body], "soft 11").toEqual([202, undefined]);
  const address = purged.headers["azure-asyncoperation"] ?? "";
  expect(send("GET", address).body["status"], "soft 12").toBe("Deleting");
  advance(2);
  expect(send("GET", address).body["status"], "soft 13").toBe("Succeeded");
  expect(call("DELETE", deleted).status, "specification").toBe(204);
});

test("nothing to restore, or nothing deleted", () => {
  const { call } = localAzure();
  const refused = call("PUT", account, again);
  expect([refused.status, text(refused)], "OpenAIWorkshop 50").toEqual([
    409,
    expect.stringContaining("CanNotRestoreANonExistingResource"),
  ]);
  const { call: other } = withAccount();
  expect(text(other("PUT", account, again)), "azure-dev 7263").toContain(
    "CanNotRestoreAnActiveResource",
  );
});

test("of a subscription where one has no role: 403 by ARM", () => {
  const { call, azure } = localAzure();
  const other = (id: string) => id.replace(subscription, `${subscription.slice(0, -1)}2`);
  azure.load([{ id: other(group), location: "westeurope" }]);
  const answers = [call("GET", other(`${home}/deletedAccounts`)), call("DELETE", other(deleted))];
  for (const { status, body: it } of answers)
    expect([status, it["error"]?.["code"]], "quoted: a purge needs the subscription").toEqual([
      403,
      "AuthorizationFailed",
    ]);
});
