import type { Command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { isMeant, paintOf, tell, yes } from '../output.ts'
import { orderText } from '../text/order-text.ts'
import { tableText } from '../text/table.ts'
import { timeText, words } from '../text/words.ts'
import { orderIdIn } from '../words-given.ts'

export const show: Command = {
  name: 'show',
  usage: 'ORDER',
  summary: 'one order, whole',
  options: {},
  run: async (context) => {
    const id = orderIdIn(context, 'show')
    const order = await (await context.client()).orders.get(id, { signal: context.signal })
    tell(context, order, () => orderText(order, paintOf(context)))
    return exitCodes.fine
  },
}

const answers = { yes: 'yes', asks_facility: 'the facility is asked', no: 'no' } as const

export const actions: Command = {
  name: 'actions',
  usage: 'ORDER',
  summary: 'what is still possible, and until when',
  options: {},
  run: async (context) => {
    const id = orderIdIn(context, 'actions')
    const found = await (await context.client()).orders.actions(id, { signal: context.signal })
    tell(context, { data: found }, () =>
      tableText(
        [{ title: 'ACTION' }, { title: 'POSSIBLE' }, { title: 'UNTIL' }],
        found.map(({ action, allowed, until }) => [
          words(action),
          answers[allowed],
          until === null ? '' : timeText(until),
        ]),
        paintOf(context),
      ),
    )
    return exitCodes.fine
  },
}

export const cancel: Command = {
  name: 'cancel',
  usage: 'ORDER',
  summary: 'cancel an order, or ask its facility to',
  options: { yes },
  run: async (context) => {
    const id = orderIdIn(context, 'cancel')
    const client = await context.client()
    if (!(await isMeant(context, `Cancel ${id}? That cannot be taken back.`))) return exitCodes.endedBadly
    const order = await client.orders.cancel(id, { signal: context.signal })
    tell(context, order, () =>
      order.stage === 'cancelled'
        ? `Cancelled ${id}.`
        : `The facility is asked to stop ${id}; it may be too late. "npx printcloud watch ${id}" tells.`,
    )
    return exitCodes.fine
  },
}
