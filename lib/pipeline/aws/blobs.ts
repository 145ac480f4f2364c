import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { BlobStore } from '../ledger/items.ts'

/** Payloads over the item limit, in the payload bucket. */
export function s3Blobs(client: () => S3Client, bucket: string): BlobStore {
  return {
    put: async (key, bytes) =>
      void (await client().send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }))),
    get: async (key) => {
      const { Body } = await client().send(new GetObjectCommand({ Bucket: bucket, Key: key }))
      if (!Body) throw new Error(`the payload ${key} is missing from the bucket`)
      return Body.transformToByteArray()
    },
  }
}
