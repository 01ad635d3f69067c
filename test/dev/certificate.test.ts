import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import tls from "node:tls";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { makeCertificate } from "../../dev/certificate.ts";
import { installClock } from "../../dev/clock.ts";

const file = path.join(mkdtempSync(path.join(tmpdir(), "airlock-")), "ca.pem");

async function serve(made: { key: string; cert: string }) {
  const server = https.createServer(made, (_, response) => void response.end("here"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { server, urlOf: (name: string) => `https://${name}:${port}/` };
}

installClock().advance(10 * 365 * 24 * 3600);
const certificate = await makeCertificate();
writeFileSync(file, certificate.cert);
const { server, urlOf } = await serve(certificate);
afterAll(() => void server.close());

test("nobody trusts it who was not told", async () => {
  await expect(fetch(urlOf("127.0.0.1"))).rejects.toMatchObject({
    cause: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
  });
});

test("this process trusts it as an authority, however far the clock was moved", async () => {
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificate.cert]);
  for (const name of ["127.0.0.1", "localhost"])
    expect(await (await fetch(urlOf(name))).text()).toBe("here");
});

test("each of several is told from the others", async () => {
  for (let n = 0; n < 4; n++) {
    const made = await makeCertificate();
    tls.setDefaultCACertificates([...tls.getCACertificates("default"), made.cert]);
    const { server: one, urlOf: at } = await serve(made);
    expect(await (await fetch(at("127.0.0.1"))).text()).toBe("here");
    one.close();
  }
});

test("another process trusts it by NODE_EXTRA_CA_CERTS", async () => {
  const script = `fetch("${urlOf("127.0.0.1")}").then((it) => it.text()).then(console.log)`;
  const options = { env: { NODE_EXTRA_CA_CERTS: file } };
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], options);
  expect(stdout.trim()).toBe("here");
});
