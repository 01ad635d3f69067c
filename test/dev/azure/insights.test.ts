import { expect, test } from "vitest";
import { group, localAzure } from "./local-azure.ts";

const component = `${group}/providers/Microsoft.Insights/components/web`;
const version = "2020-02-02";
const body = { location: "westeurope", kind: "web", properties: { Application_Type: "web" } };

test("PUT is 200 always; the provider's name is written small; PATCH takes tags and nothing else", () => {
  const { call } = localAzure();
  const made = call("PUT", component, { version, body });
  expect([made.status, made.body["id"], made.body["type"]], "manners 1.2, 1.11").toEqual([
    200,
    component.replace("Microsoft.Insights", "microsoft.insights"),
    "microsoft.insights/components",
  ]);
  const { body: shown } = call("GET", component, { version });
  expect(shown["properties"], "recorded: always there").toMatchObject({
    publicNetworkAccessForIngestion: "Enabled",
    publicNetworkAccessForQuery: "Enabled",
  });
  expect(shown["properties"], "recorded: 28 bodies").not.toHaveProperty("DisableLocalAuth");
  const again = call("PUT", component, { version, body });
  expect([again.status, again.body["properties"]?.["InstrumentationKey"]]).toEqual([
    200,
    shown["properties"]?.["InstrumentationKey"],
  ]);
  const tagged = call("PATCH", component, { version, body: { tags: { a: "b" } } });
  expect([tagged.status, tagged.body["tags"]], "specification").toEqual([200, { a: "b" }]);
  const more = { properties: { publicNetworkAccessForQuery: "Disabled" } };
  const refused = call("PATCH", component, { version, body: more, isUnjudged: true });
  expect(refused.status, "specification: tags only").toBe(400);
});

test("DELETE 200, then 404; lists; nothing in a group that is not there", () => {
  const { call } = localAzure();
  call("PUT", component, { version, body });
  const list = component.slice(0, component.lastIndexOf("/"));
  expect(call("GET", list, { version }).body["value"]).toHaveLength(1);
  expect(call("DELETE", component, { version }).status, "manners 1.2").toBe(200);
  expect(call("GET", component, { version }).body["error"]?.["code"]).toBe("ResourceNotFound");
  expect(call("PATCH", component, { version, body: { tags: {} } }).status).toBe(404);
  const elsewhere = component.replace("/rg/", "/none/");
  expect(call("GET", list.replace("/rg/", "/none/"), { version }).status).toBe(404);
  expect(call("PUT", elsewhere, { version, body }).status).toBe(404);
  expect(call("DELETE", elsewhere, { version }).status).toBe(404);
});
