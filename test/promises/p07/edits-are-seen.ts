import { runEdits } from '../../../drills/edits/edits.ts'
import type { ProductPromise } from '../promise.ts'
import { verdictOf } from '../verdict-of.ts'
import { changeEveryKind } from './change-every-kind.ts'

/** An edit is dropped everywhere: what is read again after it counts against the hit rate, the more the fewer the reads. */
const size = { publications: 1_000, seconds: 20, editsPerSecond: 2 }

/** P07: an edit is visible everywhere once it is purged, every answer carries the tags of its rows, and the edge answers nearly all. */
export const editsAreSeen: ProductPromise = {
  id: 'P07',
  guarantee:
    'After its purge an edit is seen on every edge; at least 99 % of Zipf(1) traffic is answered by the edge; every object carries the tags of all rows it was made of.',
  run: async ({ seed, signal, tell }) => {
    const context = { seed, signal, tell: (words: string) => tell(`P07: ${words}`) }
    const traffic = verdictOf(await runEdits({ ...context, ...size }))
    const rows = await changeEveryKind(context)
    return { figure: `${traffic.figure}; ${rows.figure}`, faults: [...traffic.faults, ...rows.faults] }
  },
}
