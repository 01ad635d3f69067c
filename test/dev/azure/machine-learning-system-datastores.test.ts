import { describe, expect, test } from "vitest";
import { withWorkspace } from "./machine-learning.ts";
import { asked, at, stores, withMade, workspace } from "./machine-learning-made.ts";

const list = `${workspace}/datastores`;
/** Descriptions ask for the secrets, which are never shown (claim 48). */
const schemaless = { isUnjudged: true } as const;

describe("the datastores that come with a workspace", () => {
  const names = (all: ReturnType<ReturnType<typeof withMade>["call"]>) =>
    all.body["value"]?.map((it) => it["name"]);
  const four = [
    "workspaceblobstore",
    "workspaceworkingdirectory",
    "workspaceartifactstore",
    "workspacefilestore",
  ];

  test("four, with the key of its own account; the blobs are the default", () => {
    const { call } = withMade();
    expect(names(call("GET", list)), "data 1").toEqual(four);
    const guid = call("GET", workspace, at("2024-04-01")).body["properties"]?.["workspaceId"];
    expect(
      call("GET", `${list}/workspaceblobstore`, schemaless).body["properties"],
      "data 1",
    ).toEqual({
      tags: null,
      properties: null,
      isDefault: true,
      credentials: { credentialsType: "AccountKey" },
      subscriptionId: "00000000-0000-4000-8000-000000000001",
      resourceGroup: "rg",
      datastoreType: "AzureBlob",
      accountName: "store",
      containerName: `azureml-blobstore-${guid}`,
      endpoint: "core.windows.net",
      protocol: "https",
      serviceDataAccessAuthIdentity: "WorkspaceSystemAssignedIdentity",
    });
    expect(
      call("GET", `${list}/workspacefilestore`, schemaless).body["properties"],
      "data 1",
    ).toMatchObject({
      isDefault: false,
      datastoreType: "AzureFile",
      fileShareName: `azureml-filestore-${guid}`,
      serviceDataAccessAuthIdentity: "None",
    });
  });

  test("in 2022 the service had made them, and said nothing of the account's home", () => {
    const { call } = withMade();
    const { body } = call("GET", `${list}/workspaceblobstore`, at("2022-05-01"));
    expect(body["properties"], "PS Jun 2022").not.toHaveProperty("subscriptionId");
    expect(body["systemData"], "PS Jun 2022").toMatchObject({ createdByType: "Application" });
    const { systemData } = call("GET", `${list}/workspaceblobstore`, schemaless).body;
    expect(systemData, "PS Nov 2025").not.toHaveProperty("createdBy");
    expect(systemData, "PS Nov 2025").toMatchObject({ lastModifiedByType: "Application" });
  });

  test("the newest comes first, unless asked otherwise", () => {
    const { call, send } = withMade();
    const properties = { datastoreType: "AzureBlob", credentials: { credentialsType: "None" } };
    const named = { ...properties, accountName: "store", containerName: "mine" };
    call("PUT", `${list}/mine`, { body: { properties: named } });
    expect(names(call("GET", list)), "data 1").toEqual(["mine", ...four]);
    const turned = send("GET", `${list}?api-version=2025-06-01&orderByAsc=true`);
    expect(names(turned), "by specification").toEqual([...four.toReversed(), "mine"]);
  });

  test("a loaded workspace has them too, one without an account has none", () => {
    const withAccount = withWorkspace({ properties: stores });
    expect(names(withAccount.call("GET", list)), "data 1").toEqual(four);
    expect(names(withWorkspace().call("GET", list))).toEqual([]);
  });

  test("one that was taken away does not come back with the next change", () => {
    const { call, advance } = withMade();
    expect(call("DELETE", `${list}/workspacefilestore`).status, "F3").toBe(200);
    call("PUT", workspace, { body: asked({ friendlyName: "new" }) });
    advance(60);
    expect(names(call("GET", list))).toEqual(four.slice(0, 3));
  });
});
