import type { TokenCredential } from "@azure/core-auth";
import type { Blobs } from "../records/ports.ts";
import { isMissing, type StorageSettings, serviceUrl, storageError } from "./storage.ts";

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
    async put(name, blob, text, blobContentType) {
      const client = (await container(name)).getBlockBlobClient(blob);
      const bytes = Buffer.from(text);
      try {
        await client.upload(bytes, bytes.length, { blobHTTPHeaders: { blobContentType } });
      } catch (error) {
        throw storageError(error, true);
      }
    },
    async get(name, blob) {
      const client = (await container(name)).getBlockBlobClient(blob);
      try {
        return (await client.downloadToBuffer()).toString("utf8");
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw storageError(error, false);
      }
    },
    async list(name) {
      const names: string[] = [];
      try {
        for await (const it of (await container(name)).listBlobsFlat()) names.push(it.name);
      } catch (error) {
        throw storageError(error, false);
      }
      return names;
    },
  };
}
