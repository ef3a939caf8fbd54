import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { S3Error } from '../protocol/errors.ts'
import { Bucket } from './bucket.ts'
import { KeyLock } from './key-lock.ts'

/** S3's rule for names; it also keeps them safe as folder names. */
const bucketName = /^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/

/** All buckets under one folder. */
export class Buckets {
  readonly #folder: string
  readonly #byName = new Map<string, Bucket>()
  readonly #locks = new KeyLock()

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async open(dataDir: string, now: Date): Promise<Buckets> {
    const buckets = new Buckets(join(dataDir, 'buckets'))
    await mkdir(buckets.#folder, { recursive: true })
    for (const name of await readdir(buckets.#folder)) {
      if (bucketName.test(name)) buckets.#byName.set(name, await Bucket.open(name, join(buckets.#folder, name), now))
    }
    return buckets
  }

  get(name: string): Bucket | undefined {
    return this.#byName.get(name)
  }

  all(): Bucket[] {
    return [...this.#byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Throws S3Error InvalidBucketName or BucketAlreadyOwnedByYou. */
  async create(name: string, now: Date): Promise<Bucket> {
    if (!bucketName.test(name)) throw new S3Error('InvalidBucketName', { elements: { BucketName: name } })
    return this.#locks.run(name, async () => {
      if (this.#byName.has(name)) throw new S3Error('BucketAlreadyOwnedByYou', { elements: { BucketName: name } })
      const bucket = await Bucket.open(name, join(this.#folder, name), now)
      this.#byName.set(name, bucket)
      return bucket
    })
  }

  async close(): Promise<void> {
    for (const bucket of this.#byName.values()) await bucket.close()
  }
}
