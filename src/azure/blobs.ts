import { text } from "node:stream/consumers";
import type { TokenCredential } from "@azure/core-auth";
import type { Blobs } from "../records/ports.ts";
import { storageError } from "./errors.ts";
import { isMissing, type StorageSettings, serviceUrl } from "./storage.ts";

const withinMs = 45_000;

/** Blob storage; its client is loaded when first needed, since most events need none. */
export function createBlobs(storage: StorageSettings, credential: TokenCredential): Blobs {
  let loaded: ReturnType<typeof load> | undefined;
  async function load() {
    const { BlobServiceClient } = await import("@azure/storage-blob");
    return "connectionString" in storage
      ? BlobServiceClient.fromConnectionString(storage.connectionString)
      : new BlobServiceClient(serviceUrl(storage.accountName, "blob"), credential);
  }
  async function container(name: string) {
    loaded ??= load();
    return (await loaded).getContainerClient(name);
  }
  return {
    async put(name, blob, content, blobContentType) {
      const client = (await container(name)).getBlockBlobClient(blob);
      const bytes = Buffer.from(content);
      const abortSignal = AbortSignal.timeout(withinMs);
      try {
        const blobHTTPHeaders = { blobContentType };
        await client.upload(bytes, bytes.length, { blobHTTPHeaders, abortSignal });
      } catch (error) {
        throw storageError(error, true);
      }
    },
    async get(name, blob) {
      const client = (await container(name)).getBlobClient(blob);
      const abortSignal = AbortSignal.timeout(withinMs);
      try {
        const { readableStreamBody: body } = await client.download(0, undefined, { abortSignal });
        return body ? await text(body) : "";
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw storageError(error, false);
      }
    },
    async list(name) {
      const names: string[] = [];
      const abortSignal = AbortSignal.timeout(withinMs);
      try {
        const found = (await container(name)).listBlobsFlat({ abortSignal });
        for await (const it of found) names.push(it.name);
      } catch (error) {
        throw storageError(error, false);
      }
      return names;
    },
  };
}
