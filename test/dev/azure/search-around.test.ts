import { describe, expect, test } from "vitest";
import { app, subscription, text } from "./local-azure.ts";
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
    const again = call("DELETE", `${service}/deleteQueryKey/${key}`);
    expect([again.status, again.body["error"]], "NET DeleteQueryKeyIsIdempotent").toEqual([
      404,
      {
        code: "Unknown",
        message: expect.stringMatching(
          /^This API key does not exist for service 'srv'\. RequestId: /,
        ),
        target: null,
        details: null,
      },
    ]);
    expect(call("POST", `${service}/listQueryKeys`).body, "test_query_key 33").toEqual(first);
    const anew = call("POST", `${service}/regenerateAdminKey/primary`);
    expect(anew.body["primaryKey"], "test_admin_key_show_renew 4").not.toBe(
      admin.body["primaryKey"],
    );
    expect(anew.body["secondaryKey"], "test_admin_key_show_renew 4").toBe(
      admin.body["secondaryKey"],
    );
    expect(text(call("GET", service))).not.toContain(String(admin.body["secondaryKey"]));
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
    expect(check("----badname").body, "NET CheckNameAvailabilityFailsOnInvalidName").toEqual({
      nameAvailable: false,
      reason: "Invalid",
      message:
        "Service name must only contain lowercase letters, digits or dashes, cannot start or end with or contain consecutive dashes and is limited to 60 characters.",
    });
  });

  test("names in a subscription where one has no role", () => {
    const { call } = withService();
    const names = `${subscription}/providers/Microsoft.Search/checkNameAvailability`;
    const ask = { as: app, body: { name: "srv", type: "searchServices" } } as const;
    expect(call("POST", names, ask).status, "manners 1.9").toBe(403);
  });
});
