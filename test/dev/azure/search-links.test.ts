import { describe, expect, test } from "vitest";
import { group } from "./local-azure.ts";
import { service, withService } from "./search-made.ts";

describe("shared private links", () => {
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
      resourceRegion: null,
    });
    const { body: whole } = call("GET", service);
    expect(whole["properties"]?.["sharedPrivateLinkResources"], "arm.md 1.6: copy").toEqual([it]);
  });

  test("a shared link: changed by PUT, listed, removed in 30 s", () => {
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
    expect(call("GET", all).body, "test_shared_private_link_resource_crud 17").toEqual({
      value: [expect.objectContaining({ name: "spl" })],
      nextLink: null,
    });
    const gone = call("DELETE", `${all}/spl`);
    expect([gone.status, gone.body], "1e: 202 empty").toEqual([202, undefined]);
    const address = gone.headers["azure-asyncoperation"] ?? "";
    expect(gone.headers, "of 2025; 2021 had both").not.toHaveProperty("location");
    expect(send("GET", address).body, "of 2025: another word than a PUT's").toEqual({
      status: "InProgress",
    });
    advance(31);
    expect(send("GET", address).body, "06:31:55 to 06:32:26").toEqual({ status: "Succeeded" });
    expect(call("GET", all).body, "21").toEqual({ value: [], nextLink: null });
    const { status, headers, body: it } = call("GET", `${all}/spl`);
    expect([status, it["error"]], "22").toEqual([
      404,
      {
        code: "ResourceNotFound",
        message: expect.stringMatching(
          /^Could not find sharedPrivateLinkResource 'spl' for searchService 'srv' in subscription '.+', resourceGroupName 'rg'\. RequestId: /,
        ),
        target: null,
        details: null,
      },
    ]);
    expect(headers, "22: by Search, not the gateway").not.toHaveProperty("x-ms-failure-cause");
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
});
