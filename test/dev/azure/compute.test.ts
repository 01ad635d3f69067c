import { expect, test } from "vitest";
import { group, localAzure } from "./local-azure.ts";
import { withMade, workspace } from "./machine-learning-made.ts";

const space = `${group}/providers/Microsoft.Compute/virtualMachines`;
const machine = `${space}/vm`;
const version = "2024-07-01";
const body = {
  location: "westus3",
  properties: { hardwareProfile: { vmSize: "Standard_D1_v2" } },
};

test("a machine is there to be attached, read, changed and removed", () => {
  const { call, advance } = withMade();
  expect(call("PUT", machine, { version, body }).status, "ASO Apr 2025").toBe(201);
  const properties = { computeType: "VirtualMachine", resourceId: machine, properties: {} };
  const attached = { location: "westus3", properties };
  expect(call("PUT", `${workspace}/computes/vm`, { body: attached }).status, "claim 14").toBe(201);
  advance(30);
  expect(call("PATCH", machine, { version, body: { tags: { a: "1" } } }).status).toBe(200);
  expect(call("GET", machine, { version }).body["tags"]).toEqual({ a: "1" });
  expect(call("GET", space, { version }).body["value"]).toHaveLength(1);
  expect(call("DELETE", machine, { version }).status).toBe(200);
});

test("none without a location, none in a group that is gone", () => {
  const { call } = localAzure();
  const { properties } = body;
  expect(call("PUT", machine, { version, body: { properties }, isUnjudged: true }).status).toBe(
    400,
  );
  const elsewhere = machine.replace("/rg/", "/gone/");
  for (const method of ["GET", "PUT", "PATCH", "DELETE"]) {
    const sent = method === "PUT" || method === "PATCH" ? { body } : {};
    expect(call(method, elsewhere, { version, ...sent }).status, method).toBe(404);
  }
  expect(call("GET", elsewhere.replace(/\/vm$/, ""), { version }).status).toBe(404);
});
