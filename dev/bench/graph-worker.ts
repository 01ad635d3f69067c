import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type Azure, createAzure } from "../azure/azure.ts";
import { serveAzure } from "../azure/server.ts";
import { makeCertificate } from "../certificate.ts";
import { airlockPrincipal } from "../laptop.ts";
import { bigEstate } from "./big-estate.ts";

/** A local Azure with the big estate, in a process of its own: nothing else is in its memory. */
const estate = bigEstate(1000) as readonly { id: string }[];
const subscriptions = [...new Set(estate.map(({ id }) => id.split("/")[2] ?? ""))];
let time = Date.now();
const azure = createAzure({ now: () => new Date(time), publish: () => {}, throttling: "none" });
const before = process.memoryUsage().rss;
const began = performance.now();
azure.load(estate);
azure.settle();
const seededMs = performance.now() - began;
const heldBytes = process.memoryUsage().rss - before;
azure.principals.register(airlockPrincipal);
for (const it of subscriptions) azure.grant(airlockPrincipal, "Owner", `/subscriptions/${it}`);

/** The floor: gives back, without a look, what it was last given by PUT. */
let ready = Buffer.alloc(0);
const certificate = await makeCertificate();
const floor = createServer(certificate, (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (it) => chunks.push(it));
  request.on("end", () => {
    if (request.method === "PUT") ready = Buffer.concat(chunks);
    response.end(request.method === "PUT" ? "" : ready);
  });
});
await new Promise<void>((resolve) => floor.listen(0, "127.0.0.1", resolve));

/** Five seconds between questions: what a caller may ask in a while is not what is measured. */
const unhurried: Azure = {
  ...azure,
  answer(request) {
    time += 5000;
    return azure.answer(request);
  },
};
const { url } = await serveAzure(unhurried, certificate);
const served = {
  resources: estate.length,
  subscriptions,
  seededMs,
  heldBytes,
  url,
  floor: `https://127.0.0.1:${(floor.address() as AddressInfo).port}`,
  cert: certificate.cert,
  token: azure.principals.token(airlockPrincipal, 24 * 3600),
};
export type Served = typeof served;
process.stdout.write(`${JSON.stringify(served)}\n`);
