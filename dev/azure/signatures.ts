import { createHmac } from "node:crypto";
import { dialectOf, type Operation } from "./dialects.ts";

export type Sign = (it: Operation, address: string) => string;

/** `c` is one certificate for all (recorded length 2,615), `s` and `h` depend on the whole address. */
export function signer(key: string): Sign {
  const certificate = `MIIH${letters(key, "certificate", 2611)}`;
  return (it, address) => {
    if (!dialectOf(it.dialect).signed) return address;
    const ticks = 621355968000000000n + BigInt(it.startedAt.getTime()) * 10000n;
    return `${address}&t=${ticks}&c=${certificate}&s=${letters(key, address, 342)}&h=${letters(key, `h${address}`, 43)}`;
  };
}

function letters(key: string, text: string, length: number): string {
  let made = "";
  for (let at = 0; made.length < length; at++)
    made += createHmac("sha512", key).update(`${at}${text}`).digest("base64url");
  return made.slice(0, length);
}
