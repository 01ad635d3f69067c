import { describe, expect, test } from "vitest";
import { account, withAccount } from "./account-estate.ts";
import { app, localAzure, person, text } from "./local-azure.ts";

describe("authentication", () => {
  test.each([
    ["no token", {}, "AuthenticationFailed"],
    ["a foreign token", { authorization: "Bearer a.b.c" }, "InvalidAuthenticationToken"],
  ])("%s: 401", (_name, headers, code) => {
    const { azure } = localAzure();
    const answer = azure.answer({
      method: "GET",
      url: `${account}?api-version=2025-06-01`,
      headers,
    });
    expect([answer.status, text(answer)], "public text").toEqual([
      401,
      expect.stringContaining(code),
    ]);
    expect(answer.headers?.["www-authenticate"], "public text").toContain("Bearer");
  });

  test("an expired token: 401, by Azure's clock", () => {
    const { azure, advance } = withAccount();
    const authorization = `Bearer ${azure.principals.token(person, 60)}`;
    const ask = {
      method: "GET",
      url: `${account}?api-version=2025-06-01`,
      headers: { authorization },
    };
    expect(azure.answer(ask).status).toBe(200);
    advance(61);
    expect(text(azure.answer(ask)), "public text").toContain("ExpiredAuthenticationToken");
  });

  test("a token for another service is none for this one", () => {
    const { azure } = withAccount();
    const ask = (audience: string) =>
      azure.answer({
        method: "GET",
        url: `https://127.0.0.1:8443${account}?api-version=2025-06-01`,
        headers: { authorization: `Bearer ${azure.principals.token(person, 60, audience)}` },
      });
    const refused = ask("https://storage.azure.com/");
    expect([refused.status, text(refused)], "public text").toEqual([
      401,
      expect.stringContaining("wrong audience or resource 'https://storage.azure.com/'"),
    ]);
    for (const it of ["https://management.azure.com", "https://127.0.0.1:8443"])
      expect(ask(it).status, it).toBe(200);
  });

  test("a principal of another tenant stands outside of the subscription", () => {
    const { azure, call } = withAccount();
    const foreign = { ...app, tenantId: "99999999-86f1-41af-91ab-2d7cd011db47" };
    azure.principals.register(foreign);
    const refused = call("GET", account, { as: foreign });
    expect([refused.status, text(refused)], "public text").toEqual([
      401,
      expect.stringContaining("InvalidAuthenticationTokenTenant"),
    ]);
  });

  test("the token of one Azure is foreign to another", () => {
    const { azure } = withAccount();
    const authorization = `Bearer ${localAzure({ seed: 2 }).azure.principals.token(person)}`;
    const answer = azure.answer({
      method: "GET",
      url: `${account}?api-version=2025-06-01`,
      headers: { authorization },
    });
    expect(answer.status).toBe(401);
  });
});
