import { createRequire, registerHooks } from "node:module";

/** What the app told us of one function: its bindings by name, and the code to call. */
export type Registered = Readonly<{
  name: string;
  bindings: Readonly<Record<string, Binding>>;
  call: (...inputs: unknown[]) => unknown;
}>;
export type Binding = Readonly<{ type: string; direction: string; [setting: string]: unknown }>;

/** The worker's tagged value: exactly one field is set. */
export type TypedData = { string?: string; json?: string; bytes?: Uint8Array; http?: object };

export type LogLine = Readonly<{
  level: string;
  /** Empty when it is the host or the library that speaks. */
  functionName: string;
  invocationId: string;
  message: string;
}>;

export type LoadedApp = Readonly<{
  functions: readonly Registered[];
  /** Runs one invocation; what it throws is logged, and thrown on. */
  invoke(it: Registered, input: TypedData, metadata?: Metadata): Promise<TypedData | undefined>;
}>;
type Metadata = Readonly<Record<string, TypedData>>;
type Log = (line: LogLine) => void;

type Model = { getInvocationModel(context: object): InvocationModel };
type InvocationModel = {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], call: Registered["call"]): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<{ returnValue?: TypedData }>;
};

type Core = { functions: Registered[]; model?: Model };

const module = "functions-core:";

/**
 * Loads the built bundle unchanged and plays the worker to it: `@azure/functions` finds its worker by
 * `require("@azure/functions-core")`. That contract is private, so its version is pinned. The bundle
 * reads its settings from the process, where the caller has put them.
 */
export function loadApp(bundle: string, onLog: Log): LoadedApp {
  const core: Core = { functions: [] };
  Reflect.set(globalThis, "functionsCore", workerOf(core, onLog));
  requireAsWorker(bundle);
  const { model, functions } = core;
  if (!model || functions.length === 0) throw new Error(`${bundle} registered no function.`);
  return {
    functions,
    async invoke(it, input, metadata = {}) {
      const invocationId = crypto.randomUUID();
      const log = (level: string, message: string) =>
        onLog({ level, functionName: it.name, invocationId, message });
      try {
        return await run(model, it, { invocationId, input, metadata, log });
      } catch (error) {
        log("error", wordsOf(error));
        throw error;
      }
    },
  };
}

/** Always afresh: a second host of the same bundle is a second worker. */
function requireAsWorker(bundle: string): void {
  const hooks = registerHooks({
    resolve: (name, context, following) =>
      name === "@azure/functions-core"
        ? { url: module, shortCircuit: true }
        : following(name, context),
    load: (url, context, following) =>
      url === module
        ? {
            format: "commonjs",
            source: "module.exports = globalThis.functionsCore",
            shortCircuit: true,
          }
        : following(url, context),
  });
  const load = createRequire(import.meta.url);
  try {
    delete load.cache[load.resolve(bundle)];
    load(bundle);
  } finally {
    hooks.deregister();
  }
}

function workerOf(core: Core, onLog: Log): object {
  return {
    version: "3.14.1",
    hostVersion: "4.1048.200",
    registerFunction(it: Omit<Registered, "call">, call: Registered["call"]) {
      core.functions.push({ name: it.name, bindings: it.bindings, call });
    },
    setProgrammingModel(it: Model) {
      core.model = it;
    },
    registerHook(name: string) {
      throw new Error(`The local host runs no hooks: ${name}.`);
    },
    log: (level: string, _category: string, message: string) =>
      onLog({ level, functionName: "", invocationId: "", message }),
  };
}

type Invocation = Readonly<{
  invocationId: string;
  input: TypedData;
  metadata: Metadata;
  log(level: string, message: string): void;
}>;

/** Through the library's own conversions. */
async function run(
  model: Model,
  it: Registered,
  { invocationId, input, metadata, log }: Invocation,
): Promise<TypedData | undefined> {
  const { name, bindings, call } = it;
  const inputData = [{ name: triggerNameOf(it), data: input }];
  const invocation = model.getInvocationModel({
    invocationId,
    metadata: { name, bindings },
    request: { invocationId, inputData, triggerMetadata: metadata },
    state: undefined,
    log: (level: string, _category: string, message: string) => log(level, message),
  });
  const { context, inputs } = await invocation.getArguments();
  const result = await invocation.invokeFunction(context, inputs, call);
  return (await invocation.getResponse(context, result)).returnValue;
}

const triggerNameOf = ({ bindings }: Registered): string | undefined =>
  Object.keys(bindings).find((name) => bindings[name]?.type.endsWith("Trigger"));

/** Every function has one. */
export function triggerOf(it: Registered): Binding {
  const trigger = it.bindings[triggerNameOf(it) ?? ""];
  if (!trigger) throw new Error(`${it.name} has no trigger.`);
  return trigger;
}

export const wordsOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
