import { describe, expect, test } from "vitest";
import { localAzure } from "./local-azure.ts";
import { early, modern, service, stateOfService, withService } from "./search-made.ts";

describe("services: how writes go on", () => {
  test.each([
    ["2023-11-01", { publicNetworkAccess: "disabled" }, "standard", 408, 729, "1e: 13x 408-729 s"],
    ["2023-11-01", { partitionCount: 2 }, "standard", 408, 729, "test_service_create_multi 2"],
    ["2025-05-01", {}, "basic", 304, 1150, "update_private_endpoint of 2025; PS 2025-09-26"],
  ])("PUT of a new one at %s with %j: provisioning", (at, properties, sku, least, most, source) => {
    const { call, advance } = localAzure();
    const made = call("PUT", service, {
      version: at,
      body: (at < "2025" ? early : modern)(properties, sku),
    });
    expect([made.status, ...stateOfService(made)], source).toEqual([
      201,
      "provisioning",
      "provisioning",
    ]);
    expect(made.headers, "1e: no headers of an operation").not.toHaveProperty(
      "azure-asyncoperation",
    );
    expect(made.headers["etag"], "1e: ETag header").toMatch(
      /^W\/"datetime'2026-11-24T08%3A00%3A00\.\d{7}Z'"$/,
    );
    advance(least - 1);
    expect(stateOfService(call("GET", service, { version: at })), source).toContain("provisioning");
    advance(most - least + 2);
    expect(stateOfService(call("GET", service, { version: at })), source).toEqual([
      "running",
      "succeeded",
    ]);
  });

  test.each([
    ["basic", "2023-11-01", "test_service_create_skus 4"],
    ["standard", "2023-11-01", "test_service_create_delete_list 3"],
    ["free", "2025-05-01", "1e: JAVA testSearchServiceFreeSku"],
  ])("PUT of a small open %s at %s: running at once", (sku, at, source) => {
    const { call } = localAzure();
    const made = call("PUT", service, {
      version: at,
      body: (at < "2025" ? early : modern)({}, sku),
    });
    expect([made.status, ...stateOfService(made)], source).toEqual([201, "running", "succeeded"]);
  });

  const ipRules = [{ value: "55.5.64.73" }];
  test.each([
    ["publicNetworkAccess", "Disabled", "Disabled", 1033, "update_private_endpoint 45"],
    ["networkRuleSet", { ipRules }, { ipRules, bypass: "None" }, 61, "update_ip_rules 22"],
    ["replicaCount", 2, 2, 1277, "1e: replica 1277 s"],
    ["partitionCount", 2, 2, 1703, "1e: partition 1703 s"],
  ])(
    "PATCH of %s: 200, there at once, provisioning for its time",
    (name, sent, shown, seconds, source) => {
      const { call, advance } = withService();
      const patched = call("PATCH", service, { body: { properties: { [name]: sent } } });
      expect([patched.status, ...stateOfService(patched)], source).toEqual([
        200,
        "provisioning",
        "provisioning",
      ]);
      const now = call("GET", service);
      expect(stateOfService(now), source).toEqual(["provisioning", "provisioning"]);
      expect(now.body["properties"]?.[name], source).toEqual(shown);
      advance(seconds - 1);
      expect(stateOfService(call("GET", service)), source).toContain("provisioning");
      advance(2);
      expect(stateOfService(call("GET", service)), source).toEqual(["running", "succeeded"]);
    },
  );

  test("opening takes 608 s", () => {
    const { call, advance } = withService({ publicNetworkAccess: "Disabled" });
    const sent = { properties: { publicNetworkAccess: "ENABLED" } };
    const patched = call("PATCH", service, { body: sent, isUnjudged: true });
    expect(patched.body["properties"]?.["publicNetworkAccess"], "1e: `Enabled` in all").toBe(
      "Enabled",
    );
    advance(607);
    expect(stateOfService(call("GET", service)), "update_private_endpoint 22").toContain(
      "provisioning",
    );
    advance(2);
    expect(stateOfService(call("GET", service))).toEqual(["running", "succeeded"]);
  });

  test.each([
    ["the value that is there", { publicNetworkAccess: "Enabled" }, "aso 14"],
    ["disableLocalAuth", { disableLocalAuth: true }, "1e: stays running"],
    ["semanticSearch", { semanticSearch: "standard" }, "test_service_create_semantic_search 6"],
  ])("PATCH of %s: running all the time, with a new ETag", (_name, properties, source) => {
    const { call } = withService();
    const before = call("GET", service).headers["etag"];
    const patched = call("PATCH", service, { body: { properties } });
    expect([patched.status, ...stateOfService(patched)], source).toEqual([
      200,
      "running",
      "succeeded",
    ]);
    expect(patched.headers["etag"], "1e: changes on writes").not.toBe(before);
  });

  test("DELETE: 200 and gone; its name is not found", () => {
    const { call } = withService();
    const gone = call("DELETE", service);
    expect([gone.status, gone.body], "test_service_create_delete_list 8").toEqual([200, undefined]);
    const { status, headers, body: shown } = call("GET", service);
    expect([status, shown["error"]?.["code"]], "aso 23").toEqual([404, "ResourceNotFound"]);
    expect(headers["x-ms-failure-cause"], "aso 23").toBe("gateway");
  });
});
