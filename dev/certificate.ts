import { generate } from "selfsigned";

/** A certificate for this machine's loopback that is its own authority, made at each start. */
export async function makeCertificate(): Promise<{ key: string; cert: string }> {
  const day = 24 * 3600 * 1000;
  const { private: key, cert } = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    notBeforeDate: new Date(Date.now() - day),
    notAfterDate: new Date(Date.now() + 365 * day),
    keyType: "ec",
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
