import type { Call, Layer } from "../call.ts";
import type { Stored } from "../kinds.ts";

/** Reads that do not see a write yet. */
export type Haze = Readonly<{
  /** Lets a write through; reads of it see what was there, or nothing, for so many seconds. */
  over(shown: "stale" | "missing", seconds: number): Layer;
  /** A read as it is seen through what lies over the world now. */
  read: Layer;
  clear(): void;
}>;

type Veil = Readonly<{ until: number; shown: Stored | undefined }>;

export function createHaze(): Haze {
  const veils = new Map<string, Veil>();
  return {
    over: (how, seconds) => (call, through, world) => {
      const id = call.target.id.toLowerCase();
      const was = world.get(id);
      const answer = through(call);
      const until = world.now().getTime() + seconds * 1000;
      if (answer.status > 0 && answer.status < 400)
        veils.set(id, { until, shown: how === "stale" ? was : undefined });
      return answer;
    },
    read(call, through, world) {
      const seen = isRead(call) ? lying(veils, world.now()) : undefined;
      if (!seen || !concerns(call, seen)) return through(call);
      return { ...world.pretending(seen, () => through(call)), fault: true };
    },
    clear: () => veils.clear(),
  };
}

const isRead = ({ method }: Call): boolean => method === "GET" || method === "HEAD";

/** What the resource itself and lists of what holds it show; everything else sees the world as it is. */
function concerns({ target, verb }: Call, seen: ReadonlyMap<string, unknown>): boolean {
  if (verb === "LIST") return true;
  return seen.has(target.id.toLowerCase());
}

function lying(veils: Map<string, Veil>, now: Date): ReadonlyMap<string, Stored | undefined> {
  for (const [id, { until }] of veils) if (until <= now.getTime()) veils.delete(id);
  return new Map([...veils].map(([id, { shown }]) => [id, shown]));
}
