import { parseArgs } from "node:util";

/** A mistake of whoever called is told in a line; everything else with its stack. */
process.on("uncaughtException", (error: Error & { code?: string }) => {
  const isMistake = error.name === "Usage" || error.code?.startsWith("ERR_PARSE_ARGS");
  console.error(isMistake ? error.message : error);
  process.exit(1);
});

export const usage = (message: string): Error =>
  Object.assign(new Error(message), { name: "Usage" });

/** The command line of the local scripts; an unknown option ends with what is known. */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      empty: { type: "boolean", default: false },
      estate: { type: "string" },
      app: { type: "boolean", default: false },
      port: { type: "string" },
      capture: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const { port, capture, estate } = values;
  if (port !== undefined && !/^\d{1,5}$/.test(port)) throw usage("--port must be a number.");
  return {
    isEmpty: values.empty,
    hasApp: values.app,
    isJson: values.json,
    ...(estate !== undefined && { estate }),
    ...(port !== undefined && { port: Number(port) }),
    ...(capture !== undefined && { capture }),
  };
}
