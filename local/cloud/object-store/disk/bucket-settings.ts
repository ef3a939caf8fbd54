import { randomUUID } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { Parse } from 'typebox/value'

export const lifecycleRuleSchema = Type.Object({
  id: Type.String(),
  isEnabled: Type.Boolean(),
  prefix: Type.String(),
  /** All of them must be on the object. */
  tags: Type.Record(Type.String(), Type.String()),
  expireAfterDays: Type.Optional(Type.Integer({ minimum: 1 })),
  abortUploadsAfterDays: Type.Optional(Type.Integer({ minimum: 1 })),
})

export type LifecycleRule = Readonly<Static<typeof lifecycleRuleSchema>>

const settingsSchema = Type.Object({ createdAt: Type.String(), lifecycle: Type.Array(lifecycleRuleSchema) })

/** What a bucket is told once, in `bucket.json` in its folder. */
export type BucketSettings = Readonly<Static<typeof settingsSchema>>

/** Undefined when the file is not there; throws when it is not ours. */
export async function readSettings(folder: string): Promise<BucketSettings | undefined> {
  try {
    return Parse(settingsSchema, JSON.parse(await readFile(join(folder, 'bucket.json'), 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new Error(`cannot read the settings in ${folder}`, { cause: error })
  }
}

/** Replaces the file in one step. */
export async function writeSettings(folder: string, settings: BucketSettings): Promise<void> {
  const staged = join(folder, 'staging', randomUUID())
  await writeFile(staged, JSON.stringify(settings, undefined, 2), { flush: true })
  await rename(staged, join(folder, 'bucket.json'))
}
