import { type Static, Type } from 'typebox'
import { matches } from '#contracts/parse.ts'
import { openJobNotes } from '../job-notes.ts'

/** A job of the printer that was listed before a part was sent: while it is still listed, so is everything after it. */
const Witness = Type.Object({ id: Type.Integer(), name: Type.String() })

const PartMark = Type.Object({
  name: Type.String(),
  /** When the part was about to be sent, before its first byte. */
  startedAt: Type.String(),
  witness: Type.Optional(Witness),
  /** Of jobs of that name that the printer had before: somebody answered for it that those were not printed. */
  earlierIds: Type.Array(Type.Integer()),
  /** The printer's number of it; absent: what became of it is not known yet. */
  printerJobId: Type.Optional(Type.Integer()),
})
export type PartMark = Static<typeof PartMark>

const JobMark = Type.Object({
  /** Names of all parts of the job. */
  names: Type.Array(Type.String()),
  parts: Type.Array(PartMark),
})
export type JobMark = Static<typeof JobMark>

/** What this client sent to a printer, durable: one small file a job. */
export type PartMarks = {
  /** Undefined where nothing of the job was ever sent, `unreadable` where nobody can tell any more. */
  readonly read: (jobId: string) => Promise<JobMark | 'unreadable' | undefined>
  readonly write: (jobId: string, mark: JobMark) => Promise<void>
}

/** Opens the marks in `folder` and removes those of long ago. */
export async function openPartMarks(folder: string, now: Date): Promise<PartMarks> {
  const notes = await openJobNotes(folder, now)
  return {
    read: async (jobId) => {
      const text = await notes.read(`${jobId}.json`)
      return text === undefined ? undefined : (markIn(text) ?? 'unreadable')
    },
    write: (jobId, mark) => notes.write(`${jobId}.json`, `${JSON.stringify(mark)}\n`),
  }
}

function markIn(text: string): JobMark | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return matches(JobMark, value) ? value : undefined
  } catch {
    return undefined
  }
}
