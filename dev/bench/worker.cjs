// The smallest worker that a bundle can be started by: argv holds the bundle, an event and a work item.
// It writes a word when it gets so far: "registered", "offered", "judged".
const Module = require("node:module");

const functions = new Map();
let model;
const core = {
  version: "3.14.1",
  hostVersion: "4.1048.200",
  registerFunction: ({ name, bindings }, call) => functions.set(name, { name, bindings, call }),
  setProgrammingModel(it) {
    model = it;
  },
  registerHook: () => ({ dispose() {} }),
  log() {},
};

const required = Module.prototype.require;
Module.prototype.require = function (name) {
  return name === "@azure/functions-core" ? core : required.call(this, name);
};

async function invoke(name, input) {
  const { bindings, call } = functions.get(name);
  const inputData = [{ name: Object.keys(bindings)[0], data: { string: input } }];
  const invocation = model.getInvocationModel({
    invocationId: name,
    metadata: { name, bindings },
    request: { invocationId: name, inputData, triggerMetadata: {} },
    log(level, _, message) {
      if (level === "error") process.stderr.write(`${message}\n`);
    },
  });
  const { context, inputs } = await invocation.getArguments();
  await invocation.invokeFunction(context, inputs, call);
}

async function main([bundle, event, item]) {
  required.call(module, bundle);
  process.stdout.write("registered\n");
  await invoke("resourceEvents", event);
  process.stdout.write("offered\n");
  await invoke("reconcile", item);
  process.stdout.write("judged\n");
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
