import { openJobNotes } from '../job-notes.ts'
import type { Possession } from '../output.ts'

/** What is known of a command's work on jobs, durable: one small file a job. */
export type Marks = {
  readonly read: (jobId: string) => Promise<Possession>
  /** `cannot_tell` before the command starts, `has` when it said so, `has_not` when it surely has not got the job. */
  readonly write: (jobId: string, possession: Possession) => Promise<void>
}

/** Opens the marks in `folder` and removes those of long ago. */
export async function openMarks(folder: string, now: Date): Promise<Marks> {
  const notes = await openJobNotes(folder, now)
  return {
    read: async (jobId) => possessionOf(await notes.read(jobId)),
    write: (jobId, possession) => notes.write(jobId, possession === 'has_not' ? undefined : `${possession}\n`),
  }
}

/** A mark that says nothing readable was written all the same: the command may have run. */
function possessionOf(text: string | undefined): Possession {
  if (text === undefined) return 'has_not'
  return text.trim() === 'has' ? 'has' : 'cannot_tell'
}
