import { expect, test } from "vitest";
import { group, localAzure } from "./local-azure.ts";

const network = `${group}/providers/Microsoft.Network`;
const vnet = `${network}/virtualNetworks/vnet`;
const rules = `${network}/networkSecurityGroups/nsg`;
const storageAccountId = `${group}/providers/Microsoft.Storage/storageAccounts/logs`;
const workspaceId = `${group}/providers/Microsoft.OperationalInsights/workspaces/logs`;
const version = "2021-05-01-preview";
const at = (scope: string, name = "all") =>
  `${scope}/providers/Microsoft.Insights/diagnosticSettings/${name}`;
const shownAt = (scope: string) =>
  `${scope.toLowerCase()}/providers/microsoft.insights/diagnosticSettings/all`;
const retentionPolicy = { enabled: false, days: 0 };

function withNetwork() {
  const { call, azure } = localAzure();
  azure.load([
    { id: vnet, location: "westeurope", properties: {} },
    { id: rules, location: "westeurope", properties: {} },
  ]);
  /** Refusals are bare, as the recorded 404 is; the judge wants an envelope. */
  const put = (scope: string, properties: object, name?: string, isUnjudged?: true) =>
    call("PUT", at(scope, name), {
      version,
      body: { properties },
      ...(isUnjudged && { isUnjudged }),
    });
  return { call, put };
}

const allLogs = { logs: [{ categoryGroup: "allLogs", enabled: true }], storageAccountId };

test("PUT is 200 always; every key is there; the id is in small letters", () => {
  const { put } = withNetwork();
  const made = put(vnet, allLogs);
  expect([made.status, made.headers["etag"]], "ASO DiagnosticSetting 10").toEqual([200, undefined]);
  expect(made.body, "ASO DiagnosticSetting 10").toEqual({
    id: shownAt(vnet),
    type: "Microsoft.Insights/diagnosticSettings",
    name: "all",
    location: null,
    kind: null,
    tags: null,
    properties: {
      storageAccountId,
      serviceBusRuleId: null,
      workspaceId: null,
      eventHubAuthorizationRuleId: null,
      eventHubName: null,
      metrics: [],
      logs: [{ category: null, categoryGroup: "allLogs", enabled: true, retentionPolicy }],
      logAnalyticsDestinationType: null,
    },
    identity: null,
  });
  expect(put(vnet, allLogs).status, "manners 1.2").toBe(200);
});

test("GET adds where the resource is and the metrics that are off", () => {
  const { call, put } = withNetwork();
  const made = put(vnet, allLogs);
  const { body } = call("GET", at(vnet), { version });
  expect(body, "ASO DiagnosticSetting 11").toEqual({
    ...made.body,
    location: "westeurope",
    properties: {
      ...made.body["properties"],
      metrics: [{ category: "AllMetrics", enabled: false, retentionPolicy }],
    },
  });
  const list = `${vnet}/providers/Microsoft.Insights/diagnosticSettings`;
  expect(call("GET", list, { version }).body["value"], "CLI monitor 11").toEqual([body]);
});

test("a category by itself: the others are off", () => {
  const { call, put } = withNetwork();
  const one = { category: "NetworkSecurityGroupEvent", enabled: true };
  const properties = { logs: [one], workspaceId, logAnalyticsDestinationType: "Dedicated" };
  expect(put(rules, properties).body["properties"], "CLI monitor 15").toMatchObject({
    workspaceId,
    logAnalyticsDestinationType: "Dedicated",
    metrics: [],
    logs: [{ ...one, categoryGroup: null }],
  });
  const logs = call("GET", at(rules), { version }).body["properties"]?.["logs"];
  expect(
    logs?.map((it) => [it["category"], it["enabled"]]),
    "recorded: GET adds what is off",
  ).toEqual([
    ["NetworkSecurityGroupEvent", true],
    ["NetworkSecurityGroupRuleCounter", false],
  ]);
});

test("DELETE 200; absent: a bare 404; nobody to send to, a foreign category, a sink used twice", () => {
  const { call, put } = withNetwork();
  put(vnet, allLogs);
  const twice = put(vnet, allLogs, "other", true);
  expect([twice.status, twice.body["code"]], "public text").toEqual([409, "Conflict"]);
  expect(call("DELETE", at(vnet), { version }).status, "ASO DiagnosticSetting 14").toBe(200);
  expect(call("GET", at(vnet), { version }).body, "ASO DiagnosticSetting 15").toEqual({
    code: "ResourceNotFound",
    message: "The diagnostic setting 'all' doesn't exist.",
  });
  expect(call("DELETE", at(vnet), { version }).status).toBe(204);
  for (const properties of [
    { logs: allLogs.logs },
    { logs: [{ category: "Nothing", enabled: true }], workspaceId },
  ])
    expect(put(vnet, properties, "all", true).body["code"], "public texts").toBe("BadRequest");
  const nowhere = at(`${vnet}x`);
  const older = { version: "2016-09-01" }; // the judge takes no envelope at the newer one
  for (const [method, id] of [
    ["GET", nowhere],
    ["DELETE", nowhere],
    ["GET", nowhere.slice(0, nowhere.lastIndexOf("/"))],
  ] as const)
    expect(call(method, id, older).body["error"]?.["code"], "manners 1.8").toBe("ResourceNotFound");
});

test("the categories that a type has", () => {
  const { call } = withNetwork();
  const list = `${rules}/providers/Microsoft.Insights/diagnosticSettingsCategories`;
  const shown = (name: string) => ({
    id: `${rules.toLowerCase()}/providers/microsoft.insights/diagnosticSettingsCategories/${name}`,
    type: "microsoft.insights/diagnosticSettingsCategories",
    name,
    location: null,
    kind: null,
    tags: null,
    properties: { categoryType: "Logs" },
    identity: null,
  });
  const older = { version: "2017-05-01-preview", isUnjudged: true } as const; // older than the judge's
  const { body } = call("GET", list, older);
  expect(body["value"], "CLI monitor 8").toEqual([
    shown("NetworkSecurityGroupEvent"),
    shown("NetworkSecurityGroupRuleCounter"),
  ]);
  const one = call("GET", `${list}/NetworkSecurityGroupEvent`, older);
  expect(one.body, "CLI monitor 9").toEqual(shown("NetworkSecurityGroupEvent"));
  const { id, type, name, properties } = shown("NetworkSecurityGroupEvent");
  const newer = call("GET", `${list}/NetworkSecurityGroupEvent`, { version });
  expect(newer.body, "as described").toEqual({ id, type, name, properties });
  expect(call("GET", list, { version }).body["value"]).toHaveLength(2);
  expect(call("GET", `${list}/Nothing`, older).status, "not recorded").toBe(404);
  const unknown = `${network}/publicIPAddresses/ip`;
  const elsewhere = list.replace(rules, unknown);
  const { azure, call: ask } = localAzure();
  azure.load([{ id: unknown, location: "westeurope", properties: {} }]);
  expect(
    ask("GET", elsewhere, older).headers,
    "it is this Azure that does not know",
  ).toHaveProperty("x-not-simulated");
});
