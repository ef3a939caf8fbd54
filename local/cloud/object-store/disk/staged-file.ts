import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeTrailer } from './object-file.ts'
import type { ObjectRecord } from './object-record.ts'

/** Bytes gathered before a write: few calls for big bodies, a single one for small. */
const writeBytes = 512 * 1024

/** A file still under construction, in a staging folder that is emptied at every start. */
export class StagedFile {
  readonly path: string
  readonly #handle: FileHandle
  #pending: Buffer[] = []
  #pendingBytes = 0
  #sizeBytes = 0

  private constructor(path: string, handle: FileHandle) {
    this.path = path
    this.#handle = handle
  }

  /** Writes a body into a new file with constant memory; leaves nothing behind when the body fails. */
  static async write(folder: string, body: AsyncIterable<Buffer>): Promise<StagedFile> {
    const path = join(folder, randomUUID())
    const file = new StagedFile(path, await open(path, 'wx'))
    try {
      for await (const chunk of body) await file.#append(chunk)
      return file
    } catch (error) {
      await file.discard()
      throw error
    }
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** Adds the record and waits until all is on the disk (one fdatasync). Only then may the file be moved into place. */
  async seal(record: ObjectRecord): Promise<void> {
    this.#pending.push(writeTrailer(record))
    await this.#flush()
    await this.#handle.datasync()
    await this.#handle.close()
  }

  /** Closes and removes what is left; harmless after the file was moved away. */
  async discard(): Promise<void> {
    await this.#handle.close()
    await rm(this.path, { force: true })
  }

  async #append(chunk: Buffer): Promise<void> {
    this.#pending.push(chunk)
    this.#pendingBytes += chunk.length
    this.#sizeBytes += chunk.length
    if (this.#pendingBytes >= writeBytes) await this.#flush()
  }

  async #flush(): Promise<void> {
    await this.#handle.writeFile(Buffer.concat(this.#pending))
    this.#pending = []
    this.#pendingBytes = 0
  }
}
