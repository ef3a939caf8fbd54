import { type FileHandle, open } from 'node:fs/promises'
import { footerBytes, readTrailer, recordLength } from './object-file.ts'
import type { ObjectRecord } from './object-record.ts'

/** Read at once from a file's end: holds any usual record, and all of a small object. */
const tailBytes = 16 * 1024

/** An object held open: it stays readable, whole and unchanged, when its name is overwritten or removed meanwhile. */
export type OpenObject = {
  readonly record: ObjectRecord
  /** The whole body when the object is so small that it came along with its record. */
  readonly body: Buffer | undefined
  /** The bytes from `start` up to and without `end`; closes the object when read, destroyed or broken. */
  readonly read: (start: number, end: number) => AsyncIterable<Buffer> & { destroy(): unknown }
  readonly close: () => Promise<void>
}

/** Undefined when there is no such file; throws when the file is not a sealed object. */
export async function openObject(path: string): Promise<OpenObject | undefined> {
  const handle = await openIfPresent(path)
  if (!handle) return undefined
  try {
    const { size } = await handle.stat()
    const tail = await readTail(handle, size)
    const record = readTrailer(tail)
    if (record.sizeBytes !== size - footerBytes - recordLength(tail)) throw new Error('damaged object file')
    return {
      record,
      body: tail.length === size ? tail.subarray(0, record.sizeBytes) : undefined,
      read: (start, end) => handle.createReadStream({ start, end: end - 1, highWaterMark: 256 * 1024 }),
      close: () => handle.close(),
    }
  } catch (cause) {
    await handle.close()
    throw new Error(`cannot read ${path}`, { cause })
  }
}

/** The record alone; undefined when there is no such file. */
export async function readRecord(path: string): Promise<ObjectRecord | undefined> {
  const object = await openObject(path)
  await object?.close()
  return object?.record
}

/** All bytes of an object, which is closed at the end. */
export async function* readAll(object: OpenObject): AsyncGenerator<Buffer> {
  if (object.body) {
    await object.close()
    yield object.body
  } else {
    yield* object.read(0, object.record.sizeBytes)
  }
}

async function readTail(handle: FileHandle, sizeBytes: number): Promise<Buffer> {
  const tail = await readAt(handle, Math.max(0, sizeBytes - tailBytes), Math.min(sizeBytes, tailBytes))
  const neededBytes = recordLength(tail) + footerBytes
  return neededBytes <= tail.length ? tail : readAt(handle, sizeBytes - neededBytes, neededBytes)
}

async function readAt(handle: FileHandle, position: number, lengthBytes: number): Promise<Buffer> {
  if (position < 0) throw new Error('not an object file')
  const buffer = Buffer.allocUnsafe(lengthBytes)
  for (let done = 0; done < lengthBytes; ) {
    const { bytesRead } = await handle.read(buffer, done, lengthBytes - done, position + done)
    if (bytesRead === 0) throw new Error('object file ends early')
    done += bytesRead
  }
  return buffer
}

async function openIfPresent(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
