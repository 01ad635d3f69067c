import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { listener, serveTokens } from "../../../dev/azure/server.ts";
import { app, group, localAzure, person } from "./local-azure.ts";

const path = `${group}?api-version=2021-04-01`;

async function served() {
  const local = localAzure();
  const capture = join(mkdtempSync(join(tmpdir(), "capture-")), "lines.jsonl");
  const server = createServer(listener(local.azure, capture));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const authorization = `Bearer ${local.azure.principals.token(person)}`;
  return {
    ...local,
    server,
    get: () => fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization } }),
    lines: () =>
      readFileSync(capture, { encoding: "utf8", flag: "a+" })
        .split("\n")
        .filter(Boolean)
        .map((it) => JSON.parse(it) as Line),
  };
}

type Line = {
  status: number;
  label?: string;
  requestHeaders: Record<string, string>;
  responseBody: unknown;
};

test("answers, and captures each exchange without the token", async () => {
  const { get, lines } = await served();
  const answer = await get();
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(lines()).toMatchObject([{ status: 200, responseBody: await answer.json() }]);
  expect(lines()[0]?.requestHeaders["authorization"], "cut out").toBe("Bearer (cut)");
});

test("faults reach the socket: cut, late, and labelled", async () => {
  const { azure, get, lines } = await served();
  azure.faults.add({ times: 1, answer: "cut" });
  await expect(get()).rejects.toThrow();
  azure.faults.add({ times: 1, answer: { status: 503, body: "<html>busy</html>" } });
  const page = await get();
  expect([page.status, page.headers.get("content-type")]).toEqual([503, "text/html"]);
  azure.faults.add({ times: 1, answer: { seconds: 0.05 } });
  const before = performance.now();
  expect((await get()).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThan(45);
  expect(
    lines().map((it) => it.label),
    "label of injected faults",
  ).toEqual(["fault", "fault", undefined]);
});

test("a hang is never answered and ends when the server closes", async () => {
  const { azure, get, server, lines } = await served();
  azure.faults.add({ times: 1, answer: "hang" });
  const ended = expect(get()).rejects.toThrow();
  await expect.poll(() => lines().length).toBe(1);
  server.closeAllConnections();
  await ended;
});

test("the identity endpoint gives tokens that Resource Manager takes", async () => {
  const { azure, call } = localAzure();
  azure.grant(app, "Reader", group);
  const tokens = await serveTokens(azure, app);
  onTestFinished(() => tokens.close());
  const ask = (header: string) =>
    fetch(`${tokens.endpoint}?resource=https://management.azure.com/&api-version=2019-08-01`, {
      headers: { "X-IDENTITY-HEADER": header },
    });
  expect((await ask("wrong")).status).toBe(401);
  const body = (await (await ask(tokens.header)).json()) as Record<string, string>;
  expect(body, "platform.md: managed identity protocol").toMatchObject({
    token_type: "Bearer",
    client_id: app.appId,
  });
  expect(body["expires_on"]).toMatch(/^\d+$/);
  const answer = call("GET", group, {
    version: "2021-04-01",
    headers: { authorization: `Bearer ${body["access_token"]}` },
  });
  expect(answer.status).toBe(200);
});

test("the identity endpoint speaks the older protocol too, with its own header and form of time", async () => {
  const { azure } = localAzure();
  const tokens = await serveTokens(azure, app);
  onTestFinished(() => tokens.close());
  const ask = (headers: Record<string, string>, version = "2017-09-01") =>
    fetch(`${tokens.endpoint}/?resource=https://x/&api-version=${version}`, { headers });
  expect((await ask({ "x-identity-header": tokens.header })).status).toBe(401);
  expect((await ask({ "x-identity-header": tokens.header }, "2018-02-01")).status).toBe(400);
  const body = (await (await ask({ secret: tokens.header })).json()) as Record<string, string>;
  expect(body["expires_on"], "recorded in azure-cli").toBe("11/24/2026 09:00:00 +00:00");
  expect(azure.principals.read(body["access_token"] ?? "")?.oid).toBe(app.objectId);
});

test("a token that was asked for another service is refused by Resource Manager", async () => {
  const { azure, call } = localAzure();
  azure.grant(app, "Reader", group);
  const tokens = await serveTokens(azure, app);
  onTestFinished(() => tokens.close());
  const query = "resource=https://storage.azure.com/&api-version=2019-08-01";
  const answer = await fetch(`${tokens.endpoint}?${query}`, {
    headers: { "X-IDENTITY-HEADER": tokens.header },
  });
  const { access_token: token } = (await answer.json()) as Record<string, string>;
  const refused = call("GET", group, {
    version: "2021-04-01",
    headers: { authorization: `Bearer ${token}` },
  });
  expect(refused.body["error"]?.["code"], "public text").toBe("InvalidAuthenticationTokenAudience");
});
