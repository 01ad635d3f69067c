import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { serveTokens } from "./azure/server.ts";
import { serveControl } from "./control.ts";
import { readEstate } from "./estate/read-estate.ts";
import { startLaptop } from "./laptop.ts";
import { readOptions } from "./options.ts";
import { people } from "./people.ts";
import { advance, settle } from "./turn.ts";

const root = new URL("../", import.meta.url);
const emptySubscription = "00000000-0000-4000-8000-000000000001";
/** Long enough for any move of the clock. */
const tokenSeconds = 20 * 365 * 24 * 3600;

const { isEmpty, hasApp, estate, port, capture } = readOptions();
const loaded = isEmpty
  ? { resources: [], subscriptions: [emptySubscription] }
  : readEstate(estate ?? new URL("dev/estate/estate.json", root));

const laptop = await startLaptop({
  estate: loaded.resources,
  subscriptions: loaded.subscriptions,
  owners: Object.values(people),
  anySubscription: isEmpty,
  events: "rough",
  ...(port !== undefined && { port }),
  ...(capture !== undefined && { capture }),
  ...(hasApp && { bundle: new URL("dist/main.cjs", root).pathname }),
  onLog: ({ message }) => console.error(message),
});
const ca = path.join(mkdtempSync(path.join(tmpdir(), "airlock-")), "ca.pem");
writeFileSync(ca, laptop.cert);

const tokens = await serveTokens(laptop.azure, people.owner);
/** With these in their environment other people's clients trust this Azure and act as the owner. */
const client = {
  NODE_EXTRA_CA_CERTS: ca,
  REQUESTS_CA_BUNDLE: ca,
  SSL_CERT_FILE: ca,
  IDENTITY_ENDPOINT: tokens.endpoint,
  IDENTITY_HEADER: tokens.header,
  // the Azure CLI before 2.73
  APPSETTING_WEBSITE_SITE_NAME: "local",
  MSI_ENDPOINT: tokens.endpoint,
  MSI_SECRET: tokens.header,
};

let turn: Promise<void> = Promise.resolve();
/** One turn after the other: the wall's clock and a moved one must not run side by side. */
const inTurn = <R>(work: () => Promise<R>): Promise<R> => {
  const result = turn.then(work);
  turn = result.then(
    () => {},
    () => {},
  );
  return result;
};
const complain = (error: unknown) => console.error(String(error));
const pulse = setInterval(() => void inTurn(() => settle(laptop)).catch(complain), 200);

const control = await serveControl({
  now: laptop.clock.now,
  advance: (seconds) => inTurn(() => advance(laptop, seconds)),
  faults: laptop.azure.faults,
});

/** Before anything is printed: whoever reads the line may send it at once. */
process.on("SIGTERM", () => {
  clearInterval(pulse);
  control.close();
  void tokens.close();
  void inTurn(() => laptop.close()).then(() => process.exit(0));
});

console.log(
  JSON.stringify({
    arm: laptop.arm,
    ca,
    token: laptop.azure.principals.token(people.owner, tokenSeconds),
    clock: control.url,
    storage: laptop.storage.connectionString,
    env: { ...laptop.env, NODE_EXTRA_CA_CERTS: ca },
    client,
    ...(laptop.host && { api: laptop.host.url, key: laptop.host.key }),
  }),
);
