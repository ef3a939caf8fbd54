import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3'
import { storeErrors } from '../fetch/store-errors.ts'
import { localParts } from './joined-stream.ts'
import { uploadParts } from './upload-parts.ts'

/** Finished parts of a job that may be interrupted, kept in the store until its result is published. */
export type PieceStore = {
  /** Stores a piece of the folder; false for one that is stored already, by this run or an earlier one. */
  readonly keep: (piece: string, folder: string) => Promise<boolean>
  /** Brings what an earlier run finished into `folder`; gives how many pieces that were. */
  readonly bringBack: (folder: string) => Promise<number>
  readonly remove: () => Promise<void>
}

/** As the pictures' room names them: by content, so that a piece of another engine or source is never taken. */
const pieceName = /^piece-[0-9a-f]{8,64}\.jpg$/
/** S3 lists and deletes up to so many at once; no product takes more pictures. */
const mostPieces = 1000

/** Pieces lie under `prefix`, which names sources, product and engine by their hash. */
export function createPieceStore(s3: S3Client, bucket: string, prefix: string, signal: AbortSignal): PieceStore {
  const known = new Set<string>()
  const list = async (): Promise<readonly string[]> => {
    const asked = { Bucket: bucket, Prefix: prefix, MaxKeys: mostPieces }
    const { Contents = [] } = await s3.send(new ListObjectsV2Command(asked), { abortSignal: signal })
    return Contents.flatMap(({ Key }) => (Key && pieceName.test(basename(Key)) ? [basename(Key)] : []))
  }
  const translated = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw storeErrors.translated(error, signal)
    }
  }
  return {
    keep: (piece, folder) =>
      translated(async () => {
        if (!pieceName.test(piece) || known.has(piece) || known.size >= mostPieces) return false
        known.add(piece)
        const parts = await localParts([join(folder, piece)])
        await uploadParts(s3, { bucket, key: `${prefix}${piece}`, contentType: 'image/jpeg', parts }, signal)
        return true
      }),
    bringBack: (folder) =>
      translated(async () => {
        const names = await list()
        for (const name of names) {
          const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: `${prefix}${name}` }), {
            abortSignal: signal,
          })
          if (!(Body instanceof Readable)) throw new Error('The store gave no stream')
          const draft = join(folder, `draft-${name}`)
          await pipeline(Body, createWriteStream(draft, { flags: 'wx' }), { signal })
          await rename(draft, join(folder, name))
          known.add(name)
        }
        return names.length
      }),
    remove: () =>
      translated(async () => {
        const Objects = [...known].map((name) => ({ Key: `${prefix}${name}` }))
        if (Objects.length === 0) return
        await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }), {
          abortSignal: signal,
        })
      }),
  }
}
