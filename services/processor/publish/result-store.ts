import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { storeErrors } from '../fetch/store-errors.ts'

export type StoredFile = { readonly key: string; readonly sizeBytes: number; readonly sha256: string }

/** Where results go: one folder of the print-files bucket, named by the content hash. */
export type ResultStore = {
  readonly putFile: (name: string, path: string, contentType: string) => Promise<StoredFile>
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
  return {
    keyOf,
    putFile: (name, path, contentType) =>
      translated(async () => {
        // The child wrote this name: a link in its place would lead out of the job folder.
        const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
        try {
          const stat = await file.stat()
          if (!stat.isFile()) throw new Error(`${name} is not a plain file`)
          const sha256 = await hashOf(file)
          const Body = file.createReadStream({ autoClose: false, start: 0 })
          const put = { Bucket: bucket, Key: keyOf(name), Body, ContentLength: stat.size, ContentType: contentType }
          await s3.send(new PutObjectCommand(put), { abortSignal: signal })
          return { key: keyOf(name), sizeBytes: stat.size, sha256 }
        } finally {
          await file.close()
        }
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

async function hashOf(file: FileHandle): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(file.createReadStream({ autoClose: false, start: 0 }), hash)
  return hash.digest('hex')
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
