import type { Command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { tell } from '../output.ts'
import { words } from '../text/words.ts'
import { orderIdIn } from '../words-given.ts'

export const hold: Command = {
  name: 'hold',
  usage: 'ORDER',
  summary: 'keep an order from going to its facility',
  options: {},
  run: async (context) => {
    const id = orderIdIn(context, 'hold')
    const order = await (await context.client()).orders.hold(id, { signal: context.signal })
    tell(context, order, () => `Held ${id}. "npx printcloud release ${id}" lets it go on.`)
    return exitCodes.fine
  },
}

export const release: Command = {
  name: 'release',
  usage: 'ORDER',
  summary: 'let a held order go on',
  options: {},
  run: async (context) => {
    const id = orderIdIn(context, 'release')
    const order = await (await context.client()).orders.release(id, { signal: context.signal })
    tell(context, order, () => `${id} goes on: ${words(order.stage)}.`)
    return exitCodes.fine
  },
}
