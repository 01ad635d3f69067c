import { describe, expect, test } from "vitest";
import { subscription } from "./local-azure.ts";
import {
  body,
  endpoint,
  modern,
  newest,
  service,
  stateOfService,
  version,
  withService,
} from "./search-made.ts";

/** Letters and versions that the judge does not know. */
const unjudged = { isUnjudged: true } as const;

describe("services: what they show", () => {
  test("defaults, and the region by its display name", () => {
    const { call, advance } = newest();
    call("PUT", service, { body: body(), ...unjudged });
    advance(1200);
    const { body: it } = call("GET", service, unjudged);
    expect(it["location"], "1e: display name whatever was sent").toBe("East US 2 EUAP");
    expect(it["tags"], "PS 2025-09-26: tags are {} when none were sent").toEqual({});
    expect(it["properties"], "PS 2025-09-26").toEqual({
      replicaCount: 1,
      partitionCount: 1,
      endpoint: "https://srv.search.windows.net",
      status: "running",
      statusDetails: "",
      provisioningState: "succeeded",
      hostingMode: "Default", // PS 2025-10-02
      computeType: "Default",
      publicNetworkAccess: "Enabled",
      networkRuleSet: { ipRules: [], bypass: "None" },
      privateEndpointConnections: [],
      sharedPrivateLinkResources: [],
      encryptionWithCmk: { enforcement: "Unspecified", encryptionComplianceStatus: "Compliant" },
      disableLocalAuth: false,
      authOptions: { apiKeyOnly: {} },
      dataExfiltrationProtections: [],
      semanticSearch: "free",
      upgradeAvailable: "notAvailable",
      serviceUpgradedAt: null,
    });
    expect(Object.keys(it["systemData"] ?? {}), "1e: only createdAt").toEqual(["createdAt"]);
  });

  test.each([
    ["2015-08-19", undefined, "Default", "NET 2019"],
    ["2020-08-01", undefined, "Default", "PS TestRemoveSearchService"],
    ["2022-09-01", "default", "default", "aso 3"],
    ["2023-11-01", undefined, "Default", "PS TestNewSearchServiceSemanticDisabled"],
    ["2025-05-01", undefined, "Default", "PS 2025-10-02"],
    ["2025-05-01", "default", "default", "PS 2025-09-26"],
  ])("hostingMode at %s: %s is %s", (at, sent, shown, source) => {
    const { call, advance } = newest();
    const ask = { version: at, ...unjudged };
    const made = call("PUT", service, { ...ask, body: body({ hostingMode: sent }) });
    expect(made.body["properties"]?.["hostingMode"], source).toBe(shown);
    advance(1200);
    const other = shown === "Default" ? "default" : "Default";
    call("PATCH", service, { ...ask, body: { properties: { hostingMode: other } } });
    expect(
      call("GET", service, ask).body["properties"]?.["hostingMode"],
      "NET CanAddAndRemoveServiceIdentity",
    ).toBe(shown);
  });

  test.each([
    ["2015-08-19", "publicNetworkAccess", "replicaCount"],
    ["2020-03-13", "disableLocalAuth", "sharedPrivateLinkResources"],
    ["2020-08-01", "disableLocalAuth", "sharedPrivateLinkResources"],
    ["2022-09-01", "semanticSearch", "authOptions"],
    ["2023-11-01", "computeType", "semanticSearch"],
    ["2025-05-01", "knowledgeRetrieval", "computeType"],
  ])("at %s no %s, but %s", (at, absent, present) => {
    const { call } = withService();
    const { body: it } = call("GET", service, { version: at, ...unjudged });
    expect(it["properties"], "specification").not.toHaveProperty(absent);
    expect(it["properties"], "specification").toHaveProperty(present);
  });

  test("older api-versions show less", () => {
    const { call } = withService();
    const { body: at2023 } = call("GET", service, { version: "2023-11-01", ...unjudged });
    expect(at2023["properties"]?.["semanticSearch"], "test_service_update_ip_rules 20").toBe(
      "free",
    );
    expect(at2023, "1e: no systemData up to 2023-11-01").not.toHaveProperty("systemData");
    expect(at2023["properties"], "test_service_create_auth 2").not.toHaveProperty("computeType");
    const { body: at2022 } = call("GET", service, { version: "2022-09-01", ...unjudged });
    expect(at2022["properties"], "test_service_update_ip_rules 21").not.toHaveProperty(
      "semanticSearch",
    );
  });

  test("lists carry nextLink null, and up to 2022-09-01 the etag in the body", () => {
    const { call } = withService();
    const path = service.slice(0, service.lastIndexOf("/"));
    const old = call("GET", path, { version: "2022-09-01", ...unjudged });
    const { etag } = call("GET", service).headers;
    expect(old.body["nextLink"], "test_service_create_delete_list 4").toBeNull();
    expect(old.body["value"]?.[0]?.["properties"]?.["eTag"], "delete_list 4").toBe(etag);
    const now = call("GET", path, { version: "2023-11-01" });
    expect(now.body["value"]?.[0]?.["properties"], "1e: 2020-08 to 2022-09").not.toHaveProperty(
      "eTag",
    );
    const everywhere = `${subscription}/providers/Microsoft.Search/searchServices`;
    expect(call("GET", everywhere).body["value"], "the list of a subscription").toHaveLength(1);
    call("DELETE", service);
    expect(call("GET", path).body, "test_service_create_delete_list 11").toEqual({ value: [] });
  });

  test("a loaded service is at rest and shows its connections", () => {
    const { azure, call } = newest();
    const connection = {
      id: `${service}/privateEndpointConnections/pe.1`,
      name: "pe.1",
      type: "Microsoft.Search/searchServices/privateEndpointConnections",
      properties: {
        privateEndpoint: { id: endpoint },
        privateLinkServiceConnectionState: { status: "Approved" },
        provisioningState: "Succeeded",
        groupId: "searchService",
      },
    };
    const properties = {
      publicNetworkAccess: "disabled",
      privateEndpointConnections: [connection],
    };
    azure.load([{ id: service, ...modern(properties), type: "microsoft.search/searchservices" }]);
    const { body: it } = call("GET", service, { version });
    expect(it["properties"]?.["privateEndpointConnections"], "crud 35").toEqual([connection]);
    expect(stateOfService({ body: it })).toEqual(["running", "succeeded"]);
  });
});
