import { describe, expect, test } from "vitest";
import { account, foundry } from "./cognitive-children.ts";
import { localAzure } from "./local-azure.ts";

const project = `${account}/projects/p`;
const version = "2025-09-01";
/** Recorded with tags, location and isDefault (prj 10), which no description of accounts' has: kept from its judge. */
const undescribed = { version, isUnjudged: true } as const;
const registry = {
  authType: "ManagedIdentity",
  category: "ContainerRegistry",
  metadata: {},
  target: "https://test-feed.com",
  credentials: { clientId: "client_id", resourceId: "resource_id" },
};
const openAi = {
  authType: "AAD",
  category: "AzureOpenAI",
  target: "https://acc.cognitiveservices.azure.com/",
  metadata: { ApiType: "AzureOpenAI" },
};

function withProject() {
  const local = foundry();
  local.call("PUT", project, {
    body: { location: "eastus", identity: { type: "SystemAssigned" }, properties: {} },
  });
  return local;
}

describe.each([
  [`${account}/connections`, "Microsoft.CognitiveServices/accounts/connections", true, undescribed],
  [
    `${project}/connections`,
    "Microsoft.CognitiveServices/accounts/projects/connections",
    false,
    { version },
  ],
])("%s", (list, type, isSharedToAll, shown) => {
  const id = `${list}/conn`;

  test("PUT is 200, a new one too; no secret, no etag; defaults filled in", () => {
    const { call } = withProject();
    const made = call("PUT", id, { ...shown, body: { properties: registry } });
    expect(made.status, "prj 4, 10").toBe(200);
    expect(made.headers, "prj 4").not.toHaveProperty("etag");
    const { systemData, ...rest } = made.body;
    expect(rest, "prj 4, 10").toEqual({
      tags: null,
      location: null,
      id,
      name: "conn",
      type,
      properties: {
        authType: "ManagedIdentity",
        credentials: null,
        group: "Azure",
        category: "ContainerRegistry",
        expiryTime: null,
        target: "https://test-feed.com",
        useWorkspaceManagedIdentity: false,
        isSharedToAll,
        sharedUserList: [],
        peRequirement: "NotRequired",
        peStatus: "NotApplicable",
        error: null,
        isDefault: true,
        metadata: {},
      },
    });
    expect(systemData?.["createdAt"], "prj 4").toEqual(systemData?.["lastModifiedAt"]);
    expect(call("GET", id, shown).body, "prj 6, 12").toEqual(made.body);
    expect(call("GET", list, { version }).body, "prj 5, 11").toEqual({ value: [made.body] });
    const removed = call("DELETE", id, { version });
    expect([removed.status, removed.body], "prj 7, 13").toEqual([200, undefined]);
    expect(call("GET", id, { version }).status).toBe(404);
    expect(call("DELETE", id, { version }).status, "the specification").toBe(204);
  });

  test("PATCH: 200; it is no default any more, and made just now", () => {
    const { call, advance, now } = withProject();
    call("PUT", id, { ...shown, body: { properties: openAi } });
    advance(60);
    const patch = { properties: { authType: "AAD", isSharedToAll: true } };
    const changed = call("PATCH", id, { ...shown, body: patch });
    expect(changed.status, "c7n 3").toBe(200);
    expect(changed.body["properties"], "c7n 2, 3: no credentials, metadata kept").toEqual({
      ...openAi,
      group: "AzureAI",
      expiryTime: null,
      useWorkspaceManagedIdentity: false,
      isSharedToAll: true,
      sharedUserList: [],
      peRequirement: "NotRequired",
      peStatus: "NotApplicable",
      error: null,
      isDefault: false,
    });
    const second = now().toISOString().slice(0, 19);
    expect(changed.body["systemData"]?.["createdAt"], "c7n 3").toContain(second);
  });

  test("lists are filtered by category and target", () => {
    const { call, send } = withProject();
    call("PUT", id, { ...shown, body: { properties: openAi } });
    call("PUT", `${list}/other`, { ...shown, body: { properties: registry } });
    const names = (filter: string) =>
      send("GET", `${list}?api-version=2025-09-01&${filter}`).body["value"]?.map(
        (it) => it["name"],
      );
    expect(names("includeAll=false"), "prj 5").toEqual(["conn", "other"]);
    expect(names("category=AzureOpenAI"), "the specification").toEqual(["conn"]);
    expect(names("target=https%3A%2F%2Ftest-feed.com"), "the specification").toEqual(["other"]);
  });

  test("refused without a way to sign in, and under nothing", () => {
    const { call } = withProject();
    const body = { properties: { category: "ContainerRegistry" } };
    expect(call("PUT", id, { version, body, isUnjudged: true }).status, "not recorded").toBe(400);
    const patch = { version, body: { properties: { authType: "AAD" } } };
    expect(call("PATCH", id, patch).status, "not recorded").toBe(404);
    const bare = localAzure();
    for (const [method, path] of [
      ["GET", list],
      ["DELETE", id],
    ] as const)
      expect(bare.call(method, path, { version }).status, path).toBe(404);
    const sent = { version, body: { properties: registry } };
    expect(bare.call("PUT", id, sent).status).toBe(404);
  });
});
