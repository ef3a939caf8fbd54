import { runOriginDown } from '../../../drills/origin-down/origin-down.ts'
import type { ProductPromise } from '../promise.ts'
import { verdictOf } from '../verdict-of.ts'

const size = { publications: 400, outageSeconds: 15, coldReads: 200 }

/** P06: with API, worker and database killed, everything is read as before, and checkout says what it cannot do. */
export const readsGoOn: ProductPromise = {
  id: 'P06',
  guarantee:
    'With API and database down for 6 h every read is served, by edges that begin empty too; an order gets 503 and leaves nothing behind.',
  run: async ({ seed, signal, tell }) =>
    verdictOf(await runOriginDown({ ...size, seed, signal, tell: (words) => tell(`P06: ${words}`) })),
}
