import { type Kind, plain } from "../kinds.ts";

/** Only there to be attached to workspaces; its operations and defaults are not simulated. */
export const computeKinds: readonly Kind[] = [
  plain("Microsoft.Compute/virtualMachines", [
    "2020-12-01",
    "2022-03-01",
    "2023-03-01",
    "2024-03-01",
    "2024-07-01",
    "2024-11-01",
  ]),
];
