import { type ReprintFault, reprintFaults } from '#contracts/order-api/reprint.ts'
import type { Order, ReprintRequest } from '../../order-client/index.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { isMeant, paintOf, tell, yes } from '../output.ts'
import { usageFault } from '../read-arguments.ts'
import { moneyText } from '../text/words.ts'
import { orderIdIn } from '../words-given.ts'

export const reprint: Command = {
  name: 'reprint',
  usage: 'ORDER --fault … --reason …',
  summary: 'print an order again, or some of its items',
  options: {
    fault: { value: 'WHOSE', text: `${reprintFaults.join(', ')}; only of a publisher’s fault it is charged` },
    reason: { value: 'TEXT', text: 'what was wrong, for people' },
    item: { value: 'ITEM[=N]', isRepeatable: true, text: 'only this item, and N copies of it; all without' },
    yes,
  },
  run: async (context) => {
    const { given, signal } = context
    const id = orderIdIn(context, 'reprint')
    const [fault, reason] = [faultOf(given.text('fault')), given.text('reason')]
    if (reason === undefined) throw usageFault('No reason is given.', '--reason says what was wrong.', 'reprint')
    const named = given.all('item').map(itemOf)
    const { orders } = await context.client()
    const all = async (): Promise<ReprintRequest['items']> => allOf(await orders.get(id, { signal }))
    const items = named.length > 0 ? named : await all()
    if (!(await isMeant(context, `Print ${id} again?`))) return exitCodes.endedBadly
    const made = await orders.reprint(id, { items, reason, fault }, { signal })
    const price = made.charges === undefined ? '' : ` · ${moneyText(made.charges.gross, made.charges.currency)}`
    tell(context, made, () =>
      [
        `${paintOf(context).strong('Printed again as')} ${made.id}${price}`,
        paintOf(context).quiet(`npx printcloud watch ${made.id}`),
      ].join('\n'),
    )
    return exitCodes.fine
  },
}

const allOf = ({ items }: Order): ReprintRequest['items'] => items.map(({ id }) => ({ item_id: id }))

function faultOf(text: string | undefined): ReprintFault {
  const found = reprintFaults.find((each) => each === text)
  if (found) return found
  const what = text === undefined ? 'It is not said whose fault it was.' : `--fault is ${JSON.stringify(text)}.`
  throw usageFault(what, `--fault is one of ${reprintFaults.join(', ')}.`, 'reprint')
}

function itemOf(text: string): ReprintRequest['items'][number] {
  const [, item_id = '', , copies] = /^(itm_\w+)(=(\d{1,5}))?$/.exec(text) ?? []
  if (item_id !== '') return { item_id, ...(copies === undefined ? {} : { quantity: Number(copies) }) }
  throw usageFault(
    `--item is ${JSON.stringify(text)}.`,
    'It is the id of an item, such as itm_…, or itm_…=2.',
    'reprint',
  )
}
