import { mulberry32 } from "./random.ts";

/** "rough": what Event Grid may do; "calm": each event once, soon. */
export type Delivery = "calm" | "rough";

/**
 * The seconds after which an event comes, each time that it comes, given those of a calm day. arm 4: at
 * least once, in no order, mostly soon; ten minutes were seen. Not known: how often; here 1 in 5 is late
 * and 3 in 10 come twice. None is lost: what is given up after 24 hours is the receiver's fault.
 */
export function createDelivery(mode: Delivery, seed: number): (seconds: number) => number[] {
  const chance = mulberry32(seed ^ 0x6576656e); // of its own: what else is by chance stays as it is
  return (seconds) => {
    if (mode === "calm") return [seconds];
    const late = seconds + chance() * (chance() < 0.2 ? 900 : 30);
    return chance() < 0.3 ? [late, late + chance() * 600] : [late];
  };
}
