import type { BlobStore } from '../ledger/items.ts'
import type { AwsApi } from './api.ts'

/** Payloads over the item limit, in the payload bucket (path style: the same at AWS and at any other endpoint). */
export function s3Blobs(api: AwsApi, bucket: string): BlobStore {
  // A document id holds characters that mean something in a URL; each segment is encoded, the slashes stay.
  const path = (key: string) => `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`
  return {
    put: async (key, bytes) => void (await api.rest('s3', 'PUT', path(key), Buffer.from(bytes))),
    get: (key) => api.rest('s3', 'GET', path(key)),
  }
}
