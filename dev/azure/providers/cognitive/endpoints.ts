import type { Stored } from "../../kinds.ts";

const openaiNames = [
  "OpenAI Language Model Instance API",
  "OpenAI Dall-E API",
  "OpenAI Sora API",
  "OpenAI Moderations API",
  "OpenAI Whisper API",
  "OpenAI Model Scaleset API",
  "OpenAI Realtime API",
  "Token Service API",
  "Azure OpenAI Legacy API - Latest moniker",
];

const languageNames = [
  "Text Analytics",
  "Custom Text Authoring",
  "Conversational Language Understanding Authoring",
  "Custom Question Answering Authoring",
  "Custom Question Answering",
  "ConversationalLURuntime",
  "Language",
];

/** Names under `endpoints`, by the host that serves them (recorded, 2023 to 2026; the newest list). */
const served: Readonly<Record<string, Readonly<Partial<Record<Host, readonly string[]>>>>> = {
  Face: { own: ["Face"] },
  FormRecognizer: { own: ["FormRecognizer", "Container"] },
  TextAnalytics: {
    own: [...languageNames, "QnAMaker", "Turing", "QuestionAnswering", "LUIS", "Container"],
  },
  ComputerVision: { own: ["Computer Vision", "Container"] },
  // accounts 17
  SpeechServices: {
    own: [
      "Speech Services Speech to Text",
      "Speech Services Speech to Text v3.2",
      "Speech Services Speech to Text 2024-05-15-preview",
      "Speech Services Speech to Text 2024-11-15",
      "Speech Services Speech to Text v3.2_internal.1",
      "Speech Services Custom Voice",
      "Speech Services Custom Voice Trial",
      "Video Translation",
      "Speech Services Audio Content Creation",
      "Speech Services Custom Avatar",
      "Speech Services Batch Avatar",
      "Speech Services Batch Text to Speech",
      "Speech Services Speaker Verification",
      "Speech Services Speaker Identification",
      "Token",
    ],
  },
  OpenAI: {
    openai: openaiNames,
  },
  AIServices: {
    foundry: ["AI Foundry API"],
    inference: [
      "Azure AI Model Inference API",
      "Cohere AI API",
      "Mistral AI API",
      "Azure MAI Model Inference API",
      "Azure MAI Model Inference API v1.0",
      "Content Understanding",
    ],
    openai: [
      ...openaiNames,
      "OpenAI Response API on Websocket",
      "OpenAI Realtime Translation WebSocket API",
    ],
    own: [
      "ProjectA APIs",
      "MAAP Managed Deployments API",
      "Content Safety",
      "Container",
      "Computer Vision",
      "FormRecognizer",
      "Speech Services Speech to Text",
      "Speech Services Speech to Text v3.2",
      "Speech Services Speech to Text 2024-05-15-preview",
      "Speech Services Speech to Text 2024-11-15",
      "Speech Services Speech to Text 2025-10-15",
      "Speech Services Speech to Text v3.2_internal.1",
      "Speech Services Custom Voice",
      "Speech Services Custom Voice Trial",
      "Video Translation",
      "Speech Services Audio Content Creation",
      "Speech Services TTS Player",
      "Speech Services Podcast",
      "Speech Services Custom Avatar",
      "Speech Services Batch Avatar",
      "Speech Services Batch Text to Speech",
      "Speech Services Speaker Verification",
      "Speech Services Speaker Identification",
      "Voice Agent Realtime API",
      "Voice Live Realtime API",
      "Voice Live Media Gateway Calls API",
      "Token",
      ...languageNames,
      "Language Remote MCP Server",
      "QnAMaker",
      "Turing",
      "QuestionAnswering",
      "LUIS",
      "TextTranslation",
      "DocumentTranslation",
      "CustomTranslator",
    ],
  },
};

type Host = "own" | "openai" | "foundry" | "inference";

/** Where a region answers for accounts without a sub-domain. */
export const sharedHost = (location: string): string =>
  `${regionOf(location)}.api.cognitive.microsoft.com`;

const regionOf = (location: string): string => location.toLowerCase().replaceAll(" ", "");

/** What follows from the sub-domain: without one, the region's shared host answers (recorded). */
export function endpointsOf(account: Stored): { endpoint: string; endpoints: object } {
  const sub = account.properties["customSubDomainName"];
  const location = account.location ?? "";
  const named = (suffix: string) =>
    typeof sub === "string" ? `https://${sub}.${suffix}/` : `https://${sharedHost(location)}/`;
  const hosts: Record<Host, string> = {
    own: named("cognitiveservices.azure.com"),
    openai: named("openai.azure.com"),
    // recorded: managed_network_crud 1 has it under the account's name, without a sub-domain
    foundry: `https://${typeof sub === "string" ? sub : account.name}.services.ai.azure.com/`,
    inference: named("services.ai.azure.com"),
  };
  const kind = String(account["kind"]);
  const groups = Object.entries(served[kind] ?? { own: [kind] }) as [Host, readonly string[]][];
  const endpoints = groups.flatMap(([host, names]) => names.map((name) => [name, hosts[host]]));
  return {
    endpoint: hosts[kind === "OpenAI" ? "openai" : "own"],
    endpoints: { ...Object.fromEntries(endpoints), ...regional(kind, regionOf(location)) },
  };
}

/** Hosts that no sub-domain replaces (mn 4, accounts 17). */
function regional(kind: string, region: string): Readonly<Record<string, string>> {
  const speech = {
    "Speech Services Speech to Text (Standard)": `https://${region}.stt.speech.microsoft.com`,
    "Speech Services Text to Speech (Neural)": `https://${region}.tts.speech.microsoft.com`,
  };
  const translation = {
    "TextTranslation-Global": "https://api.cognitive.microsofttranslator.com/",
  };
  if (kind === "SpeechServices") return speech;
  return kind === "AIServices" ? { ...speech, ...translation } : {};
}
