import { type Kind, stateless } from "../../kinds.ts";
import { cognitiveVersions } from "./common.ts";

/** nsp 3: none associated is an empty list. Perimeters make them, nobody here; a loaded one is shown. */
export const perimeterConfigurations: Kind = {
  type: "Microsoft.CognitiveServices/accounts/networkSecurityPerimeterConfigurations",
  versions: cognitiveVersions.filter((it) => it >= "2024-10-01"),
  verbs: ["GET", "LIST"],
  inState: stateless,
};
