import { type FileHandle, link, mkdir, open, readdir, rename, rm, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { checkWriteCondition, preconditionFailed, type WriteCondition } from '../protocol/conditional.ts'
import { type BucketSettings, readSettings, writeSettings } from './bucket-settings.ts'
import { KeyIndex, type Summary } from './key-index.ts'
import { KeyLock } from './key-lock.ts'
import { fileNameOf, keyOf } from './key-name.ts'
import type { ObjectRecord } from './object-record.ts'
import { type OpenObject, openObject, readRecord } from './open-object.ts'
import { StagedFile } from './staged-file.ts'

/**
 * One bucket in one folder: `objects/` holds a file per key, `uploads/` a folder per multipart upload, `staging/` what is
 * not yet either. Names appear and vanish only by rename(2), link(2) and unlink(2), so a killed process leaves whole objects.
 * One process at a time may open it.
 */
export class Bucket {
  readonly name: string
  readonly folder: string
  readonly index: KeyIndex
  readonly #objects: FileHandle
  readonly #locks = new KeyLock()
  readonly #uploads = new KeyLock()
  #settings: BucketSettings

  private constructor(name: string, folder: string, index: KeyIndex, objects: FileHandle, settings: BucketSettings) {
    this.name = name
    this.folder = folder
    this.index = index
    this.#objects = objects
    this.#settings = settings
  }

  /** Opens the bucket in `folder`, making what is missing and clearing what an earlier process left unfinished. */
  static async open(name: string, folder: string, now: Date): Promise<Bucket> {
    await rm(join(folder, 'staging'), { recursive: true, force: true })
    for (const part of ['objects', 'uploads', 'staging']) await mkdir(join(folder, part), { recursive: true })
    const keys: string[] = []
    for (const fileName of await readdir(join(folder, 'objects'))) {
      const key = keyOf(fileName) ?? (await readRecord(join(folder, 'objects', fileName)))?.key
      if (key !== undefined) keys.push(key)
    }
    const settings = (await readSettings(folder)) ?? { createdAt: now.toISOString(), lifecycle: [] }
    await writeSettings(folder, settings)
    return new Bucket(name, folder, new KeyIndex(keys), await open(join(folder, 'objects'), 'r'), settings)
  }

  get settings(): BucketSettings {
    return this.#settings
  }

  async changeSettings(change: Partial<BucketSettings>): Promise<void> {
    this.#settings = { ...this.#settings, ...change }
    await writeSettings(this.folder, this.#settings)
  }

  get staging(): string {
    return join(this.folder, 'staging')
  }

  async close(): Promise<void> {
    await this.#objects.close()
  }

  /** Runs work on the same multipart upload one after the other. */
  async inTurn<T>(uploadId: string, work: () => Promise<T>): Promise<T> {
    return this.#uploads.run(uploadId, work)
  }

  /** Undefined when there is no such object; the caller closes what it gets. */
  async openObject(key: string): Promise<OpenObject | undefined> {
    return this.index.has(key) ? openObject(this.#path(key)) : undefined
  }

  /** Undefined when there is no such object. */
  async summary(key: string): Promise<Summary | undefined> {
    if (!this.index.has(key)) return undefined
    return this.index.summary(key) ?? this.#locks.run(key, () => this.#loadSummary(key))
  }

  /**
   * Stores a body under a key: all of it or nothing. `describe` gets the size when the body has been read.
   * Resolves when the file is on the disk; a conditional write also waits for the directory, because its winner
   * must still be the winner after a power cut. Throws S3Error PreconditionFailed or NoSuchKey, and what the body throws.
   */
  async store(
    body: AsyncIterable<Buffer>,
    describe: (sizeBytes: number) => ObjectRecord,
    condition: WriteCondition,
  ): Promise<ObjectRecord> {
    const staged = await StagedFile.write(this.staging, body)
    try {
      const record = describe(staged.sizeBytes)
      await staged.seal(record)
      await this.#locks.run(record.key, () => this.#moveIntoPlace(staged.path, record, condition))
      return record
    } catch (error) {
      await staged.discard()
      throw error
    }
  }

  /**
   * Removes an object if `mayGo` says so of what is there at that moment; what it throws is passed on.
   * A key that is not there is no error.
   */
  async remove(key: string, mayGo: (summary: Summary | undefined) => boolean): Promise<boolean> {
    return this.#locks.run(key, async () => {
      const summary = await this.#loadSummary(key)
      if (!mayGo(summary) || !summary) return false
      await unlink(this.#path(key))
      this.index.delete(key)
      return true
    })
  }

  #path(key: string): string {
    return join(this.folder, 'objects', fileNameOf(key))
  }

  async #moveIntoPlace(staged: string, record: ObjectRecord, condition: WriteCondition): Promise<void> {
    if (condition.kind === 'absent') await this.#linkIfAbsent(staged, this.#path(record.key))
    else {
      if (condition.kind === 'matches') checkWriteCondition(condition, (await this.#loadSummary(record.key))?.etag)
      await rename(staged, this.#path(record.key))
    }
    this.index.set(record.key, summaryOf(record))
    if (condition.kind !== 'none') await this.#objects.sync()
  }

  async #linkIfAbsent(staged: string, path: string): Promise<void> {
    try {
      await link(staged, path)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
        throw preconditionFailed('If-None-Match')
      throw error
    }
    await unlink(staged)
  }

  async #loadSummary(key: string): Promise<Summary | undefined> {
    const known = this.index.summary(key)
    if (known || !this.index.has(key)) return known
    const record = await readRecord(this.#path(key))
    if (!record) return undefined
    const summary = summaryOf(record)
    this.index.set(key, summary)
    return summary
  }
}

function summaryOf(record: ObjectRecord): Summary {
  const { sizeBytes, etag, tags, lastModified } = record
  return { sizeBytes, etag, tags, lastModifiedEpochMs: Date.parse(lastModified) }
}
