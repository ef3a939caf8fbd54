import { setTimeout as wait } from 'node:timers/promises'
import { type Order, type OrderEventEntry, PrintcloudError } from '../../order-client/index.ts'
import type { Command, CommandContext } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { paintOf } from '../output.ts'
import { usageFault } from '../read-arguments.ts'
import { eventWords, itemWords } from '../text/event-words.ts'
import { stagePainted } from '../text/order-text.ts'
import { stageRail } from '../text/stage-rail.ts'
import { clockText } from '../text/words.ts'
import { orderIdIn } from '../words-given.ts'

const lookEveryMilliseconds = 1_000
const ends = ['released', 'shipped', 'delivered'] as const

export const watch: Command = {
  name: 'watch',
  usage: 'ORDER',
  summary: 'follow an order until it is delivered',
  options: { until: { value: 'STAGE', text: `stop at ${ends.join(', ')}; delivered without` } },
  details: 'With --json: one line an event. Exit code 1 when the order was cancelled or rejected.',
  run: async (context) => {
    const id = orderIdIn(context, 'watch')
    const end = endOf(context.given.text('until'))
    let shown = 0
    for (;;) {
      const seen = await look(context, id)
      if (seen) {
        const { order, events } = seen
        for (const event of events.slice(shown)) showEvent(context, order, event)
        shown = Math.max(shown, events.length)
        if (isOver(order, end)) return concluded(context, order)
        context.terminal.progress(stageRail(order))
      }
      await wait(lookEveryMilliseconds, undefined, { signal: context.signal })
    }
  },
}

type Seen = { readonly order: Order; readonly events: readonly OrderEventEntry[] }

/** Undefined while the API does not answer: the order goes on all the same. */
async function look({ client, signal, terminal }: CommandContext, id: string): Promise<Seen | undefined> {
  try {
    const { orders } = await client()
    // The order first: what it says is then explained by the events.
    const order = await orders.get(id, { signal })
    return { order, events: await orders.events(id, { signal }) }
  } catch (error) {
    if (!(error instanceof PrintcloudError) || !error.isRetryable) throw error
    terminal.progress('The API does not answer; asking again …')
    return undefined
  }
}

function showEvent({ terminal, isJson }: CommandContext, order: Order, event: OrderEventEntry): void {
  const line = isJson ? JSON.stringify(event) : `${clockText(event.at)}  ${eventWords(event)}${itemWords(event, order)}`
  terminal.out(`${line}\n`)
}

function concluded(context: CommandContext, order: Order) {
  if (!context.isJson) context.terminal.out(`${stagePainted(order.stage, paintOf(context))}\n`)
  return isLost(order) ? exitCodes.endedBadly : exitCodes.fine
}

type End = (typeof ends)[number]
const isLost = ({ stage }: Order): boolean => stage === 'cancelled' || stage === 'rejected'

const afterRelease: readonly Order['stage'][] = [
  'released',
  'in_production',
  'partially_shipped',
  'shipped',
  'delivered',
]
const reached: Readonly<Record<End, readonly Order['stage'][]>> = {
  released: afterRelease,
  shipped: ['shipped', 'delivered'],
  delivered: ['delivered'],
}
const isOver = (order: Order, end: End): boolean => isLost(order) || reached[end].includes(order.stage)

function endOf(text: string | undefined): End {
  const found = ends.find((each) => each === (text ?? 'delivered'))
  if (found) return found
  throw usageFault(`--until is ${JSON.stringify(text)}.`, `It is one of ${ends.join(', ')}.`, 'watch')
}
