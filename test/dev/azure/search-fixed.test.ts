import { describe, expect, test } from "vitest";
import { modern, newest, service, stateOfService, withService } from "./search-made.ts";

describe("services: what stays as it was made", () => {
  const because = (message: string) => ({
    error: { code: "BadRequest", message, target: null, details: null },
  });

  test("the hosting mode, whatever its letters", () => {
    const { call } = withService();
    const moved = call("PATCH", service, {
      body: { properties: { hostingMode: "HighDensity" } },
      isUnjudged: true,
    });
    expect([moved.status, moved.body], "NET UpdatingImmutableProperties").toEqual([
      400,
      because("Updating HostingMode of an existing search service is not allowed."),
    ]);
    const same = { properties: { hostingMode: "default" } };
    expect(
      call("PATCH", service, { body: same, isUnjudged: true }).status,
      "NET CanAddAndRemoveServiceIdentity",
    ).toBe(200);
  });

  test.each([
    ["free", "basic", "2025-05-01", 400, "NET UpdatingImmutableProperties"],
    ["basic", "standard", "2023-11-01", 400, "NET UpdatingImmutableProperties; fixed until 2025"],
    ["basic", "standard", "2025-05-01", 200, "azure-docs"],
    ["standard", "basic", "2025-05-01", 400, "azure-docs: upwards only"],
    ["basic", "storage_optimized_l1", "2025-05-01", 400, "azure-docs: not to these"],
    ["basic", "Basic", "2025-05-01", 200, "letters do not count"],
  ])("the tier %s to %s at %s: %i", (from, to, version, status, source) => {
    const { call } = withService({}, from);
    const moved = call("PATCH", service, {
      version,
      body: { sku: { name: to } },
      isUnjudged: true,
    });
    expect(moved.status, source).toBe(status);
    if (status === 400)
      expect(moved.body, source).toEqual(
        because("Updating Sku of an existing search service is not allowed."),
      );
  });

  test("another tier takes its time", () => {
    const { call, advance } = withService();
    call("PATCH", service, { body: { sku: { name: "standard" } } });
    advance(3600);
    expect(stateOfService(call("GET", service)), "azure-docs: well over an hour").toEqual([
      "provisioning",
      "provisioning",
    ]);
    advance(301);
    expect(stateOfService(call("GET", service))).toEqual(["running", "succeeded"]);
  });

  test("location alone may be sent", () => {
    const { call } = withService();
    const again = call("PATCH", service, {
      body: { location: "East US 2 EUAP" },
      isUnjudged: true,
    });
    expect(again.status, "NET UpdatingImmutableProperties").toBe(200);
  });
});

describe("services: the identity", () => {
  const system = { identity: { type: "SystemAssigned" } };
  const none = { identity: { type: "None" } };

  test("taken away it is gone; asked for again it is another", () => {
    const { call } = withService();
    const made = call("PATCH", service, { body: system }).body["identity"];
    expect(made, "test_service_update_msi").toMatchObject(system.identity);
    const gone = call("PUT", service, { body: { ...modern(), ...none } });
    expect(gone.status).toBe(200);
    expect(gone.body, "of 2025").not.toHaveProperty("identity");
    expect(call("GET", service).body, "of 2025").not.toHaveProperty("identity");
    const old = call("GET", service, { version: "2020-08-01", isUnjudged: true });
    expect(old.body["identity"], "of 2021").toEqual({
      type: "None",
      principalId: null,
      tenantId: null,
    });
    const again = call("PATCH", service, { body: system }).body["identity"];
    expect(again?.["principalId"], "test_service_update_msi").not.toBe(made?.["principalId"]);
  });

  test("none in the free tier, also no None", () => {
    const { call } = newest();
    const source = "NET CannotCreateOrUpdateFreeServiceWithIdentity";
    const made = call("PUT", service, { body: { ...modern({}, "free"), ...system } });
    expect([made.status, made.body["error"]?.["message"]], source).toEqual([
      400,
      "Resource identity is not supported for the selected SKU",
    ]);
    expect(call("PUT", service, { body: modern({}, "free") }).status, source).toBe(201);
    expect(call("PATCH", service, { body: none }).status, source).toBe(400);
  });
});
