import type { BlockService } from './block-service.ts'
import { leaveFarNote, removeFarNote } from './far-note.ts'
import type { RangedSource } from './ranged-source.ts'

/** A file of a job; with `far` it is not in the job folder but in the store, and is read there by ranges. */
export type MaybeFar = { readonly file: string; readonly far?: RangedSource }

type Room = { readonly folder: string; readonly serve: BlockService['serve'] }

/**
 * How often over a converter may read what is far. A source of which the producer wants more than half is had faster whole;
 * the judge looks at a few pages of print file and source, whatever their size.
 */
export const mostShares = { producer: 0.5, judge: 4 } as const

/** Lets the converter of a room read the far sources of a job, and takes back what an earlier job of it was shown. */
export async function showFarSources(room: Room, sources: readonly MaybeFar[], mostShare: number) {
  const far = sources.flatMap(({ file, far: ranged }) => (ranged ? [{ file, ranged }] : []))
  for (const { file } of sources) await removeFarNote(room.folder, file)
  for (const [source, { file, ranged }] of far.entries())
    await leaveFarNote(room.folder, file, { source, sizeBytes: ranged.sizeBytes })
  room.serve(
    far.map(({ ranged }) => ranged),
    mostShare,
  )
}
