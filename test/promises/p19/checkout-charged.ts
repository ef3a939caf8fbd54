import { createMemoryTable } from '../../loopback/button-checkout/money/memory-store.ts'
import { startMoneyWorld } from '../../loopback/button-checkout/money/money-world.ts'
import { startTable } from '../../loopback/button-checkout/table-world.ts'
import type { ProductPromise, PromiseContext } from '../promise.ts'
import { checkoutSequences, type Sequence } from './checkout-commands.ts'
import { type Counts, play } from './checkout-play.ts'

const sequences = 10_000
const sequencesOnTheTable = 150
/** Checkouts that are done still lie in the books that are searched. */
const sequencesAWorld = 100

/**
 * P19, the checkout's half. Everything is the real code and the real stripe package against the stand-in’s own books; in place of order-api
 * stands a desk that holds orders against their quotes, and for the thousands a table in memory with the rules of DynamoDB.
 */
export const checkoutCharged: ProductPromise = {
  id: 'P19',
  guarantee:
    'charged = quoted = ordered, nothing unpaid is ordered, paid without an order is told within the hour and ends as an order or a refund (checkout)',
  run: async (context) => {
    const inMemory = await playAll(checkoutSequences(context.seed, sequences), false, context)
    const some = await playAll(checkoutSequences(context.seed + 1, sequencesOnTheTable), true, context)
    const faults = [...inMemory.faults, ...some.faults]
    const figure = `${sequences} interleavings ${wordsOf(inMemory.counts)}; ${sequencesOnTheTable} on DynamoDB's stand-in ${wordsOf(some.counts)}; ${faults.length} differences`
    return { figure, faults }
  },
}

const wordsOf = ({ steps, charges, orders, refunds, flagged }: Counts): string =>
  `(${steps} steps, ${charges} charges, ${orders} orders, ${refunds} refunds, ${flagged} told as late)`

/** Plays them one after the other, some hundred in a world. */
export async function playAll(
  all: readonly Sequence[],
  isOnTable: boolean,
  { signal, tell }: Pick<PromiseContext, 'signal' | 'tell'>,
): Promise<{ readonly counts: Counts; readonly faults: readonly string[] }> {
  const counts: Counts = { charges: 0, orders: 0, refunds: 0, flagged: 0, steps: 0 }
  const faults: string[] = []
  for (let from = 0; from < all.length; from += sequencesAWorld) {
    const table = { isAway: false }
    const world = await startMoneyWorld(isOnTable ? startTable : async () => createMemoryTable(table))
    try {
      for (const [place, sequence] of all.slice(from, from + sequencesAWorld).entries()) {
        signal.throwIfAborted()
        const found = await play(world, table, sequence, counts).catch((error: unknown) => [String(error)])
        faults.push(...found.map((fault) => `sequence ${from + place}: ${fault}`))
        tell(`P19, checkout: ${from + place + 1} of ${all.length} interleavings, ${faults.length} differences`)
      }
    } finally {
      await world.close()
    }
  }
  return { counts, faults }
}
