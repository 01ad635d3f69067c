import type { Azure } from "../../dev/azure/azure.ts";
import { AirlockError } from "../../src/model/airlock-error.ts";
import type { Permissions } from "../../src/model/facts.ts";
import type { Request } from "../../src/model/request.ts";
import type { Resource } from "../../src/model/resource.ts";
import { type ResourceType, resourceTypes } from "../../src/model/resource-types/index.ts";
import type { Accepted, Reads, Send } from "../../src/pipeline/ports.ts";

export type Exchange = Readonly<{ method: string; url: string; status: number }>;
export type SimulatedArm = Readonly<{ reads: Reads; send: Send; exchanges: Exchange[] }>;

/** The ports to ARM, straight onto the local Azure without HTTP between: for thousands of runs. */
export function simulatedArm(azure: Azure, token: () => string): SimulatedArm {
  const exchanges: Exchange[] = [];

  function call(method: string, url: string, body?: unknown, recordId?: string) {
    const answer = azure.answer({
      method,
      url: `https://management.azure.com${url}`,
      headers: {
        authorization: `Bearer ${token()}`,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(recordId !== undefined && { "x-ms-client-request-id": recordId }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    exchanges.push({ method, url, status: answer.status });
    if (answer.socket) throw noAnswer(method);
    return answer;
  }

  function read(url: string): Record<string, unknown> | undefined {
    const { status, body } = call("GET", url);
    if (status === 404 || status === 204) return undefined;
    if (status !== 200) throw errorOf(status, body);
    return structuredClone(body as Record<string, unknown>);
  }

  function graph(query: string): readonly Record<string, unknown>[] {
    const path = "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01";
    const { status, body } = call("POST", path, { query });
    if (status !== 200) throw errorOf(status, body);
    return (body as { data: Record<string, unknown>[] }).data;
  }

  const reads: Reads = {
    async get<T extends ResourceType>(type: T, id: string) {
      const it = read(`${id}?api-version=${resourceTypes[type].apiVersion}`);
      return it && resourceOf(it, type);
    },
    async list<T extends ResourceType>(type: T, parent: string, nameEnd?: string) {
      const { name, apiVersion } = resourceTypes[type];
      const isExtension = type.startsWith("microsoft.authorization/");
      const path = isExtension ? `providers/${name}` : name.slice(name.lastIndexOf("/") + 1);
      const end = nameEnd === undefined ? "" : `&$recordsetnamesuffix=${nameEnd}`;
      const page = read(`${parent}/${path}?api-version=${apiVersion}${end}`);
      const value = (page?.["value"] ?? []) as Record<string, unknown>[];
      return value.map((it) => resourceOf(it, type));
    },
    async permissions(scope) {
      const page = read(
        `${scope}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`,
      );
      const value = (page?.["value"] ?? []) as Omit<Permissions, "scope">[];
      return value.map((it) => ({ ...it, scope }));
    },
    async all<T extends ResourceType>(type: T, subscription: string) {
      const rows = graph(
        `resources | where type =~ '${type}' and subscriptionId =~ '${subscription}' | order by id asc`,
      );
      return rows.map((it) => resourceOf(it, type));
    },
    async zonesNamed(names) {
      const listed = names.map((it) => `'${it}'`).join(", ");
      const zones = `type =~ 'microsoft.network/privatednszones' and name in~ (${listed})`;
      return graph(`resources | where ${zones} | project id, name | order by id asc`).map((it) =>
        String(it["id"]),
      );
    },
  };

  const send: Send = async ({ method, url, body }: Request, recordId): Promise<Accepted> => {
    const answer = call(method, url, body, recordId);
    if (answer.status >= 200 && answer.status < 300) return { status: answer.status };
    throw errorOf(answer.status, answer.body);
  };
  return { reads, send, exchanges };
}

function resourceOf<T extends ResourceType>(it: Record<string, unknown>, type: T): Resource<T> {
  const known = Object.entries(it).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(known), type } as unknown as Resource<T>;
}

function noAnswer(method: string): AirlockError {
  return new AirlockError("retry", "No answer came.", { isAmbiguous: method !== "GET" });
}

function errorOf(status: number, body: unknown): AirlockError {
  const { code, message } = (body as { error?: { code: string; message: string } })?.error ?? {};
  const kind =
    status === 409 || status === 429 || status >= 500
      ? "retry"
      : status === 403
        ? "denied"
        : "invalid";
  return new AirlockError(kind, message ?? `HTTP ${status}`, {
    ...(code !== undefined && { code }),
    isAmbiguous: status >= 500 || status === 0,
  });
}
