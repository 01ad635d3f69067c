import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import tls from "node:tls";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCertificate } from "../../dev/certificate.ts";
import { installClock } from "../../dev/clock.ts";

const file = path.join(mkdtempSync(path.join(tmpdir(), "airlock-")), "ca.pem");
const server = https.createServer((_, response) => void response.end("here"));
let cert = "";
const urlOf = (name: string) => `https://${name}:${(server.address() as AddressInfo).port}/`;

beforeAll(async () => {
  installClock().advance(10 * 365 * 24 * 3600);
  const made = await makeCertificate();
  cert = made.cert;
  writeFileSync(file, cert);
  server.setSecureContext(made);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => void server.close());

test("nobody trusts it who was not told", async () => {
  await expect(fetch(urlOf("127.0.0.1"))).rejects.toMatchObject({
    cause: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
  });
});

test("this process trusts it as an authority, however far the clock was moved", async () => {
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), cert]);
  for (const name of ["127.0.0.1", "localhost"])
    expect(await (await fetch(urlOf(name))).text()).toBe("here");
});

test("beside another one that was trusted before", async () => {
  for (const { cert: other } of [await makeCertificate(), await makeCertificate()])
    tls.setDefaultCACertificates([other, ...tls.getCACertificates("default"), cert]);
  for (let n = 0; n < 10; n++)
    expect(await (await fetch(urlOf(n % 2 ? "localhost" : "127.0.0.1"))).text()).toBe("here");
});

test("another process trusts it by NODE_EXTRA_CA_CERTS", async () => {
  const script = `fetch("${urlOf("127.0.0.1")}").then((it) => it.text()).then(console.log)`;
  const options = { env: { NODE_EXTRA_CA_CERTS: file } };
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], options);
  expect(stdout.trim()).toBe("here");
});
