import type { World } from "../world.ts";

/** The api-versions of Microsoft.Network that were seen or are used here. */
export const networkVersions = [
  "2018-10-01",
  "2020-11-01",
  "2021-05-01",
  "2022-01-01",
  "2023-11-01",
  "2024-03-01",
  "2024-05-01",
  "2025-01-01",
  "2025-03-01",
  "2025-05-01",
];

/**
 * 2025-03-01 is the newest version that was recorded. Later ones answer here as Microsoft's
 * description says, without the keys that Azure was recorded to add to it; not recorded.
 */
export const isDescribed = (version: string): boolean => version > "2025-03-01";

/** Recorded: weak, a GUID in quotes. */
export const networkEtag = (world: World): string => `W/"${world.guid()}"`;

/** Recorded: Network writes regions without blanks and in lower case. */
export const plainLocation = (location: string | undefined): string =>
  (location ?? "").replaceAll(" ", "").toLowerCase();
