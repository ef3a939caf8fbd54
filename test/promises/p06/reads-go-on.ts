import { runOriginDown } from '../../../drills/origin-down/origin-down.ts'
import type { ProductPromise } from '../promise.ts'
import { verdictOf } from '../verdict-of.ts'

const size = { publications: 400, outageSeconds: 15, coldReads: 200 }

/** P06: with API, worker and database killed, everything is read as before, the API says what it cannot do, and the checkout sells. */
export const readsGoOn: ProductPromise = {
  id: 'P06',
  guarantee:
    'With API and database down for 6 h every read is served, by edges that begin empty too; an order over the API gets 503 and leaves nothing behind; visitors buy and pay at the checkout, are told that the order is still to be passed on, and each is ordered once afterwards.',
  run: async ({ seed, signal, tell }) =>
    verdictOf(await runOriginDown({ ...size, seed, signal, tell: (words) => tell(`P06: ${words}`) })),
}
