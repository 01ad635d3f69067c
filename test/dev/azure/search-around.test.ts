import { describe, expect, test } from "vitest";
import { group, subscription, text } from "./local-azure.ts";
import { service, withService } from "./search-made.ts";

describe("around a service", () => {
  test("privateLinkResources", () => {
    const { call } = withService();
    const { body: it } = call("GET", `${service}/privateLinkResources`);
    expect(it["value"]?.[0]?.["properties"], "test_list_private_link_resources 21").toMatchObject({
      groupId: "searchService",
      requiredMembers: ["searchService"],
      requiredZoneNames: ["privatelink.search.windows.net"],
    });
  });

  test("sharedPrivateLinkResources: 202 without a body, Pending after 90 s, copied in the service", () => {
    const { call, send, advance } = withService();
    const id = `${service}/sharedPrivateLinkResources/spl`;
    const sent = { privateLinkResourceId: `${group}/x`, groupId: "blob", requestMessage: "please" };
    const made = call("PUT", id, { body: { properties: sent } });
    expect([made.status, made.body], "test_shared_private_link_resource_crud").toEqual([
      202,
      undefined,
    ]);
    const address = made.headers["azure-asyncoperation"] ?? "";
    expect(address, "1e").toContain("/operationStatuses/");
    expect(send("GET", address).body, "1e").toEqual({ status: "Running" });
    advance(91);
    expect(send("GET", address).body, "1e").toEqual({ status: "Succeeded" });
    const { body: it } = call("GET", id);
    expect(it["properties"], "1e").toMatchObject({
      ...sent,
      status: "Pending",
      provisioningState: "Succeeded",
    });
    const { body: whole } = call("GET", service);
    expect(whole["properties"]?.["sharedPrivateLinkResources"], "arm.md 1.6: copy").toEqual([it]);
  });

  test("keys are listed by POST only, and never shown", () => {
    const { call } = withService();
    const admin = call("POST", `${service}/listAdminKeys`);
    expect(Object.keys(admin.body), "aso 17").toEqual(["primaryKey", "secondaryKey"]);
    const { body: first } = call("POST", `${service}/listQueryKeys`);
    expect(first, "test_query_key 25").toEqual({
      value: [{ name: null, key: expect.any(String) }],
      nextLink: null,
    });
    const made = call("POST", `${service}/createQueryKey/mine`);
    expect([made.status, made.body["name"]], "test_query_key 26").toEqual([200, "mine"]);
    expect(
      call("POST", `${service}/listQueryKeys`).body["value"],
      "test_query_key 27",
    ).toHaveLength(2);
    const key = String(made.body["key"]);
    expect(call("DELETE", `${service}/deleteQueryKey/${key}`).status, "test_query_key 30").toBe(
      204,
    );
    expect(call("POST", `${service}/listQueryKeys`).body, "test_query_key 33").toEqual(first);
    const anew = call("POST", `${service}/regenerateAdminKey/primary`);
    expect(anew.body["primaryKey"], "specification").not.toBe(admin.body["primaryKey"]);
    expect(anew.body["secondaryKey"], "specification").toBe(admin.body["secondaryKey"]);
    expect(text(call("GET", service))).not.toContain(String(admin.body["secondaryKey"]));
  });

  test("a shared link: changed by PUT, listed, removed in 90 s", () => {
    const { call, send, advance } = withService();
    const all = `${service}/sharedPrivateLinkResources`;
    const sent = { privateLinkResourceId: `${group}/x`, groupId: "blob", requestMessage: "please" };
    const put = (more: object = {}) =>
      call("PUT", `${all}/spl`, { body: { properties: { ...sent, ...more } } });
    put();
    advance(91);
    expect(put({ requestMessage: "again" }).status, "test_shared_private_link_resource_crud").toBe(
      202,
    );
    advance(91);
    expect(call("GET", all).body["value"], "1e").toHaveLength(1);
    const gone = call("DELETE", `${all}/spl`);
    expect([gone.status, gone.body], "1e: 202 empty").toEqual([202, undefined]);
    advance(91);
    expect(send("GET", gone.headers["azure-asyncoperation"] ?? "").body, "1e").toEqual({
      status: "Succeeded",
    });
    expect(call("GET", `${all}/spl`).status).toBe(404);
  });

  test("a shared link needs a target and a group, and a tier above the free one", () => {
    const { call } = withService();
    const id = `${service}/sharedPrivateLinkResources/spl`;
    const half = { properties: { groupId: "blob" } };
    expect(call("PUT", id, { body: half }).status, "azure-docs").toBe(400);
    const { call: free } = withService({}, "free");
    const whole = { properties: { privateLinkResourceId: `${group}/x`, groupId: "blob" } };
    expect(free("PUT", id, { body: whole }).status, "azure-docs: basic and above").toBe(400);
  });

  test("names that are taken", () => {
    const { call } = withService();
    const check = (name: string) =>
      call("POST", `${subscription}/providers/Microsoft.Search/checkNameAvailability`, {
        body: { name, type: "searchServices" },
      });
    expect([check("srv").status, check("srv").body], "1e: PY").toEqual([
      200,
      { nameAvailable: false, reason: "AlreadyExists", message: null },
    ]);
    expect(check("other").body, "specification").toMatchObject({ nameAvailable: true });
    expect(check("OTHER").body, "specification").toMatchObject({ reason: "Invalid" });
  });

  test("names in a subscription where one has no role", () => {
    const { call } = withService();
    const there = `${subscription.slice(0, -1)}2/providers/Microsoft.Search/checkNameAvailability`;
    const sent = { body: { name: "srv", type: "searchServices" } };
    expect(call("POST", there, sent).status, "manners 1.9").toBe(403);
  });
});
