import { describe, expect, test } from "vitest";
import { group, localAzure } from "./local-azure.ts";

const account = `${group}/providers/Microsoft.CognitiveServices/accounts/acc`;
const accounts = `${group}/providers/Microsoft.CognitiveServices/accounts`;
const made = { body: { location: "westeurope", kind: "OpenAI", sku: { name: "S0" } } };
const close = { body: { properties: { publicNetworkAccess: "Disabled" } } };

function withAccount() {
  const local = localAzure();
  local.call("PUT", account, made);
  local.advance(60);
  const access = (shown = local.call("GET", account).body) =>
    shown["properties"]?.["publicNetworkAccess"];
  const listed = () => local.call("GET", accounts).body["value"] ?? [];
  return { ...local, access, listed };
}

describe("reads that do not see a write yet", () => {
  test("stale: the body from before, in its list too, for a while; a write builds on what is so", () => {
    const { azure, call, access, listed, advance } = withAccount();
    azure.faults.add({ method: "PATCH", times: 1, answer: { stale: 120 } });
    const answer = call("PATCH", account, close);
    expect(access(answer.body), "the write itself says what is intended").toBe("Disabled");
    advance(100);
    expect(access(), "still the body from before").toBe("Enabled");
    expect(access(listed()[0])).toBe("Enabled");
    expect(call("GET", account)).toMatchObject({ fault: true });
    const tagged = call("PATCH", account, { body: { tags: { a: "1" } } });
    expect(access(tagged.body), "a write sees the truth").toBe("Disabled");
    advance(20);
    expect(access()).toBe("Disabled");
    expect(call("GET", account)).not.toHaveProperty("fault");
  });

  test("stale after a birth: 404; after a DELETE: it still stands there", () => {
    const { azure, call, advance } = withAccount();
    const other = account.replace(/acc$/, "other");
    azure.faults.add({ times: 2, answer: { stale: 120 } });
    call("PUT", other, made);
    call("DELETE", account);
    advance(60);
    const statuses = () => [other, account].map((it) => call("GET", it).status);
    expect(statuses()).toEqual([404, 200]);
    advance(60);
    expect(statuses()).toEqual([200, 404]);
  });

  test("missing: 404 for a while after a write to what was there", () => {
    const { azure, call, listed, advance } = withAccount();
    azure.faults.add({ method: "PATCH", times: 1, answer: { missing: 5 } });
    call("PATCH", account, close);
    const { status, body } = call("GET", account);
    expect([status, body["error"]?.["code"]], "general 31: four of 11,998 reads").toEqual([
      404,
      "ResourceNotFound",
    ]);
    expect(listed()).toHaveLength(0);
    expect(call("GET", group, { version: "2021-04-01" }).status, "nothing else").toBe(200);
    advance(5);
    expect(call("GET", account).status).toBe(200);
    expect(listed()).toHaveLength(1);
  });

  test("a write that is refused leaves reads alone", () => {
    const { azure, call } = withAccount();
    azure.faults.add({ method: "PUT", times: 1, answer: { missing: 60 } });
    const body = { ...made.body, location: "eastus" };
    expect(call("PUT", account, { body }).status).toBe(409);
    expect(call("GET", account).status).toBe(200);
  });

  test("all of it is forgotten with the plan", () => {
    const { azure, call } = withAccount();
    azure.faults.add({ answer: { missing: 60 } });
    call("PATCH", account, close);
    azure.faults.clear();
    expect(call("GET", account).status).toBe(200);
  });
});
