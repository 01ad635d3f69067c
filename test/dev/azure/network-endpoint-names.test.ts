import { describe, expect, test } from "vitest";
import {
  endpoint,
  endpointBody,
  network,
  version,
  vnet,
  vnetBody,
  withEndpoint,
  withTarget,
  workspace,
  workspaceId,
  workspaceRow,
} from "./endpoint-estate.ts";
import { group, localAzure } from "./local-azure.ts";

describe("private endpoints: names and addresses", () => {
  const three = [
    { fqdn: "sub.cognitiveservices.azure.com", ipAddresses: ["10.1.2.4"] },
    { fqdn: "sub.openai.azure.com", ipAddresses: ["10.1.2.5"] },
    { fqdn: "sub.services.ai.azure.com", ipAddresses: ["10.1.2.6"] },
  ];

  test.each([
    ["OpenAI", [{ fqdn: "sub.openai.azure.com", ipAddresses: ["10.1.2.4"] }], "endpoints: OpenAI"],
    ["FormRecognizer", three.slice(0, 1), "CLI cognitiveservices private_endpoint 22"],
    ["AIServices", three, "public templates: default, secondary, third"],
  ])("%s", (kind, names, source) => {
    const { call } = withEndpoint(kind);
    const shown = call("GET", endpoint).body["properties"];
    expect(shown?.["customDnsConfigs"], source).toEqual(names);
    const older = { version: "2022-01-01", isUnjudged: true } as const; // older than the judge's
    const nic = call("GET", String(shown?.["networkInterfaces"]?.[0]?.["id"]), older).body;
    expect(nic, "ASO 20240301 21").toMatchObject({
      managedBy: endpoint,
      kind: "Regular",
      properties: { privateEndpoint: { id: endpoint } },
    });
    expect(
      nic["properties"]?.["ipConfigurations"]?.map(({ properties }) => ({
        fqdn: properties?.["privateLinkConnectionProperties"]?.["fqdns"]?.[0],
        ipAddresses: [properties?.["privateIPAddress"]],
      })),
      "1a: the interface names the public names",
    ).toEqual(names);
  });

  test("a workspace has four names on three addresses", () => {
    const { azure, call, advance } = withTarget();
    azure.load([workspaceRow]);
    call("PUT", endpoint, { body: endpointBody(workspace, {}, ["amlworkspace"]) });
    advance(60);
    const dns = call("GET", endpoint).body["properties"]?.["customDnsConfigs"];
    expect(dns, "azure-docs how-to-custom-dns; addresses: a public exported template").toEqual([
      { fqdn: `${workspaceId}.workspace.westeurope.api.azureml.ms`, ipAddresses: ["10.1.2.4"] },
      {
        fqdn: `${workspaceId}.workspace.westeurope.cert.api.azureml.ms`,
        ipAddresses: ["10.1.2.4"],
      },
      {
        fqdn: `ml-ws-westeurope-${workspaceId}.westeurope.notebooks.azure.net`,
        ipAddresses: ["10.1.2.5"],
      },
      { fqdn: `*.${workspaceId}.inference.westeurope.api.azureml.ms`, ipAddresses: ["10.1.2.6"] },
    ]);
  });

  test("a name for the interface and static addresses are kept; all members or none", () => {
    const { azure, call, advance } = withTarget();
    azure.load([workspaceRow]);
    const fixed = (memberName: string, privateIPAddress: string) => ({
      name: memberName,
      properties: { groupId: "amlworkspace", memberName, privateIPAddress },
    });
    const ipConfigurations = [fixed("default", "10.1.2.8"), fixed("notebook", "10.1.2.9")];
    const put = () => {
      const asked = { ipConfigurations, customNetworkInterfaceName: "my-nic" };
      const body = endpointBody(workspace, asked, ["amlworkspace"]);
      return call("PUT", endpoint, { body, isUnjudged: true }); // ids of ipConfigurations
    };
    const refused = put();
    expect([refused.status, refused.body["error"]?.["code"]], "terraform 21781").toEqual([
      400,
      "PrivateEndpointIpConfigurationMissingMemberNamesRequiredByFps",
    ]);
    ipConfigurations.push(fixed("inference", "10.1.2.10"));
    put();
    advance(60);
    const shown = call("GET", endpoint, { isUnjudged: true }).body["properties"];
    expect(shown?.["networkInterfaces"], "1a").toEqual([
      { id: `${network}/networkInterfaces/my-nic` },
    ]);
    expect(shown?.["customDnsConfigs"]?.map((it) => it["ipAddresses"]?.[0])).toEqual([
      "10.1.2.8",
      "10.1.2.8",
      "10.1.2.9",
      "10.1.2.10",
    ]);
  });

  test("rows in the order of Resource Graph: names and addresses once all are there", () => {
    const { azure, call } = localAzure();
    const row = (id: string, type: string, properties: object) => ({ id, type, properties });
    azure.load([
      row(endpoint, "microsoft.network/privateendpoints", {
        provisioningState: "Succeeded",
        ...endpointBody(`${group}/providers/Microsoft.Search/searchServices/srv`).properties,
      }),
      row(vnet, "microsoft.network/virtualnetworks", vnetBody().properties),
      {
        ...row(
          `${group}/providers/Microsoft.Search/searchServices/srv`,
          "microsoft.search/searchservices",
          {},
        ),
        name: "srv",
        sku: { name: "basic" },
      },
    ]);
    const dns = call("GET", endpoint, { version }).body["properties"]?.["customDnsConfigs"];
    expect(dns, "CLI search private_endpoint_connection_crud").toEqual([
      { fqdn: "srv.search.windows.net", ipAddresses: ["10.1.2.4"] },
    ]);
  });
});
