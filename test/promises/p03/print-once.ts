import type { ProductPromise, PromiseContext, Verdict } from '../promise.ts'
import { cutJournal } from './cut-journal.ts'
import { killed } from './killed.ts'
import { notPoison } from './not-poison.ts'

const parts: readonly ((context: PromiseContext) => Promise<Verdict>)[] = [killed, notPoison, cutJournal]

/** P03: what a print client does when it dies, and when its machine does. */
export const printOnce: ProductPromise = {
  id: 'P03',
  guarantee:
    'Three clients of one facility die at random moments while tickets come twice and out of order: 0 printed twice, 0 lost. After a loss of power, whatever of the journal is left, nothing is printed again by itself: it is held, with an alarm.',
  run: async (context) => {
    const verdicts: Verdict[] = []
    for (const part of parts) verdicts.push(await part(context))
    return { figure: verdicts.map(({ figure }) => figure).join('; '), faults: verdicts.flatMap(({ faults }) => faults) }
  },
}
