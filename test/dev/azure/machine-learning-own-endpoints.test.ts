import { describe, expect, test } from "vitest";
import { group, localAzure } from "./local-azure.ts";
import { approved, asked, network, stores, workspace } from "./machine-learning-made.ts";

describe("Microsoft's own endpoints", () => {
  const account = stores.storageAccount;
  const list = `${account}/privateEndpointConnections`;
  const ours = `${group}/providers/Microsoft.Network/privateEndpoints`;

  function provisioned() {
    const local = localAzure();
    const body = { location: "westus3", sku: { name: "Standard_LRS" }, kind: "StorageV2" };
    local.call("PUT", account, { version: "2025-01-01", body });
    local.advance(60);
    local.call("PUT", workspace, { body: asked(network(approved)) });
    local.advance(60);
    local.call("POST", `${workspace}/provisionManagedNetwork`, { body: {} });
    const shown = () => {
      const { value } = local.call("GET", list, { version: "2025-01-01" }).body;
      return (value ?? []).map((it) => it["properties"]);
    };
    return { ...local, shown };
  }

  test("are Approved on what a provisioned network leads to, and none of ours", () => {
    const { shown, advance } = provisioned();
    expect(shown(), "general 11").toEqual([]);
    advance(240);
    expect(shown(), "general 11").toHaveLength(2);
    for (const it of shown()) {
      expect(it?.["privateLinkServiceConnectionState"]?.["status"], "general 11").toBe("Approved");
      const id = String(it?.["privateEndpoint"]?.["id"]);
      expect(id, "general 11").toContain("/privateEndpoints/__SYS_PE_store_");
      expect(id.startsWith(ours), "general 11").toBe(false);
    }
  });

  test("go with their workspace", () => {
    const { call, shown, advance } = provisioned();
    advance(240);
    call("DELETE", workspace);
    advance(90);
    expect(shown(), "general 11").toEqual([]);
  });
});
