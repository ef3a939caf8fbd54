import type { Order } from '../../order-client/index.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { paintOf, tell } from '../output.ts'
import { tableText } from '../text/table.ts'
import { moneyText, timeText, words } from '../text/words.ts'
import { wholeNumber } from '../wanted-items.ts'

export const orders: Command = {
  name: 'orders',
  usage: '',
  summary: 'your orders, newest first',
  options: { limit: { value: 'N', text: 'how many; 20 without' }, all: { text: 'all of them' } },
  run: async (context) => {
    const { given, signal } = context
    const most = given.has('all') ? Number.POSITIVE_INFINITY : (wholeNumber(given, 'limit', 'orders') ?? 20)
    const found: Order[] = []
    const client = await context.client()
    for await (const order of client.orders.list({ limit: Math.min(100, most), signal })) {
      found.push(order)
      if (found.length >= most) break
    }
    tell(context, { data: found }, () =>
      found.length === 0
        ? 'No orders yet. Place the first one with "npx printcloud order".'
        : tableText(
            [
              { title: 'ORDER' },
              { title: 'PLACED' },
              { title: 'STAGE', isElastic: true },
              { title: 'TOTAL', isNumber: true },
            ],
            found.map(({ id, created_at, stage, is_held, charges }) => [
              id,
              timeText(created_at),
              words(stage) + (is_held ? ', held' : ''),
              charges === undefined ? '' : moneyText(charges.gross, charges.currency),
            ]),
            paintOf(context),
          ),
    )
    return exitCodes.fine
  },
}

/** The same under the name that others give it. */
export const list: Command = { ...orders, name: 'list', summary: 'the same as orders' }
