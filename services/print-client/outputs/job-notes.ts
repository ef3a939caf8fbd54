import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ifThere } from '#chassis/if-there.ts'
import { replaceDurably, syncFolder } from '../journal/durable.ts'

/** What an output knows of each job, durable: one small file a job. */
export type JobNotes = {
  /** Undefined where nothing was noted. */
  readonly read: (name: string) => Promise<string | undefined>
  /** Undefined: there is nothing to note any more. */
  readonly write: (name: string, text: string | undefined) => Promise<void>
}

/** Longer than the journal remembers a job. */
const keptMilliseconds = 150 * 24 * 3_600_000

/** Opens the notes in `folder` and removes those of long ago. */
export async function openJobNotes(folder: string, now: Date): Promise<JobNotes> {
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (now.getTime() - (await stat(path)).mtimeMs > keptMilliseconds) await rm(path, { force: true })
  }
  return {
    read: (name) => ifThere(readFile(join(folder, name), 'utf8')),
    write: async (name, text) => {
      const path = join(folder, name)
      if (text !== undefined) return replaceDurably(path, text)
      await rm(path, { force: true })
      return syncFolder(folder)
    },
  }
}
