import { describe, expect, test } from "vitest";
import { group } from "./local-azure.ts";
import { global, link, linkTo, network, vnet, withZone, zone } from "./private-dns-made.ts";

describe("zones", () => {
  test("PUT: 202 `{}` with both headers and Retry-After 30; polls are 202 while it runs", () => {
    const { call, send, advance } = withZone();
    for (const [method, source] of [
      ["PUT", "1c: zone 80 of 80, also for one that is there"],
      ["PATCH", "test_PatchZone_ZoneExistsAddTags"],
    ] as const) {
      const { status, body, headers } = call(method, zone, {
        body: { ...global, tags: { a: "b" } },
      });
      expect([status, body, headers["retry-after"]], source).toEqual([202, {}, "30"]);
      expect(headers, "test_PutZone_ZoneNotExistsWithTags 1").not.toHaveProperty("etag");
      const [address = "", location = ""] = [headers["azure-asyncoperation"], headers["location"]];
      expect(address, "1c").toContain(
        `${group}/providers/Microsoft.Network/privateDnsOperationStatuses/`,
      );
      const running = send("GET", address);
      expect([running.status, running.body, running.headers["retry-after"]], "1c: 114").toEqual([
        202,
        { status: "InProgress" },
        "30",
      ]);
      expect(running.headers, "1c: handed out again").toMatchObject({
        "azure-asyncoperation": address,
        location,
      });
      advance(36);
      expect([send("GET", address).status, send("GET", address).body], "1c: 113").toEqual([
        200,
        { status: "Succeeded" },
      ]);
      expect([send("GET", location).status, send("GET", location).body], "PS 2024-10-17").toEqual([
        200,
        {},
      ]);
    }
    expect(call("GET", zone).body["tags"]).toEqual({ a: "b" });
  });

  test("GET: counters, bare etag, internalId since 2024-06-01, no systemData", () => {
    const { call } = withZone();
    const { body, headers } = call("GET", zone);
    expect(body, "ASO PrivateDnsZone 6").toEqual({
      id: zone,
      name: "contoso.test",
      type: "Microsoft.Network/privateDnsZones",
      etag: expect.stringMatching(/^[0-9a-f-]{36}$/),
      location: "global",
      properties: {
        internalId: expect.stringMatching(/^SW1tdXRhYmxlWm9uZUlkZW50aXR5O/),
        maxNumberOfRecordSets: 25000,
        maxNumberOfVirtualNetworkLinks: 1000,
        maxNumberOfVirtualNetworkLinksWithRegistration: 100,
        numberOfRecordSets: 1,
        numberOfVirtualNetworkLinks: 0,
        numberOfVirtualNetworkLinksWithRegistration: 0,
        provisioningState: "Succeeded",
      },
    });
    expect(headers["etag"], "1c: the same in the header").toBe(body["etag"]);
    const older = call("GET", zone, { version: "2018-09-01" }).body;
    expect(older["properties"], "1c: 2024-06-01 adds it").not.toHaveProperty("internalId");
  });

  test("counters of their own in place of ARM's", () => {
    const { call } = withZone();
    const counter = "x-ms-ratelimit-remaining-subscription-resource-requests";
    const read = call("GET", zone).headers;
    expect(read[counter], "1c: 500 GETs").toBe("499");
    expect(read, "manners 1.7: 3,871 of 3,871").not.toHaveProperty(
      "x-ms-ratelimit-remaining-subscription-global-reads",
    );
    expect(call("PUT", zone, { body: global }).headers[counter], "1c: 12,000 writes").toBe("11999");
  });

  test("preconditions are accepted and fail inside the poll, under HTTP 200; nothing is written", () => {
    const { call, ended } = withZone();
    for (const [headers, message] of [
      [
        { "if-none-match": "*" },
        "The Zone contoso.test exists already and hence cannot be created again.",
      ],
      [{ "if-match": "other" }, "The Zone contoso.test has been modified (etag mismatch)."],
    ] as const) {
      const before = call("GET", zone).body;
      const ask = { headers, body: { ...global, tags: { a: "b" } } };
      expect(call("PUT", zone, ask).status, "1c: 4 of 4").toBe(202);
      const poll = ended("PUT", zone, ask);
      expect([poll.status, poll.body], "test_PutZone_…IfNoneMatchFailure 9").toEqual([
        200,
        { status: "Failed", error: { code: "PreconditionFailed", message } },
      ]);
      expect(call("GET", zone).body).toEqual(before);
    }
    const stale = { headers: { "if-match": "other" } };
    expect(call("DELETE", zone, stale).status, "PS TestZoneRemoveEtagMismatch 2020").toBe(202);
    expect(ended("DELETE", zone, stale).body).toEqual({
      status: "Failed",
      error: {
        code: "PreconditionFailed",
        message: "The Zone contoso.test has been modified (etag mismatch).",
      },
    });
    const { etag } = call("GET", zone).body;
    const ask = { headers: { "if-match": String(etag) }, body: { tags: { a: "b" } } };
    expect(ended("PATCH", zone, ask).body["status"], "PatchZone_IfMatchSuccess").toBe("Succeeded");
    expect(call("GET", zone).body["etag"], "1c: every write moves it").not.toBe(etag);
  });

  test("a name of one label fails inside the poll", () => {
    const { ended } = withZone();
    const poll = ended("PUT", `${network}/privateDnsZones/contoso`, { body: global });
    expect(poll.body["error"]?.["code"], "provider-upjet-azure 19").toBe("BadRequest");
  });

  test("DELETE: refused by the gateway while links are there; absent is 204", () => {
    const { call, ended } = withZone();
    ended("PUT", link, { body: linkTo(vnet) });
    const refused = call("DELETE", zone);
    expect(refused.status, "1c: 10 times").toBe(409);
    expect(refused.headers["x-ms-failure-cause"], "1c: gateway, sync").toBe("gateway");
    expect(refused.body["error"], "ASO PrivateDnsZone 29").toEqual({
      code: "CannotDeleteResource",
      message:
        "Cannot delete resource while nested resources exist. Some existing nested resource IDs include: 'Microsoft.Network/privateDnsZones/contoso.test/virtualNetworkLinks/link'. Please delete all nested resources before deleting this resource.",
    });
    call("DELETE", link);
    expect(call("DELETE", zone).status, "1c: until the link's delete has ended").toBe(409);
    ended("DELETE", link);
    expect(ended("DELETE", zone).body["status"]).toBe("Succeeded");
    expect(call("GET", zone).body["error"]?.["code"]).toBe("ResourceNotFound");
    expect([call("DELETE", zone).status, call("DELETE", link).status], "1c: 3 of 3").toEqual([
      204, 204,
    ]);
    const nowhere = zone.replace("/rg/", "/nowhere/");
    expect(call("DELETE", nowhere).body["error"]?.["code"], "1c").toBe("ResourceGroupNotFound");
  });
});
