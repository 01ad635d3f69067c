import type { Answer, Body } from "./answers.ts";
import type { Call } from "./call.ts";
import { inState, stamped } from "./compose.ts";
import type { Change, Course, Kind, Stored } from "./kinds.ts";
import { omit } from "./merge.ts";
import type { World } from "./world.ts";

/** What ends with a write: the outcome is told to whoever makes events of it. */
export type Ended = (call: Call, kind: Kind, created: boolean, succeeded: boolean) => void;

type Run = Readonly<{ change: Change; kind: Kind; course: Course; ended: Ended }>;

/** Recorded only as a public text: TransientError, once after it had been applied. */
const transient = { code: "TransientError", message: "A transient error occurred. Please retry." };

/** The fault plan's: answered like any other, and never done. */
const isLost = ({ change }: Run): boolean => change.call.operationFault === "never-applied";

/** Starts what a kind has agreed to: the answer now, the rest when it is due. */
export function begin(run: Run): Answer {
  const { change, kind, course, ended } = run;
  if (course.state === undefined && course.operation === undefined) return atOnce(run);
  const id = change.wanted?.id ?? change.was?.id ?? change.call.target.id;
  const latest = isLost(run) ? () => false : change.world.claim(id);
  const shown = course.fails ? undefined : store(run);
  const operation = course.operation && start(run, id);
  if (course.supersedes && !isLost(run)) operation?.supersede();
  change.world.after(course.seconds ?? 0, () => {
    if (operation?.isCanceled()) ended(change.call, kind, change.was === undefined, false);
    else finish(run, id, latest(), operation?.end);
  });
  return answer(run, shown, operation?.headers);
}

function atOnce(run: Run): Answer {
  const { change, kind, ended } = run;
  const made = change.wanted && stamped(change.wanted, kind, change.call, change.world);
  const settled = isLost(run) ? made && inState(made, kind, "Succeeded") : settle(run, made);
  ended(change.call, kind, change.was === undefined, true);
  return answer(run, settled);
}

/** The intended values are there at once, in a state that is not terminal. */
function store(run: Run): Stored | undefined {
  const { change, kind, course } = run;
  const { call, wanted, was, world } = change;
  const next = wanted ? stamped(wanted, kind, call, world) : was;
  if (!next) return undefined;
  const stored = inState(next, kind, course.state ?? "Succeeded");
  if (!isLost(run)) world.put(stored);
  return stored;
}

function start({ change, kind, course }: Run, id: string) {
  const { call, world } = change;
  const location =
    course.operation?.location ??
    change.wanted?.location ??
    change.was?.location ??
    locationAbove(id, world);
  return world.operations.start(call, {
    dialect: course.operation?.dialect ?? "network",
    headers: course.operation?.headers,
    word: course.operation?.word,
    target: id,
    location,
    result: () => {
      const it = world.get(id);
      return { status: 200, ...(it && { body: show(it, kind, call, world) }) };
    },
  });
}

function locationAbove(id: string, world: World): string {
  for (let at = id; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const location = world.get(at)?.location;
    if (location !== undefined) return location;
  }
  return "global";
}

type End = (error?: { code: string; message: string }) => void;

function finish(run: Run, id: string, latest: boolean, end: End = () => {}): void {
  const { change, kind, course, ended } = run;
  const fault = change.call.operationFault;
  const error =
    course.fails ?? (fault && !isLost(run) ? transient : undefined) ?? course.endsFailed;
  const isApplied = error === undefined || fault === "fails-but-applied";
  if (isApplied && !isLost(run)) apply(run, id, latest);
  else if (latest && !course.fails) undo(run, id);
  end(error);
  ended(change.call, kind, change.was === undefined, error === undefined);
}

/** A later write takes an earlier one's end over, unless it only repeats it (a second DELETE). */
function apply(run: Run, id: string, latest: boolean): void {
  const { change, course } = run;
  const now = change.world.get(id);
  const repeated = !change.wanted && now?.properties["provisioningState"] === course.state;
  if (now && (latest || repeated)) settle(run, change.wanted && now);
}

/** A new resource stays in state Failed, one that was there as `failedWriteLeaves` says. */
function undo({ change, kind }: Run, id: string): void {
  const { was, world } = change;
  const now = world.get(id);
  if (was && world.behaviour("failedWriteLeaves") === "the old values")
    world.put(restamped(was, kind, world));
  else if (now) world.put(restamped(inState(now, kind, "Failed"), kind, world));
}

/** Puts the final state, or removes; the etag moves again (recorded: two etags a write). */
function settle({ change, kind, course }: Run, it: Stored | undefined): Stored | undefined {
  const { was, world, call } = change;
  if (!it) {
    removeAll(was?.id ?? call.target.id, world);
    return undefined;
  }
  const settled = inState(it, kind, "Succeeded");
  world.put(course.state === undefined ? settled : restamped(settled, kind, world));
  kind.settled?.(settled, was, world);
  return world.get(it.id);
}

/** What hangs on it goes with it, each with the effects of its own delete. */
function removeAll(id: string, world: World): void {
  const gone = [world.get(id), ...world.below(id)].filter((it) => it !== undefined);
  world.remove(id);
  for (const it of gone) world.kind(it.type)?.settled?.(undefined, it, world);
}

function restamped(it: Stored, kind: Kind, world: World): Stored {
  return kind.etag ? { ...it, etag: kind.etag(world) } : it;
}

function answer(
  { change, kind, course }: Run,
  it?: Stored,
  lro: Record<string, string> = {},
): Answer {
  const shown = it && change.wanted ? show(it, kind, change.call, change.world) : undefined;
  const body = course.answered ? course.answered(shown ?? {}) : shown;
  // recorded: a private endpoint whose tags alone change has an operation and no Retry-After
  const rested = course.state === undefined && !course.seconds;
  const handed = rested ? omit(lro, ["retry-after"]) : lro;
  const tagged = shown && kind.etagHeader !== "reads";
  return {
    status: course.status,
    headers: { ...(tagged && etagHeader(it)), ...handed, ...course.headers },
    ...(body !== undefined && { body }),
  };
}

export function show(it: Stored, kind: Kind, call: Call, world: World): Body {
  return kind.show ? kind.show(it, call.version, world) : it;
}

/** Header and body agree where a type has an etag (recorded: accounts, Network, DNS). */
export function etagHeader(it: Stored | undefined): Record<string, string> {
  return it?.etag === undefined ? {} : { etag: it.etag };
}
