import { randomUUID } from "node:crypto";
import { generate } from "selfsigned";

const dayMs = 24 * 3600 * 1000;

/**
 * A certificate for this machine's loopback that is its own authority, made at each start. It is valid
 * by the machine's clock: TLS does not know ours, however far that was moved.
 */
export async function makeCertificate(): Promise<{ key: string; cert: string }> {
  const name = `local Azure ${randomUUID()}`; // of two authorities with one name OpenSSL takes any
  const { private: key, cert } = await generate([{ name: "commonName", value: name }], {
    notBeforeDate: new Date(performance.timeOrigin - dayMs),
    notAfterDate: new Date(performance.timeOrigin + 365 * dayMs),
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 7, ip: "127.0.0.1" },
          { type: 2, value: "localhost" },
        ],
      },
    ],
  });
  return { key, cert };
}
