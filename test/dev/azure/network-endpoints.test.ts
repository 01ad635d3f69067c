import { describe, expect, test } from "vitest";
import { account, endpoint, endpointBody, withEndpoint, withTarget } from "./endpoint-estate.ts";
import { text } from "./local-azure.ts";

describe("private endpoints: how writes go on", () => {
  test("PUT of a new one: 201, one header, Retry-After 10, then growing", () => {
    const { call, send, advance } = withTarget();
    const answer = call("PUT", endpoint, { body: endpointBody() });
    expect([answer.status, answer.headers["retry-after"]], "1a: 84 of 84").toEqual([201, "10"]);
    expect(answer.headers, "1a: never Location").not.toHaveProperty("location");
    expect(answer.body["properties"], "1a: the 201 answer").toMatchObject({
      provisioningState: "Updating",
      customDnsConfigs: [],
      networkInterfaces: [
        { id: expect.stringMatching(/\/networkInterfaces\/pe\.nic\.[0-9a-f-]+$/) },
      ],
      privateLinkServiceConnections: [
        {
          etag: answer.body["etag"],
          properties: {
            provisioningState: "Succeeded",
            privateLinkServiceConnectionState: {
              status: "Approved",
              description: "Auto Approved",
              actionsRequired: "None",
            },
          },
        },
      ],
    });
    expect(answer.body, "1a: no systemData on any type of Network").not.toHaveProperty(
      "systemData",
    );
    expect(answer.body["location"], "1d: normalised").toBe("westeurope");
    const address = answer.headers["azure-asyncoperation"] ?? "";
    const waits = [0, 1, 2].map(() => send("GET", address).headers["retry-after"]);
    expect(waits, "PY 24 to 27").toEqual(["20", "20", "40"]);
    advance(29);
    expect(send("GET", address).body["status"], "1a: 30-50 s").toBe("InProgress");
    advance(22);
    expect(send("GET", address).body["status"], "1a").toBe("Succeeded");
    const { body } = call("GET", endpoint);
    expect(body["etag"], "1a: changes between the 201 and the final GET").not.toBe(
      answer.body["etag"],
    );
    expect(body["properties"], "1a: the target's words, the public name").toMatchObject({
      provisioningState: "Succeeded",
      customDnsConfigs: [{ fqdn: "sub.openai.azure.com", ipAddresses: ["10.1.2.4"] }],
      privateLinkServiceConnections: [
        { properties: { privateLinkServiceConnectionState: { description: "Approved" } } },
      ],
    });
    expect(Object.keys(body["properties"] ?? {}), "1a: order of keys").toEqual([
      "provisioningState",
      "resourceGuid",
      "privateLinkServiceConnections",
      "manualPrivateLinkServiceConnections",
      "customNetworkInterfaceName",
      "subnet",
      "ipConfigurations",
      "networkInterfaces",
      "customDnsConfigs",
      "isIPv6EnabledPrivateEndpoint",
    ]);
  });

  test.each([
    ["2022-01-01", {}, "asg 11"],
    ["2024-03-01", { isIPv6EnabledPrivateEndpoint: false }, "ASO 20240301 14"],
    ["2025-03-01", { ipVersionType: "IPv4" }, "1a: only at 2025-03-01"],
  ])("what %s shows beside the rest", (at, more, source) => {
    const { call } = withEndpoint();
    const { body } = call("GET", endpoint, { version: at, isUnjudged: true }); // some are older than the judge's
    expect(body["properties"], source).toMatchObject(more);
    for (const key of ["isIPv6EnabledPrivateEndpoint", "ipVersionType"])
      if (at === "2022-01-01") expect(body["properties"], source).not.toHaveProperty(key);
  });

  test.each([
    ["2019-11-01", ["customDnsConfigs", "ipConfigurations", "customNetworkInterfaceName"]],
    ["2020-11-01", ["ipConfigurations", "customNetworkInterfaceName"]],
    ["2021-03-01", []],
  ])("what %s does not show yet", (at, missing) => {
    const { body } = withEndpoint().call("GET", endpoint, { version: at, isUnjudged: true });
    const all = ["customDnsConfigs", "ipConfigurations", "customNetworkInterfaceName"];
    const shown = Object.keys(body["properties"] ?? {});
    expect(
      all.filter((it) => !shown.includes(it)),
      "azure-docs templates, change log of privateEndpoints",
    ).toEqual(missing);
  });

  test("tags alone: 200 Succeeded at once, with the header, without Retry-After", () => {
    const { call } = withEndpoint();
    const before = call("GET", endpoint).body;
    const answer = call("PUT", endpoint, { body: { ...endpointBody(), tags: { foo: "bar" } } });
    expect(answer.status, "ASO 20240301 22").toBe(200);
    expect(answer.headers, "ASO 20240301 22").toHaveProperty("azure-asyncoperation");
    expect(answer.headers, "ASO 20240301 22").not.toHaveProperty("retry-after");
    expect(answer.body, "ASO 20240301 22: all else as it was").toMatchObject({
      tags: { foo: "bar" },
      properties: {
        provisioningState: "Succeeded",
        customDnsConfigs: before["properties"]?.["customDnsConfigs"],
        networkInterfaces: before["properties"]?.["networkInterfaces"],
      },
    });
  });

  test("an update that repeats what GET gave: 200 Updating, names stay, GUID and interface too", () => {
    const { call, advance } = withEndpoint();
    const before = call("GET", endpoint).body;
    const changed = { ...before["properties"], applicationSecurityGroups: [{ id: "/asg" }] };
    const answer = call("PUT", endpoint, {
      body: { location: "westeurope", properties: changed },
      isUnjudged: true, // it sends what is read-only, and is taken
    });
    expect(answer.status, "asg 26").toBe(200);
    expect(answer.body["properties"], "asg 26: customDnsConfigs stays filled").toMatchObject({
      provisioningState: "Updating",
      resourceGuid: before["properties"]?.["resourceGuid"],
      networkInterfaces: before["properties"]?.["networkInterfaces"],
      customDnsConfigs: before["properties"]?.["customDnsConfigs"],
      applicationSecurityGroups: [{ id: "/asg" }],
    });
    const busy = call("PUT", endpoint, { body: endpointBody() });
    expect(busy.status, "not recorded: as of subnets").toBe(429);
    advance(51);
    call("PUT", endpoint, { body: endpointBody() });
    advance(51);
    expect(
      call("GET", endpoint).body["properties"],
      "2.1: PUT drops what is left out",
    ).not.toHaveProperty("applicationSecurityGroups");
  });

  test("fixed addresses come back with ids, each Succeeded while the endpoint is written", () => {
    const fixed = (name: string, more: object) => ({ name, properties: more });
    const address = { memberName: "default", groupId: "account", privateIPAddress: "10.1.2.9" };
    const ipConfigurations = [fixed("a", address), fixed("b", { privateIPAddress: "10.1.2.6" })];
    const { call, advance } = withTarget();
    const asked = endpointBody(account, { ipConfigurations });
    const made = call("PUT", endpoint, { body: asked, isUnjudged: true }).body; // the schema lacks the ids
    const shape = (etag: unknown) =>
      ipConfigurations.map(({ name, properties }) => ({
        name,
        id: `${endpoint}/ipConfigurations/${name}`,
        etag,
        type: "Microsoft.Network/privateEndpoints/ipConfigurations",
        properties: { provisioningState: "Succeeded", ...properties },
      }));
    expect(made["properties"]?.["ipConfigurations"], "1a: ip_config 8").toEqual(
      shape(made["etag"]),
    );
    advance(51);
    const { etag, properties } = call("GET", endpoint, { isUnjudged: true }).body;
    expect(properties?.["ipConfigurations"], "1a: ip_config 12").toEqual(shape(etag));
    const echoed = endpointBody(account, { ipConfigurations: properties?.["ipConfigurations"] });
    const again = call("PUT", endpoint, { body: echoed, isUnjudged: true }); // read-only keys
    expect(again.body["properties"]?.["provisioningState"], "what it shows is no change").toBe(
      "Succeeded",
    );
  });

  test("a write that a DELETE cuts short ends as Canceled and leaves nothing", () => {
    const { call, send, advance } = withTarget();
    const made = call("PUT", endpoint, { body: endpointBody() });
    const gone = call("DELETE", endpoint);
    expect(gone.status, "accepted while it is written").toBe(202);
    const poll = () => send("GET", made.headers["azure-asyncoperation"] ?? "").body["status"];
    expect(poll(), "1b: recorded of a group").toBe("Canceled");
    advance(60);
    expect([poll(), call("GET", endpoint).status]).toEqual(["Canceled", 404]);
    expect(call("GET", account).body["properties"]?.["privateEndpointConnections"]).toEqual([]);
  });

  test("DELETE: 202 with both headers; its interface and its connection go with it", () => {
    const { call, send, advance } = withEndpoint();
    const [nic] = call("GET", endpoint).body["properties"]?.["networkInterfaces"] ?? [];
    const { status, headers, body } = call("DELETE", endpoint);
    expect([status, body, headers["retry-after"]], "1a: 18 of 18").toEqual([202, undefined, "10"]);
    advance(31);
    expect(send("GET", headers["location"] ?? "").status, "PY 57").toBe(204);
    expect(call("GET", endpoint).body["error"]?.["code"], "ASO 43").toBe("ResourceNotFound");
    expect(call("GET", String(nic?.["id"])).status).toBe(404);
    expect(call("GET", account).body["properties"]?.["privateEndpointConnections"]).toEqual([]);
    call("PUT", endpoint, { body: endpointBody() });
    advance(60);
    const again = call("GET", endpoint).body["properties"];
    expect(again?.["networkInterfaces"]?.[0]?.["id"], "1a: a new interface").not.toBe(nic?.["id"]);
    expect(text({ body: again?.["customDnsConfigs"] as never }), "its address is free").toContain(
      "10.1.2.4",
    );
  });

  test("no PATCH; events name the endpoint", () => {
    const { call, events } = withEndpoint();
    const patched = call("PATCH", endpoint, { body: { tags: {} }, isUnjudged: true });
    expect(patched.status, "1a: 0 PATCH").toBe(405);
    const made = events
      .filter((it) => it.subject === endpoint)
      .map((it) => it.data["operationName"]);
    expect(made[0], "arm.md 4.1").toBe("Microsoft.Network/privateEndpoints/write");
  });
});
