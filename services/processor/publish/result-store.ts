import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { storeErrors } from '../fetch/store-errors.ts'
import { localParts, sizeOf } from './joined-stream.ts'
import { uploadParts } from './upload-parts.ts'

export type StoredFile = { readonly key: string; readonly sizeBytes: number; readonly sha256: string }

/** Where results go: one folder of the print-files bucket, named by the content hash. */
export type ResultStore = {
  readonly putFile: (name: string, path: string, contentType: string) => Promise<StoredFile>
  /** Several files one after the other as one object. */
  readonly putJoined: (name: string, paths: readonly string[], contentType: string) => Promise<StoredFile>
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
