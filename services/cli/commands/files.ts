import type { Order } from '../../order-client/index.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { filesOf } from '../file-roles.ts'
import { tell } from '../output.ts'
import { usageFault } from '../read-arguments.ts'
import { referenceTo } from '../send-file.ts'
import { words } from '../text/words.ts'
import { orderIdIn } from '../words-given.ts'

export const files: Command = {
  name: 'files',
  usage: 'ORDER [ITEM] FILE…',
  summary: 'send files that were to come later, or others',
  options: { cover: { value: 'FILE', text: 'your own cover' } },
  details: 'ITEM (itm_…) may be left out where an order has one item. "show ORDER" lists them.',
  run: async (context) => {
    const { given, signal } = context
    const id = orderIdIn(context, 'files')
    const { orders, catalogue } = await context.client()
    const [second = '', ...rest] = given.words.slice(1)
    const isNamed = second.startsWith('itm_')
    const named = isNamed ? rest : given.words.slice(1)
    if (named.length === 0) throw usageFault('No file is named.', 'There is nothing to send.', 'files')
    const item = itemOf(await orders.get(id, { signal }), isNamed ? second : undefined)
    const product = await catalogue.get(item.sku, { signal })
    const sent = await filesOf(product, named, given.text('cover'), (name) => referenceTo(context, name))
    const order = await orders.replaceFiles(id, item.id, sent, { signal })
    tell(context, order, () => `Sent for ${item.sku}; ${id} is in ${words(order.stage)}.`)
    return exitCodes.fine
  },
}

/** Throws CommandFault (64). */
function itemOf({ items }: Order, wanted: string | undefined): Order['items'][number] {
  const found = wanted === undefined && items.length === 1 ? items[0] : items.find(({ id }) => id === wanted)
  if (found) return found
  const what = wanted === undefined ? 'It is not said which item the files are for.' : `There is no item ${wanted}.`
  throw usageFault(what, `The items: ${items.map(({ id, sku }) => `${id} (${sku})`).join(', ')}.`, 'files')
}
