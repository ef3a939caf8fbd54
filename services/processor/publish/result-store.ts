import type { Hash } from 'node:crypto'
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { StoredVersion } from '../fetch/far-source.ts'
import { storeErrors } from '../fetch/store-errors.ts'
import { copyParts } from './copy-parts.ts'
import { localParts, sizeOf } from './joined-stream.ts'
import { uploadParts } from './upload-parts.ts'

export type StoredFile = {
  readonly key: string
  readonly sizeBytes: number
  /** At least one of both. */
  readonly sha256?: string
  readonly crc64nvme?: string
}

/** A stored object to begin with; `hash` is that of its bytes, where somebody read all of them. */
export type StoredBase = StoredVersion & { readonly sizeBytes: number; readonly hash: Hash | undefined }

/** Where results go: one folder of the print-files bucket, named by the content hash. */
export type ResultStore = {
  readonly putFile: (name: string, path: string, contentType: string) => Promise<StoredFile>
  /** Several files one after the other as one object. */
  readonly putJoined: (name: string, paths: readonly string[], contentType: string) => Promise<StoredFile>
  /** A stored object and a file as one object: the bytes of the first do not pass through here. */
  readonly putContinued: (name: string, base: StoredBase, path: string, contentType: string) => Promise<StoredFile>
  readonly putJson: (name: string, value: unknown) => Promise<string>
  readonly getJson: (name: string) => Promise<unknown>
  readonly keyOf: (name: string) => string
}

export function createResultStore(s3: S3Client, bucket: string, prefix: string, signal: AbortSignal): ResultStore {
  const keyOf = (name: string): string => `${prefix}${name}`
  const translated = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw storeErrors.translated(error, signal)
    }
  }
  const put = (name: string, paths: readonly string[], contentType: string): Promise<StoredFile> =>
    translated(async () => {
      const parts = await localParts(paths)
      const sha256 = await uploadParts(s3, { bucket, key: keyOf(name), contentType, parts }, signal)
      return { key: keyOf(name), sizeBytes: sizeOf(parts), sha256 }
    })
  return {
    keyOf,
    putFile: (name, path, contentType) => put(name, [path], contentType),
    putJoined: put,
    putContinued: (name, base, path, contentType) =>
      translated(async () => {
        const [appendix] = await localParts([path])
        if (!appendix) throw new Error(`${name} has no appendix`)
        const sha256 = base.hash?.copy()
        const onChunk = (chunk: Buffer): void => void sha256?.update(chunk)
        const key = keyOf(name)
        const crc64nvme = await copyParts(s3, { bucket, key, contentType, base, appendix, onChunk }, signal)
        const sizeBytes = base.sizeBytes + appendix.sizeBytes
        return { key, sizeBytes, crc64nvme, ...(sha256 ? { sha256: sha256.digest('hex') } : {}) }
      }),
    putJson: (name, value) =>
      translated(async () => {
        const Body = `${JSON.stringify(value, null, 2)}\n`
        const put = { Bucket: bucket, Key: keyOf(name), Body, ContentType: 'application/json' }
        await s3.send(new PutObjectCommand(put), { abortSignal: signal })
        return keyOf(name)
      }),
    getJson: (name) => translated(() => readJson(s3, bucket, keyOf(name), signal)),
  }
}

async function readJson(s3: S3Client, bucket: string, key: string, signal: AbortSignal): Promise<unknown> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal })
    return JSON.parse((await Body?.transformToString()) ?? 'null')
  } catch (error) {
    if (storeErrors.isMissing(error)) return undefined
    throw error
  }
}
