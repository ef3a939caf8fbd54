import { startApi } from '../../loopback/order-api/platform.ts'
import type { ProductPromise, PromiseContext } from '../promise.ts'
import { audit } from './audit.ts'
import type { Buyer, Counts } from './buyer.ts'
import { type Sequence, sequencesOf } from './commands.ts'
import { httpMarket } from './http-market.ts'
import type { Market } from './market.ts'
import { perform } from './perform.ts'
import { tillMarket } from './till-market.ts'

const sequencesAtTheTill = 10_000
const sequencesOverHttp = 300
/** Customers who buy over HTTP at the same time, while prices change under all of them. */
const atOnce = 8

type Round = {
  readonly name: string
  readonly market: Market
  readonly sequences: readonly Sequence[]
  readonly atOnce: number
}
type Found = { readonly counts: Counts; readonly faults: readonly string[] }

/**
 * P19, the API's half: whatever happens in whatever order, what is charged is what was quoted and what was ordered. Thousands of sequences
 * at the till, which is all that decides and prices, without HTTP and database; hundreds over HTTP, with customers in each other's way.
 */
export const chargedAsQuoted: ProductPromise = {
  id: 'P19',
  guarantee: 'what is charged is what was quoted and what was ordered, to the unit, whatever happens in between (API)',
  run: async (context) => {
    const sequences = sequencesOf(context.seed, sequencesAtTheTill)
    const till = await play({ name: 'till', market: tillMarket(), sequences, atOnce: 1 }, context)
    const api = await startApi()
    try {
      const some = sequencesOf(context.seed + 1, sequencesOverHttp)
      const http = await play({ name: 'HTTP', market: httpMarket(api), sequences: some, atOnce }, context)
      const faults = [...till.faults, ...http.faults]
      const figure = `${figureOf(till, sequences)} at the till; ${figureOf(http, some)} over HTTP; ${faults.length} differences`
      return { figure, faults }
    } finally {
      await api.close()
    }
  },
}

async function play(
  { name, market, sequences, atOnce: customers }: Round,
  { tell, signal }: PromiseContext,
): Promise<Found> {
  const counts: Counts = {
    orders: 0,
    quoted: 0,
    edits: 0,
    refused: 0,
    givenBack: 0,
    reprints: 0,
    drafts: 0,
    confirmed: 0,
  }
  const faults: string[] = []
  const all = sequences.entries()
  const buy = async (): Promise<void> => {
    for (const [place, sequence] of all) {
      signal.throwIfAborted()
      const found = await shop(market, sequence, counts)
      faults.push(...found.map((fault) => `${name}, sequence ${place}: ${fault}`))
      tell(`P19, ${name}: ${place + 1} of ${sequences.length} sequences, ${faults.length} differences`)
    }
  }
  await Promise.all(Array.from({ length: customers }, buy))
  faults.push(...(await market.faults()))
  return { counts, faults }
}

/** One customer from the first deposit to the last look into the books. */
async function shop(market: Market, { customer, commands }: Sequence, counts: Counts): Promise<readonly string[]> {
  const key = await market.open(customer)
  const written = { offers: [], told: new Map(), orders: new Map(), faults: [] }
  const buyer: Buyer = { market, key, customer, counts, ...written }
  for (const command of commands) await perform(buyer, command)
  await audit(buyer)
  return buyer.faults
}

const figureOf = ({ counts }: Found, { length }: readonly Sequence[]): string =>
  `${length} sequences with ${counts.orders} orders (${counts.quoted} by quote, ${counts.reprints} reprints, ${counts.confirmed} of ${counts.drafts} drafts confirmed), ` +
  `${counts.edits} price edits, ${counts.refused} refused for lack of credit and ${counts.givenBack} times money back`
