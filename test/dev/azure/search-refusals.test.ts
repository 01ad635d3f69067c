import { describe, expect, test } from "vitest";
import { body, modern, newest, service, services, withService } from "./search-made.ts";

describe("services: local authentication", () => {
  const off = { properties: { disableLocalAuth: true } };

  test("true makes authOptions null, false needs them no more", () => {
    const { call } = withService();
    const patched = call("PATCH", service, { body: off });
    expect(patched.body["properties"], "PS 2025-09-26T02:59:28Z").toMatchObject({
      disableLocalAuth: true,
      authOptions: null,
    });
    const kept = call("PATCH", service, { body: { tags: { a: "1" } } });
    expect(kept.body["properties"], "1e: omitted is kept").toMatchObject({
      disableLocalAuth: true,
      authOptions: null,
    });
    const aadOrApiKey = { aadAuthFailureMode: "http403" };
    const sent = { properties: { disableLocalAuth: false, authOptions: { aadOrApiKey } } };
    const back = call("PATCH", service, { body: sent });
    expect(back.body["properties"]?.["authOptions"], "test_service_create_auth 8").toEqual({
      aadOrApiKey,
    });
  });

  test.each([
    ["together", { properties: { disableLocalAuth: true, authOptions: { apiKeyOnly: {} } } }, 400],
    ["with null", { properties: { disableLocalAuth: true, authOptions: null } }, 200],
  ])("true and authOptions %s", (_name, sent, status) => {
    const { call } = withService();
    expect(
      call("PATCH", service, { body: sent }).status,
      "arm.md 1.6: cannot be true while set",
    ).toBe(status);
  });

  test("one form of authOptions takes the place of another", () => {
    const { call } = withService();
    const authOptions = { aadOrApiKey: { aadAuthFailureMode: "http401WithBearerChallenge" } };
    const patched = call("PATCH", service, { body: { properties: { authOptions } } });
    expect(patched.body["properties"]?.["authOptions"], "test_service_create_auth 6").toEqual(
      authOptions,
    );
  });
});

describe("services: refusals", () => {
  test.each([
    ["privateEndpointConnections", []],
    ["provisioningState", "succeeded"],
    ["sharedPrivateLinkResources", []],
    ["status", "running"],
    ["statusDetails", ""],
  ])("a PATCH that echoes %s", (name, value) => {
    const { call } = withService();
    const { status, body: it } = call("PATCH", service, {
      body: { properties: { [name]: value } },
    });
    expect(status, "terraform azurerm: must remove read-only fields").toBe(400);
    expect(it["error"], "NET: the shape of what is said of a body").toEqual({
      code: "BadRequest",
      message: expect.not.stringMatching(/RequestId/),
      target: null,
      details: null,
    });
  });

  test("a PUT may echo them", () => {
    const { call } = withService();
    const { body: shown } = call("GET", service);
    expect(call("PUT", service, { body: shown }).status, "test_service_update_ip_rules 22").toBe(
      200,
    );
  });

  test("a write while it is provisioning, but not its deletion", () => {
    const { call } = withService();
    const sent = { properties: { publicNetworkAccess: "Disabled" } };
    call("PATCH", service, { body: sent });
    const again = call("PATCH", service, { body: sent });
    expect(
      [again.status, again.body["error"]?.["message"]],
      "azure-docs; 409: not recorded",
    ).toEqual([
      409,
      expect.stringMatching(
        /^Service update operations aren't allowed at this time because .+ RequestId: [0-9a-f-]{36}$/,
      ),
    ]);
    expect(call("DELETE", service).status).toBe(200);
  });

  test("network rules in the free tier, and an unknown access", () => {
    const sent = { properties: { publicNetworkAccess: "Disabled" } };
    const { call } = withService({}, "free");
    expect(call("PATCH", service, { body: sent }).status, "azure-docs: basic and above").toBe(400);
    const odd = { properties: { publicNetworkAccess: "off" } };
    const { call: other } = withService();
    expect(
      other("PATCH", service, { body: odd, isUnjudged: true }).status,
      "specification: three values",
    ).toBe(400);
  });

  test.each(["SRV", "-srv", "srv-", "a--b", "a"])("the name %s", (name) => {
    const { call } = newest();
    const made = call("PUT", `${services}/${name}`, { body: modern(), isUnjudged: true });
    expect([made.status, made.body["error"]], "NET CreateServiceWithInvalidName").toEqual([
      400,
      {
        code: "InvalidServiceName",
        message: expect.stringContaining(
          `Service name '${name}' is invalid: Service name must only`,
        ),
        target: null,
        details: null,
      },
    ]);
  });

  test("a perimeter before there was one", () => {
    const { call } = newest();
    const sent = body({ publicNetworkAccess: "securedByPerimeter" });
    const made = call("PUT", service, { version: "2023-11-01", body: sent, isUnjudged: true });
    expect(made.status, "specification: two values").toBe(400);
    const now = modern({ publicNetworkAccess: "SecuredByPerimeter" });
    expect(call("PUT", service, { body: now }).status, "specification").toBe(201);
  });

  test("what is not there: 404 by ARM", () => {
    const { call } = newest();
    const asks: readonly [string, string, object?][] = [
      ["PATCH", service, { tags: {} }],
      ["POST", `${service}/listAdminKeys`],
      ["POST", `${service}/listQueryKeys`],
      ["POST", `${service}/createQueryKey/mine`],
      ["DELETE", `${service}/deleteQueryKey/key`],
      ["POST", `${service}/regenerateAdminKey/primary`],
      ["GET", `${service}/privateLinkResources`],
      ["GET", `${service}/privateEndpointConnections`],
      ["GET", `${service}/sharedPrivateLinkResources`],
      ["GET", `${service}/sharedPrivateLinkResources/one`],
      ["DELETE", `${service}/sharedPrivateLinkResources/one`],
      ["DELETE", `${service}/privateEndpointConnections/one`],
    ];
    for (const [method, id, sent] of asks)
      expect(call(method, id, sent && { body: sent }).status, `1e: ${method} ${id}`).toBe(404);
    expect(call("DELETE", service).status, "test_service_create_delete_list; specification").toBe(
      204,
    );
  });

  test("a group that is not there: 404 by ARM", () => {
    const { call } = newest();
    const there = services.replace("/rg/", "/other/");
    const answers = [
      call("GET", there),
      call("PUT", `${there}/srv`, { body: modern() }),
      call("DELETE", `${there}/srv`),
    ];
    for (const { status, body: it } of answers)
      expect([status, it["error"]?.["code"]], "1g (b)").toEqual([404, "ResourceGroupNotFound"]);
  });
});
