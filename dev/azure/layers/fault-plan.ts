import { isObject } from "../merge.ts";
import type { Fault, FaultAnswer } from "./faults.ts";

type Check = (value: unknown, at: string) => void;

/** A plan as JSON gave it: `[{"method":"PATCH","times":2,"answer":{"status":503}}]`. */
export function readPlan(plan: unknown): readonly Fault[] {
  if (!Array.isArray(plan)) throw wrong("The plan", "a list of faults");
  plan.forEach((it: unknown, n) => void fault(it, `[${n}]`));
  return plan as Fault[];
}

const wrong = (at: string, must: string): Error => new Error(`${at} must be ${must}.`);

const when =
  (holds: (value: unknown) => boolean, must: string): Check =>
  (value, at) => {
    if (!holds(value)) throw wrong(at, must);
  };

const isWhole = (it: unknown, least: number, most: number): boolean =>
  Number.isInteger(it) && Number(it) >= least && Number(it) <= most;

const text = when((it) => typeof it === "string" && it !== "", "a text");
const method = when((it) => typeof it === "string" && /^[A-Z]+$/.test(it), "a verb in capitals");
const moment = when((it) => typeof it === "string" && !Number.isNaN(Date.parse(it)), "an ISO date");
const atLeast = (least: number): Check =>
  when((it) => isWhole(it, least, Number.MAX_SAFE_INTEGER), `a whole number from ${least}`);
const seconds = when((it) => typeof it === "number" && it > 0 && it < 1e9, "a number of seconds");
const status = when((it) => isWhole(it, 100, 599), "a whole number from 100 to 599");
const body = when((it) => typeof it === "string" || isObject(it), "an object or a text");
const texts = when(
  (it) => isObject(it) && Object.values(it).every((one) => typeof one === "string"),
  "an object of texts",
);

/** An object with these fields and no others; the first is needed. */
function shape(checks: Readonly<Record<string, Check>>): Check {
  const known = new Map(Object.entries(checks));
  const names = [...known.keys()];
  const [needed = ""] = names;
  const other: Check = (_, at) => {
    throw wrong(at, `one of ${names.join(", ")}`);
  };
  return (value, at) => {
    if (!isObject(value)) throw wrong(at, "an object");
    if (value[needed] === undefined) throw wrong(`${at}.${needed}`, "there");
    for (const [key, one] of Object.entries(value)) (known.get(key) ?? other)(one, `${at}.${key}`);
  };
}

const words: readonly FaultAnswer[] = [
  "cut",
  "hang",
  "lost",
  "never-applied",
  "lro-fails",
  "lro-fails-but-applied",
];
const answers = new Map([
  ["status", shape({ status, headers: texts, body })],
  ["seconds", shape({ seconds })],
  ["stale", shape({ stale: seconds })],
  ["missing", shape({ missing: seconds })],
]);

const answer: Check = (value, at) => {
  if (words.some((it) => it === value)) return;
  const keys = [...answers.keys()];
  const key = isObject(value) ? keys.find((it) => value[it] !== undefined) : undefined;
  const check = key === undefined ? undefined : answers.get(key);
  if (!check) throw wrong(at, `one of ${words.join(", ")}, or an object with ${keys.join(", ")}`);
  check(value, at);
};

const fault = shape({
  answer,
  method,
  urlIncludes: text,
  from: moment,
  until: moment,
  skip: atLeast(0),
  times: atLeast(1),
});
