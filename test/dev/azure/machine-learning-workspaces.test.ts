import { describe, expect, test } from "vitest";
import { localAzure, text } from "./local-azure.ts";
import { asked, at, space, stores, withMade, workspace } from "./machine-learning-made.ts";

describe("writes", () => {
  test.each([
    ["PUT of a new one", "PUT", asked(), "Creating", 40, "claim 27"],
    ["PUT of an existing one", "PUT", asked(), "Updating", 30, "claim 27"],
    ["PATCH", "PATCH", { properties: { friendlyName: "x" } }, "Updating", 30, "claim 26"],
    ["DELETE", "DELETE", undefined, "Deleting", 90, "claim 28"],
  ])(
    "%s: 202, empty, both headers, never Retry-After",
    (name, method, body, state, most, source) => {
      const { call, send, advance } = name.includes("new") ? localAzure() : withMade();
      const answer = call(method, workspace, body ? { body } : {});
      expect([answer.status, answer.body], source).toEqual([202, undefined]);
      const { location = "", "azure-asyncoperation": operation = "" } = answer.headers;
      expect(operation, "F2").toMatch(
        /locations\/westus3\/workspaceOperationsStatus\/.*&type=async&t=/,
      );
      expect(location, "F2").toContain("&type=location&t=");
      expect(operation.length, "F2: about 3,270 characters").toBeGreaterThan(3000);
      expect(call("GET", workspace).body["properties"]?.["provisioningState"]).toBe(state);
      const running = send("GET", operation);
      expect([running.status, running.body], "F2: no id, no times").toEqual([
        200,
        { status: "InProgress" },
      ]);
      const waiting = send("GET", location);
      expect([waiting.status, waiting.headers["location"]], "F2: 202 with both again").toEqual([
        202,
        location,
      ]);
      for (const it of [answer, running, waiting])
        expect(it.headers, "fact 5").not.toHaveProperty("retry-after");
      advance(most);
      expect(send("GET", operation).body, "F2").toEqual({
        status: "Succeeded",
        percentComplete: 100,
      });
      expect(send("GET", location).status, "F2").toBe(200);
      expect(send("GET", `${operation}x`).status, "fact 5: back unchanged").toBe(400);
    },
  );

  test("a deleted one is gone with the gateway's 404; deleted again, it is 204", () => {
    const { call, advance } = withMade();
    call("DELETE", workspace);
    advance(90);
    const gone = call("GET", workspace);
    expect([gone.status, gone.headers["x-ms-failure-cause"]], "F6.1").toEqual([404, "gateway"]);
    expect(text(gone), "F6.1").toContain(
      "The Resource 'Microsoft.MachineLearningServices/workspaces/studio' under resource group 'rg' was not found.",
    );
    expect(call("DELETE", workspace).status).toBe(204);
    expect(call("PATCH", workspace, { body: { tags: {} } }).status, "F6.1").toBe(404);
    expect(call("POST", `${workspace}/listKeys`).status, "F6.1").toBe(404);
  });

  test("in a group that is gone, the group is what was not found", () => {
    const { call } = localAzure();
    const elsewhere = workspace.replace("/rg/", "/gone/");
    for (const method of ["GET", "PUT", "DELETE"])
      expect(text(call(method, elsewhere, method === "PUT" ? { body: asked() } : {})), "F6.1").toBe(
        `{"error":{"code":"ResourceGroupNotFound","message":"Resource group 'gone' could not be found."}}`,
      );
    expect(call("GET", elsewhere.replace(/\/studio$/, "")).status, "F6.1").toBe(404);
  });

  test("what it is built on may come later than its PUT", () => {
    const { call, advance } = localAzure();
    expect(call("GET", stores.storageAccount, { version: "2025-01-01" }).status).toBe(404);
    expect(call("PUT", workspace, { body: asked() }).status, "ASO Apr 2025").toBe(202);
    advance(40);
    expect(call("GET", workspace).body["properties"], "ASO Apr 2025").toMatchObject({
      provisioningState: "Succeeded",
      storageAccount: stores.storageAccount,
    });
  });

  test("a second write while one is under way is refused", () => {
    const { call } = withMade();
    call("PATCH", workspace, { body: { tags: {} } });
    const body = { tags: {} };
    expect(call("PATCH", workspace, { body, isUnjudged: true }).status, "fact 13").toBe(409);
  });
});

describe("what a PATCH changes", () => {
  test("what is not sent stays, but for tags as a whole and data isolation", () => {
    const { call, advance } = withMade(asked({ enableDataIsolation: true, friendlyName: "f" }));
    call("PATCH", workspace, { body: { tags: { a: "1", b: "2" } } });
    advance(30);
    const sent = { publicNetworkAccess: "Disabled", systemDatastoresAuthMode: "Identity" };
    call("PATCH", workspace, { body: { tags: { c: "3" }, properties: sent } });
    advance(30);
    const { body } = call("GET", workspace);
    expect(body["tags"], "claim 30").toEqual({ c: "3" });
    expect(body["properties"], "claims 29, 30, 31; arm 1.3: the PATCH model").toMatchObject({
      ...sent,
      privateLinkCount: 0,
      friendlyName: "f",
      enableDataIsolation: false,
    });
  });

  test("empty tags wipe them, absent ones leave them", () => {
    const { call, advance } = withMade({ ...asked(), tags: { a: "1" } });
    call("PATCH", workspace, { body: { properties: { friendlyName: "x" } } });
    advance(30);
    expect(call("GET", workspace).body["tags"], "claim 29").toEqual({ a: "1" });
    call("PATCH", workspace, { body: { tags: {} } });
    advance(30);
    expect(call("GET", workspace).body["tags"], "claim 30").toEqual({});
  });

  test("what its model lacks is passed over in silence", () => {
    const { call, advance } = withMade();
    const properties = { hbiWorkspace: true, storageAccount: "other", ipAllowlist: ["1.2.3.4"] };
    const body = { kind: "Hub", properties };
    expect(call("PATCH", workspace, { body, isUnjudged: true }).status, "arm 1.3").toBe(202);
    advance(30);
    const { kind, properties: now } = call("GET", workspace, { version: "2024-04-01" }).body;
    expect([kind, now?.["hbiWorkspace"], now?.["storageAccount"]], "arm 1.3").toEqual([
      "Default",
      false,
      stores.storageAccount,
    ]);
    expect(now?.["ipAllowlist"], "arm 1.3").toEqual([]);
  });

  test("a hub keeps its data isolation, a project has its own public access", () => {
    const { call, advance } = withMade(asked({}, "Hub"));
    const project = `${space}/project`;
    call("PUT", project, {
      body: { location: "westus3", kind: "Project", properties: { hubResourceId: workspace } },
    });
    advance(60);
    const body = { properties: { publicNetworkAccess: "Disabled" } };
    expect(call("PATCH", workspace, { body }).status, "claim 32").toBe(202);
    advance(30);
    expect(call("GET", workspace).body["properties"], "claim 30").toMatchObject({
      enableDataIsolation: true,
      publicNetworkAccess: "Disabled",
    });
    expect(call("GET", project).body["properties"], "claim 51").toMatchObject({
      publicNetworkAccess: "Enabled",
    });
  });

  const serverless = (subnet?: string) => ({
    serverlessComputeSettings: {
      serverlessComputeNoPublicIP: true,
      ...(subnet && { serverlessComputeCustomSubnet: subnet }),
    },
  });
  const subnet = `${space}/net/subnets/inside`.replace(
    /Machine.*spaces/,
    "Network/virtualNetworks",
  );

  test("serverless compute gives up public addresses only for a subnet", () => {
    const { call } = withMade();
    const [without, within] = [serverless(), serverless(subnet)];
    expect(call("PATCH", workspace, { body: { properties: without } }).status, "arm 2").toBe(400);
    expect(call("PATCH", workspace, { body: { properties: within } }).status, "arm 2").toBe(202);
  });

  test("a closed workspace is not made with it, an open one is", () => {
    const { call } = localAzure();
    const closed = asked({ ...serverless(), publicNetworkAccess: "Disabled" });
    expect(call("PUT", workspace, { body: closed }).status, "arm 2").toBe(400);
    expect(call("PUT", workspace, { body: asked(serverless()) }).status, "arm 2").toBe(202);
  });

  test.each(["2019-05-01", "2020-08-01", "2021-07-01", "2022-10-01", "2023-10-01", "2025-04-01"])(
    "%s is served as well",
    (version) => {
      const { call } = withMade();
      const body = { tags: { at: version } };
      expect(call("PATCH", workspace, { body, ...at(version), isUnjudged: true }).status).toBe(202);
      expect(call("GET", workspace, { version, isUnjudged: true }).body["tags"]).toEqual(body.tags);
    },
  );
});
