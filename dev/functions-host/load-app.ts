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
  functionName: string;
  invocationId: string;
  message: string;
}>;

export type LoadedApp = Readonly<{
  functions: readonly Registered[];
  invoke(it: Registered, input: TypedData, metadata?: Metadata): Promise<TypedData | undefined>;
}>;
type Metadata = Readonly<Record<string, TypedData>>;

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
 * `require("@azure/functions-core")`. That contract is private, so its version is pinned.
 */
export function loadApp(bundle: string, onLog: (line: LogLine) => void): LoadedApp {
  const core: Core = { functions: [] };
  Reflect.set(globalThis, "functionsCore", workerOf(core));
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
  delete load.cache[load.resolve(bundle)];
  load(bundle);
  hooks.deregister();
  const { model, functions } = core;
  if (!model || functions.length === 0) throw new Error(`${bundle} registered no function.`);
  return { functions, invoke: (it, input, metadata) => invoke(model, onLog, it, input, metadata) };
}

function workerOf(core: Core): object {
  return {
    version: "3.14.1",
    hostVersion: "4.1048.200",
    registerFunction(it: Omit<Registered, "call">, call: Registered["call"]) {
      core.functions.push({ name: it.name, bindings: it.bindings, call });
    },
    setProgrammingModel(it: Model) {
      core.model = it;
    },
    registerHook: () => ({ dispose() {} }),
    log() {},
  };
}

/** One invocation, through the library's own conversions. */
async function invoke(
  model: Model,
  onLog: (line: LogLine) => void,
  { name, bindings, call }: Registered,
  input: TypedData,
  triggerMetadata: Metadata = {},
): Promise<TypedData | undefined> {
  const invocationId = crypto.randomUUID();
  const trigger = Object.keys(bindings).find((it) => bindings[it]?.type.endsWith("Trigger"));
  const it = model.getInvocationModel({
    invocationId,
    metadata: { name, bindings },
    request: { invocationId, inputData: [{ name: trigger, data: input }], triggerMetadata },
    state: undefined,
    log: (level: string, _category: string, message: string) =>
      onLog({ level, functionName: name, invocationId, message }),
  });
  const { context, inputs } = await it.getArguments();
  const result = await it.invokeFunction(context, inputs, call);
  return (await it.getResponse(context, result)).returnValue;
}
