import { describe, expect, test } from "vitest";
import { body, newest, service, withService } from "./search-made.ts";

/** The judge has no schemas of it. */
const preview = { version: "2026-03-01-preview", isUnjudged: true } as const;

describe("services at 2026-03-01-preview", () => {
  test("a new one: more to read, states written large, Entra ID beside the keys", () => {
    const { call, advance } = newest();
    const { status, body: made } = call("PUT", service, {
      ...preview,
      body: body({ hostingMode: "default", publicNetworkAccess: "enabled" }, "standard"),
    });
    expect(status, "test_service_knowledge_retrieval 2").toBe(201);
    expect(made["tags"], "test_service_knowledge_retrieval 2").toEqual({});
    expect(made["properties"], "test_service_knowledge_retrieval 2").toEqual({
      replicaCount: 1,
      partitionCount: 1,
      endpoint: "https://srv.search.windows.net",
      status: "provisioning",
      statusDetails: "",
      provisioningState: "Provisioning",
      hostingMode: "default",
      computeType: "Default",
      publicNetworkAccess: "Enabled",
      networkRuleSet: { ipRules: [], bypass: "None" },
      privateEndpointConnections: [],
      sharedPrivateLinkResources: [],
      encryptionWithCmk: {
        enforcement: "Unspecified",
        encryptionComplianceStatus: "Compliant",
        serviceLevelEncryptionKey: null,
      },
      disableLocalAuth: false,
      authOptions: { aadOrApiKey: { aadAuthFailureMode: "http401WithBearerChallenge" } },
      disabledDataExfiltrationOptions: [],
      dataExfiltrationProtections: [],
      semanticSearch: "free",
      knowledgeRetrieval: "free",
      upgradeAvailable: "notAvailable",
      serviceUpgradedAt: null,
    });
    advance(1140);
    const { body: now } = call("GET", service, preview);
    expect(now["properties"]?.["provisioningState"]).toBe("Succeeded");
    const { body: older } = call("GET", service, { isUnjudged: true });
    expect(older["properties"], "the same service for who asks at 2025-05-01").toMatchObject({
      provisioningState: "succeeded",
      encryptionWithCmk: { enforcement: "Unspecified", encryptionComplianceStatus: "Compliant" },
      authOptions: { aadOrApiKey: { aadAuthFailureMode: "http401WithBearerChallenge" } },
    });
  });

  test("a key for all of the service: shown, at no cost of time", () => {
    const { call } = withService();
    const serviceLevelEncryptionKey = {
      keyVaultKeyName: "key",
      keyVaultKeyVersion: "3e962d7575334ce2b2635cf1212134e5",
      keyVaultUri: "https://kv.vault.azure.net/",
    };
    const sent = { encryptionWithCmk: { enforcement: "Enabled", serviceLevelEncryptionKey } };
    const { status, body: it } = call("PATCH", service, { ...preview, body: { properties: sent } });
    expect(status).toBe(200);
    expect(it["properties"], "test_service_update_service_level_encryption_key").toMatchObject({
      status: "running",
      provisioningState: "Succeeded",
      encryptionWithCmk: {
        enforcement: "Enabled",
        encryptionComplianceStatus: "Compliant",
        serviceLevelEncryptionKey,
      },
    });
    const { body: older } = call("GET", service);
    expect(older["properties"]?.["encryptionWithCmk"], "not in what 2025-05-01 knows").toEqual({
      enforcement: "Enabled",
      encryptionComplianceStatus: "Compliant",
    });
  });
});
