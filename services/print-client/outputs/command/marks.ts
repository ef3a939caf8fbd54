import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, writeDurably } from '../../journal/durable.ts'
import type { Possession } from '../output.ts'

/** What is known of a command's work on jobs, durable: one small file a job. */
export type Marks = {
  readonly read: (jobId: string) => Promise<Possession>
  /** `cannot_tell` before the command starts, `has` when it said so, `has_not` when it surely has not got the job. */
  readonly write: (jobId: string, possession: Possession) => Promise<void>
}

/** Longer than the journal remembers a job. */
const keptMilliseconds = 150 * 24 * 3_600_000

/** Opens the marks in `folder` and removes those of long ago. */
export async function openMarks(folder: string, now: Date): Promise<Marks> {
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (now.getTime() - (await stat(path)).mtimeMs > keptMilliseconds) await rm(path, { force: true })
  }
  return {
    read: async (jobId) => possessionOf(await textOf(join(folder, jobId))),
    write: async (jobId, possession) => {
      const path = join(folder, jobId)
      if (possession === 'has_not') {
        await rm(path, { force: true })
      } else {
        await writeDurably(`${path}.next`, `${possession}\n`)
        await rename(`${path}.next`, path)
      }
      await syncFolder(folder)
    },
  }
}

/** A mark that says nothing readable was written all the same: the command may have run. */
function possessionOf(text: string | undefined): Possession {
  if (text === undefined) return 'has_not'
  return text.trim() === 'has' ? 'has' : 'cannot_tell'
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
