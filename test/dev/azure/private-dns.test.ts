import { describe, expect, test } from "vitest";
import { app, group, localAzure, subscription, text } from "./local-azure.ts";

const network = `${group}/providers/Microsoft.Network`;
const zone = `${network}/privateDnsZones/contoso.test`;
const vnet = `${network}/virtualNetworks/vnet`;
const link = `${zone}/virtualNetworkLinks/link`;
const version = "2024-06-01";
const global = { location: "global" };
const linkTo = (id: string, properties: object = {}) => ({
  ...global,
  properties: { virtualNetwork: { id }, registrationEnabled: false, ...properties },
});

/** A network, a zone, and a `call` that speaks DNS's api-version where none is given. */
function withZone() {
  const local = localAzure();
  const call: typeof local.call = (method, id, ask) =>
    local.call(method, id, {
      version: /privateDnsZones/i.test(id.split("/providers/")[1] ?? "") ? version : "2024-03-01",
      ...ask,
    });
  const properties = { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } };
  call("PUT", vnet, { body: { location: "westeurope", properties } });
  call("PUT", zone, { body: global });
  local.advance(60);
  /** What the operation of a write ends with. */
  const ended = (method: string, id: string, ask: Parameters<typeof call>[2] = {}) => {
    const { headers } = call(method, id, ask);
    local.advance(120);
    return local.send("GET", headers["azure-asyncoperation"] ?? "");
  };
  return { ...local, call, ended };
}

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

describe("links", () => {
  test("202 `{}`; the etag's quotes are part of the text; absent is named whole", () => {
    const { call, advance } = withZone();
    const { status, body, headers } = call("PUT", link, { body: linkTo(vnet) });
    expect([status, body, headers["retry-after"]], "1c: link 19 of 19").toEqual([202, {}, "30"]);
    expect(call("GET", link).body["properties"]?.["virtualNetworkLinkState"]).toBe("InProgress");
    advance(61);
    expect(call("GET", link).body, "ASO PrivateDnsZone 22").toEqual({
      id: link,
      name: "link",
      type: "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
      etag: expect.stringMatching(/^"[0-9a-f]{8}-0000-0100-0000-[0-9a-f]{12}"$/),
      location: "global",
      properties: {
        provisioningState: "Succeeded",
        registrationEnabled: false,
        virtualNetwork: { id: vnet },
        virtualNetworkLinkState: "Completed",
      },
    });
    const counted = call("GET", zone).body["properties"];
    expect(counted?.["numberOfVirtualNetworkLinks"]).toBe(1);
    expect(text(call("GET", `${link}x`)), "test_GetLink_LinkNotExists 6").toContain(
      "The Resource 'Microsoft.Network/privateDnsZones/contoso.test/virtualNetworkLinks/linkx'",
    );
  });

  test("registration: still InProgress after the operation has succeeded", () => {
    const { call, advance, send } = withZone();
    const { headers } = call("PUT", link, { body: linkTo(vnet, { registrationEnabled: true }) });
    advance(61);
    expect(send("GET", headers["azure-asyncoperation"] ?? "").body["status"]).toBe("Succeeded");
    expect(
      call("GET", link).body["properties"],
      "test_PatchLink_DisableRegistration 10",
    ).toMatchObject({
      provisioningState: "Succeeded",
      virtualNetworkLinkState: "InProgress",
    });
    call("PATCH", link, { body: { properties: { registrationEnabled: false } } });
    const state = () => call("GET", link).body["properties"]?.["provisioningState"];
    while (String(state()) !== "Succeeded") advance(1); // earlier than turning it on would have ended
    expect(
      call("GET", link).body["properties"],
      "test_PatchLink_DisableRegistration 14",
    ).toMatchObject({
      registrationEnabled: false,
      virtualNetworkLinkState: "Completed",
    });
  });

  test.each([
    ["privatelink.openai.azure.com", version, "Default", "PS 2024-10-22"],
    ["privatelink.openai.azure.com", "2020-06-01", undefined, "1c: absent at <=2020-06-01"],
    ["contoso.test", version, undefined, "1c: absent for other zones"],
  ])("resolutionPolicy of %s at %s: %s", (name, at, policy, source) => {
    const { call, ended } = withZone();
    const named = `${network}/privateDnsZones/${name}`;
    ended("PUT", named, { body: global });
    ended("PUT", `${named}/virtualNetworkLinks/l`, { body: linkTo(vnet) });
    const { body } = call("GET", `${named}/virtualNetworkLinks/l`, { version: at });
    expect(body["properties"]?.["resolutionPolicy"], source).toBe(policy);
  });

  test("what fails, fails inside the poll", () => {
    const { ended, azure, call } = withZone();
    azure.load([
      {
        id: `${subscription}/resourceGroups/other/providers/Microsoft.Network/privateDnsZones/contoso.test`,
      },
      { id: `${network}/privateDnsZones/second.test` },
    ]);
    const twin = `${subscription}/resourceGroups/other/providers/Microsoft.Network/privateDnsZones/contoso.test/virtualNetworkLinks/l`;
    const second = `${network}/privateDnsZones/second.test/virtualNetworkLinks/l`;
    const registering = linkTo(vnet, { registrationEnabled: true });
    expect(ended("PUT", link, { body: registering }).body["status"]).toBe("Succeeded");
    const failing = [
      [link, { "if-none-match": "*" }, linkTo(vnet), "PreconditionFailed", "PutLink 20"],
      [link, { "if-match": "x" }, linkTo(vnet), "PreconditionFailed", "PatchLink 13"],
      [twin, {}, linkTo(vnet), "BadRequest", "1c: public text"],
      [second, {}, registering, "Conflict", "1c: public text"],
      [second, {}, linkTo(`${vnet}x`), "BadRequest", "not recorded"],
    ] as const;
    for (const [id, headers, body, code, source] of failing) {
      const poll = ended("PUT", id, { headers, body });
      expect([poll.status, poll.body["status"], poll.body["error"]?.["code"]], source).toEqual([
        200,
        "Failed",
        code,
      ]);
    }
    expect(call("GET", twin).status).toBe(404);
    expect(ended("PUT", second, { body: linkTo(vnet) }).body["status"]).toBe("Succeeded");
  });

  test("whoever may not join the network is refused by ARM", () => {
    const { azure, call } = withZone();
    azure.grant(app, ["Microsoft.Network/privateDnsZones/*"], subscription);
    const refused = call("PUT", link, { as: app, body: linkTo(vnet) });
    expect(
      [refused.status, refused.body["error"]?.["code"]],
      "azure-docs private-dns-rbac",
    ).toEqual([403, "LinkedAuthorizationFailed"]);
  });
});

describe("record sets", () => {
  const record = `${zone}/A/web`;
  const one = { properties: { ttl: 3600, aRecords: [{ ipv4Address: "10.0.0.1" }] } };

  test("201, then 200, DELETE 200, absent 204: all at once", () => {
    const { call } = withZone();
    const made = call("PUT", `${zone}/a/web`, {
      body: { properties: { ttl: 3600 } },
      isUnjudged: true, // the specification has capitals only
    });
    expect([made.status, made.body], "test_CrudRecordSet; url type in any case").toEqual([
      201,
      {
        id: record,
        name: "web",
        type: "Microsoft.Network/privateDnsZones/A",
        etag: expect.stringMatching(/^[0-9a-f-]{36}$/),
        properties: { fqdn: "web.contoso.test.", ttl: 3600, aRecords: [], isAutoRegistered: false },
      },
    ]);
    expect(made.headers, "1c: sync").not.toHaveProperty("azure-asyncoperation");
    expect(call("PUT", record, { body: one }).status, "test_ListRecordSets 9").toBe(200);
    expect(call("GET", zone).body["properties"]?.["numberOfRecordSets"]).toBe(2);
    expect(call("DELETE", record).status, "ASO PrivateDnsZone 20").toBe(200);
    expect(call("DELETE", record).status, "1c").toBe(204);
    const older = { version: "2018-09-01", isUnjudged: true } as const; // older than the judge's, who wants an envelope
    const gone = call("GET", record, older);
    expect([gone.status, gone.body], "1c: bare").toEqual([
      404,
      {
        code: "NotFound",
        message: `The resource record 'web' does not exist in resource group 'rg' of subscription '${subscription.slice(15)}'.`,
      },
    ]);
    const orphan = call("PUT", record.replace("contoso", "absent"), { body: one });
    expect(orphan.body["error"], "test_PutRecordSet_ZoneNotExists 1").toMatchObject({
      code: "ParentResourceNotFound",
      message: expect.stringContaining(
        "Failed to perform 'write' on resource(s) of type 'privateDnsZones/A'",
      ),
    });
  });

  test.each([
    ["if-none-match", "*", "The Record set web exists already and hence cannot be created again."],
    ["if-match", "other", "The Record set web has been modified (etag mismatch)."],
  ])("a real 412 for %s, bare", (header, value, message) => {
    const { call } = withZone();
    call("PUT", record, { body: one });
    const older = { version: "2018-09-01", isUnjudged: true } as const; // older than the judge's, who wants an envelope
    const { status, body } = call("PUT", record, {
      ...older,
      body: one,
      headers: { [header]: value },
    });
    expect([status, body], "PutRecordSet 10, PatchRecordSet 11").toEqual([
      412,
      { code: "PreconditionFailed", message },
    ]);
  });

  test.each([
    ["AAAA", { aaaaRecords: [] }],
    ["CNAME", {}],
    ["MX", { mxRecords: [] }],
    ["PTR", { ptrRecords: [] }],
    ["SRV", { srvRecords: [] }],
    ["TXT", { txtRecords: [] }],
  ])("%s", (type, empty) => {
    const { call } = withZone();
    const id = `${zone}/${type}/web`;
    const { body } = call("PUT", id, { body: { properties: { ttl: 3600 } } });
    expect(body["properties"], "test_ListRecordSetsAcrossType 10 to 33").toEqual({
      fqdn: "web.contoso.test.",
      ttl: 3600,
      ...empty,
      isAutoRegistered: false,
    });
  });

  test("SOA at birth, its serial number stays; ALL lists every type", () => {
    const { call, send } = withZone();
    call("PUT", record, { body: one });
    const soaRecord = { email: "a.b", expireTime: 1, host: "azureprivatedns.net", serialNumber: 5 };
    const { body } = call("PUT", `${zone}/SOA/@`, { body: { properties: { ttl: 60, soaRecord } } });
    expect(body["properties"], "test_PatchRecordSet_Soa 7, 10").toEqual({
      fqdn: "contoso.test.",
      ttl: 60,
      soaRecord: { ...soaRecord, serialNumber: 1 },
      isAutoRegistered: false,
    });
    const all = call("GET", `${zone}/ALL`).body;
    expect(
      all["value"]?.map((it) => String(it["type"]).split("/").at(-1)),
      "ListAcrossType 35",
    ).toEqual(["SOA", "A"]);
    expect(all, "1c: no nextLink").not.toHaveProperty("nextLink");
    const suffixed = (end: string) =>
      send("GET", `${zone}/A?api-version=${version}&$recordsetnamesuffix=${end}`).body["value"];
    expect([suffixed("EB"), suffixed("x")], "specification").toMatchObject([[{ name: "web" }], []]);
  });
});
