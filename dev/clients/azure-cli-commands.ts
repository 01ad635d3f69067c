import { group, scope, subscription } from "./simulator.ts";

/** A line (words without blanks), what its JSON must hold at least, and words that have blanks. */
export type Command = readonly [line: string, expected?: unknown, ...words: string[]];

export const login = (arm: string): readonly string[][] => [
  ["cloud", "register", "-n", "local", "--endpoint-resource-manager", arm],
  ["cloud", "set", "-n", "local"],
  ["login", "--identity"],
];

const accounts = `${scope}/providers/Microsoft.CognitiveServices/accounts`;
const workspace = `${scope}/providers/Microsoft.MachineLearningServices/workspaces/ml-prod`;
const zone = "privatelink.openai.azure.com";
const succeeded = { properties: { provisioningState: "Succeeded" } };

export const commands: readonly Command[] = [
  ["account list", [{ id: subscription, state: "Enabled" }]],
  ["rest --url /tenants?api-version=2022-12-01", { value: [{}] }],
  ["group list", [{ name: group, ...succeeded }]],
  ["group show -n ai-prod", { name: group }],
  ["provider show -n Microsoft.Search", { registrationState: "Registered" }],
  [`resource list -g ${group}`, [{ resourceGroup: group }]],
  ["resource list --resource-type Microsoft.Search/searchServices", [{ name: "search-prod" }]],
  [`resource show --ids ${accounts}/openai-prod`, { name: "openai-prod", ...succeeded }],
  [`resource show --ids ${workspace}`, { name: "ml-prod", ...succeeded }],
  [`cognitiveservices account list -g ${group}`, [{ kind: "OpenAI" }]],
  [`cognitiveservices account show -g ${group} -n openai-prod`, { name: "openai-prod" }],
  [
    `cognitiveservices account update -g ${group} -n openai-prod --tags by=az`,
    { tags: { by: "az" }, ...succeeded },
  ],
  [`cognitiveservices account keys list -g ${group} -n vision-prod`, {}],
  [
    `resource update --ids ${accounts}/vision-prod --set properties.publicNetworkAccess=Disabled`,
    { properties: { publicNetworkAccess: "Disabled" } },
  ],
  [`search service show -g ${group} -n search-prod`, { name: "search-prod" }],
  [
    `search service update -g ${group} -n search-prod --public-access disabled`,
    { publicNetworkAccess: "Disabled" },
  ],
  [`network private-endpoint show -g ${group} -n openai-prod-pe`, { name: "openai-prod-pe" }],
  [
    `network private-endpoint dns-zone-group list -g ${group} --endpoint-name openai-prod-pe`,
    [{ name: "default" }],
  ],
  [`network private-dns zone list -g ${group}`, [{ location: "global" }]],
  [`network private-dns zone show -g ${group} -n ${zone}`, { name: zone }],
  [`network private-dns link vnet list -g ${group} -z ${zone}`, [{ name: "ai-net" }]],
  ["network private-dns zone create -g ai-prod -n made.by.az", { provisioningState: "Succeeded" }],
  [`lock create -n keep --lock-type CanNotDelete -g ${group}`, { level: "CanNotDelete" }],
  [`lock list -g ${group}`, [{ name: "keep" }]],
  [`lock delete -n keep -g ${group}`],
  [`policy exemption list -g ${group}`, [{ name: "waived" }]],
  [`rest --url ${workspace}?api-version=2024-04-01`, { name: "ml-prod" }],
  [
    "rest --method post --url /providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01 --body",
    { data: [{ n: 4 }] },
    JSON.stringify({
      query:
        "resources | where type =~ 'microsoft.cognitiveservices/accounts' | summarize n = count()",
    }),
  ],
  ["group create -n made -l westeurope", succeeded],
  ["group delete -n made -y"],
  ["group exists -n made", false],
];
