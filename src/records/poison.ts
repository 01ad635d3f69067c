import type { Poison } from "../pipeline/ports.ts";
import type { Table } from "./ports.ts";

/** One partition a day; each item under a key of its own. */
export function createPoison(poison: Table, now: () => Date, newId: () => string): Poison {
  return {
    async keep({ source, text, because }) {
      const at = now().toISOString();
      const columns = { source, text: text.slice(0, 30_000), because, at };
      const row = `${at}~${newId()}`;
      await poison.write(at.slice(0, 10), { do: "insert", row, columns });
    },
  };
}
