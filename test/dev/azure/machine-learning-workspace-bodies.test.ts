import { describe, expect, test } from "vitest";
import { group, localAzure } from "./local-azure.ts";
import { asked, at, space, stores, withMade, workspace } from "./machine-learning-made.ts";

describe("bodies", () => {
  test("etag null, one sku, the vault's letters", () => {
    const { call } = withMade();
    const { body, headers } = call("GET", workspace, { version: "2024-04-01" });
    expect([body["etag"], headers["etag"]], "claim 53").toEqual([null, undefined]);
    expect(body["sku"], "claim 55").toEqual({ name: "Basic", tier: "Basic" });
    expect(body["properties"]?.["keyVault"], "F5").toContain("/Microsoft.Keyvault/");
    expect(Object.keys(body), "ASO Apr 2025, PS Nov 2025").toEqual(
      "id,name,type,location,tags,etag,properties,identity,kind,sku,systemData".split(","),
    );
  });

  test.each([
    ["Default", "/Microsoft.Keyvault/", "/Microsoft.insights/"],
    ["FeatureStore", "/Microsoft.Keyvault/", "/Microsoft.insights/"],
    ["Hub", "/Microsoft.KeyVault/", "/microsoft.insights/"],
  ])("%s: letters of what it is built on", (kind, vault, insights) => {
    const components = `${group}/providers/microsoft.insights/components/i`;
    const { call } = withMade(asked({ applicationInsights: components }, kind));
    const { properties } = call("GET", workspace).body;
    expect(properties?.["keyVault"], "F5").toContain(vault);
    expect(properties?.["applicationInsights"], "F5; PY 25 Apr 2023").toContain(insights);
  });

  test.each([
    ["Default", `${group}/providers/microsoft.storage/storageAccounts/s`],
    ["Hub", `${group.toLowerCase()}/providers/microsoft.storage/storageaccounts/s`],
  ])("%s: letters of the account's path", (kind, shown) => {
    const storageAccount = `${group.toLowerCase()}/providers/microsoft.storage/storageaccounts/s`;
    const { call } = withMade(asked({ storageAccount }, kind));
    expect(call("GET", workspace).body["properties"]?.["storageAccount"], "F5").toBe(shown);
  });

  test("identities: capitals, no blank, keys with resourceGroups; a dropped one goes", () => {
    const { call, advance } = withMade();
    const before = call("GET", workspace).body["identity"]?.["principalId"];
    const [users, others] = ["u", "v"].map(
      (it) => `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${it}`,
    );
    const small = String(users).replace("/resourceGroups/", "/resourcegroups/");
    const change = (identity: object) => {
      call("PATCH", workspace, { body: { identity }, isUnjudged: true });
      advance(30);
      return call("GET", workspace).body["identity"];
    };
    const type = "Systemassigned,Userassigned";
    const both = change({
      type,
      userAssignedIdentities: { [small]: {}, [String(others)]: {} },
    });
    expect(both, "claim 42").toMatchObject({
      type: "SystemAssigned,UserAssigned",
      principalId: before,
    });
    expect(Object.keys(both?.["userAssignedIdentities"] ?? {}), "F5").toEqual([users, others]);
    const one = change({ type, userAssignedIdentities: { [small]: null } });
    expect(Object.keys(one?.["userAssignedIdentities"] ?? {}), "claim 42").toEqual([others]);
    const none = change({ type: "SystemAssigned" });
    expect(none, "as accounts, ident 12").not.toHaveProperty("userAssignedIdentities");
    expect(none?.["principalId"]).toBe(before);
  });

  test("user-assigned only: the tenant, and in old versions a principal that is null", () => {
    const users = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/u`;
    const identity = { type: "UserAssigned", userAssignedIdentities: { [users]: {} } };
    const { call } = withMade({ ...asked(), identity });
    const old = call("GET", workspace, at("2022-10-01-preview")).body["identity"];
    expect(old, "claim 42").toMatchObject({ type: "UserAssigned", principalId: null });
    const shown = call("GET", workspace).body["identity"];
    expect(Object.keys(shown ?? {}), "claim 42").toEqual([
      "type",
      "tenantId",
      "userAssignedIdentities",
    ]);
  });

  test.each([
    ["2020-08-01", ["allowPublicAccessWhenBehindVnet", "containerRegistry"], ["sasGetterUri"]],
    ["2021-07-01", ["allowPublicAccessWhenBehindVnet", "sasGetterUri"], ["publicNetworkAccess"]],
    ["2022-05-01", ["publicNetworkAccess"], ["managedNetwork", "ipAllowlist"]],
    ["2023-04-01-preview", ["managedNetwork", "azureOpenAI"], ["ipAllowlist"]],
    ["2023-04-01", ["publicNetworkAccess"], ["ipAllowlist", "networkAcls", "azureOpenAI"]],
    ["2024-04-01", ["ipAllowlist", "networkAcls"], ["systemDatastoresAuthMode"]],
    ["2025-06-01", ["systemDatastoresAuthMode"], ["allowPublicAccessWhenBehindVnet"]],
  ])("%s shows %j and not %j", (version, there, missing) => {
    const { call } = withMade();
    const { properties } = call("GET", workspace, at(version)).body;
    for (const name of there) expect(properties, "claims 33 to 36").toHaveProperty(name);
    for (const name of missing) expect(properties, "claims 33 to 36").not.toHaveProperty(name);
  });

  test("v1's switch says what public access says, whatever was sent", () => {
    const { call, advance } = withMade(asked({ allowPublicAccessWhenBehindVnet: false }));
    const old = () => call("GET", workspace, at("2021-07-01")).body["properties"];
    expect(old()?.["allowPublicAccessWhenBehindVnet"], "claim 34").toBe(true);
    call("PATCH", workspace, { body: { properties: { publicNetworkAccess: "Disabled" } } });
    advance(30);
    expect(old()?.["allowPublicAccessWhenBehindVnet"], "claim 34").toBe(false);
  });

  test("a hub names its projects, which take its stores and notebooks", () => {
    const { call, advance } = withMade(asked({}, "Hub"));
    expect(call("GET", workspace).body["properties"]).not.toHaveProperty("associatedWorkspaces");
    const body = { location: "westus3", kind: "Project", properties: { hubResourceId: workspace } };
    call("PUT", `${space}/project`, { body });
    advance(60);
    const hub = call("GET", workspace).body["properties"];
    const project = call("GET", `${space}/project`).body["properties"];
    expect(hub, "claim 51").toMatchObject({
      associatedWorkspaces: [`${space}/project`],
      workspaceHubConfig: { defaultWorkspaceResourceGroup: group },
    });
    expect(project, "claim 51, F5").toMatchObject({
      hubResourceId: workspace,
      allowRoleAssignmentOnRG: false,
      publicNetworkAccess: "Enabled",
      keyVault: stores.keyVault,
    });
    expect(project?.["notebookInfo"], "claim 51").toEqual(hub?.["notebookInfo"]);
  });

  test("a hub without an account of its own has no notebooks, its project has", () => {
    const { call, advance } = withMade({ location: "westus3", kind: "Hub", properties: {} });
    const none = { resourceId: null, fqdn: null, isPrivateLinkEnabled: false };
    const notebooks = (id: string) => call("GET", id).body["properties"]?.["notebookInfo"];
    expect(notebooks(workspace), "PY 1 May 2023").toEqual({
      ...none,
      notebookPreparationError: null,
    });
    const project = `${space}/project`;
    call("PUT", project, { body: asked({ hubResourceId: workspace }, "Project") });
    advance(60);
    expect(notebooks(project)?.["fqdn"], "PY 4 May 2023").toMatch(/^ml-project-westus3-/);
  });

  test("the notebooks' address is cut to 22 letters of name and region", () => {
    const { call, advance } = localAzure();
    const long = `${space}/a_rather_long_name_of_one`;
    call("PUT", long, { body: asked() });
    advance(60);
    expect(call("GET", long).body["properties"]?.["notebookInfo"]?.["fqdn"], "recorded").toMatch(
      /^ml-aratherlongname-westus3-[0-9a-f-]{36}\.westus3\.notebooks\.azure\.net$/,
    );
  });

  test("lists show the same bodies, on one page without a nextLink", () => {
    const { call } = withMade();
    const one = call("GET", workspace).body;
    const ofSubscription = space.replace(/\/resourceGroups\/rg/, "");
    for (const list of [space, ofSubscription])
      expect(call("GET", list).body, "claim 56").toEqual({ value: [one] });
  });

  test("a diagnosis: 202, empty, Location only", () => {
    const { call, send, advance } = withMade();
    const body = { value: { dnsResolution: {} } };
    const answer = call("POST", `${workspace}/diagnose`, { body });
    expect([answer.status, answer.body], "F3").toEqual([202, undefined]);
    expect(answer.headers, "F3").not.toHaveProperty("azure-asyncoperation");
    advance(30);
    const found = send("GET", answer.headers["location"] ?? "").body["value"];
    expect(found?.["dnsResolutionResults"], "by specification").toEqual([]);
    const gone = workspace.replace("studio", "gone");
    expect(call("POST", `${gone}/diagnose`, { body }).status, "F6.1").toBe(404);
  });

  test("a loaded one shows what its row said", () => {
    const { azure, call } = localAzure();
    const properties = { provisioningState: "Succeeded", publicNetworkAccess: "Disabled" };
    azure.load([{ id: workspace, type: "x", location: "eastus", kind: "Default", properties }]);
    const shown = call("GET", workspace).body["properties"];
    expect(shown, "claim 36: absent is common").not.toHaveProperty("managedNetwork");
    expect(shown).toMatchObject(properties);
  });
});
