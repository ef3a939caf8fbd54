import type { Order } from '#contracts/order-api/order.ts'
import { cancel, fail, print, reprint, shipOtherwise } from './afterwards.ts'
import { askQuote, order, orderChanged, orderForged, orderQuoted } from './buy.ts'
import { type Buyer, type Offer, refresh, spentBy } from './buyer.ts'
import type { Command } from './commands.ts'
import { confirm, draft, orderLater, sendFiles } from './drafts.ts'

type OnOffer = Extract<Command, { type: 'order_quoted' | 'order_changed' | 'order_forged' }>
type OnOrder = Extract<
  Command,
  { type: 'ship_otherwise' | 'cancel' | 'fail' | 'print' | 'reprint' | 'confirm' | 'send_files' }
>

const dayMilliseconds = 25 * 3600 * 1000

/** Does what a command says; where there is no quote or no order yet, nothing. */
export async function perform(buyer: Buyer, command: Command): Promise<void> {
  switch (command.type) {
    case 'quote':
      return askQuote(buyer, command.basket)
    case 'order':
      return order(buyer, command.basket, command.copies)
    case 'draft':
      return draft(buyer, command.basket, command.isWithoutFiles, command.copies)
    case 'order_later':
      return orderLater(buyer, command.basket, command.copies)
    case 'edit_prices':
      buyer.counts.edits += 1
      return buyer.market.editPrices(command.book, command.percent)
    case 'a_day_passes':
      return buyer.market.pass(dayMilliseconds)
    case 'order_quoted':
    case 'order_changed':
    case 'order_forged': {
      const offer = nth(buyer.offers, command.of)
      return offer && onOffer(buyer, command, offer)
    }
    case 'ship_otherwise':
    case 'cancel':
    case 'fail':
    case 'print':
    case 'reprint':
    case 'confirm':
    case 'send_files': {
      const chosen = nth(chosenFrom(buyer, command), command.of)
      return chosen && onOrder(buyer, command, chosen)
    }
    default: {
      const never: never = command
      return never
    }
  }
}

/** What a command can be about: nobody prints a draft, and only what lacks files is sent some. */
function chosenFrom({ orders, told }: Buyer, { type }: OnOrder): readonly Order[] {
  const all = [...orders.values()]
  if (type === 'confirm') return all.filter(({ id }) => told.get(id)?.draftOf)
  if (type === 'send_files') return all.filter(({ items }) => items.some(({ files }) => files === undefined))
  return type === 'fail' || type === 'print' ? all.filter(({ id }) => !told.get(id)?.draftOf) : all
}

const nth = <T>(all: readonly T[], place: number): T | undefined => all[place % Math.max(1, all.length)]

async function onOffer(buyer: Buyer, command: OnOffer, offer: Offer): Promise<void> {
  if (command.type === 'order_quoted') await orderQuoted(buyer, offer, command.copies)
  else if (command.type === 'order_changed') await orderChanged(buyer, offer, command.more)
  else await orderForged(buyer, offer, command.at)
}

async function onOrder(buyer: Buyer, command: OnOrder, chosen: Order): Promise<void> {
  const before = spentBy(buyer)
  await doOn(buyer, command, chosen)
  await refresh(buyer, chosen.id)
  if (spentBy(buyer) < before) buyer.counts.givenBack += 1
}

function doOn(buyer: Buyer, command: OnOrder, chosen: Order): Promise<void> {
  switch (command.type) {
    case 'ship_otherwise':
      return shipOtherwise(buyer, chosen)
    case 'cancel':
      return cancel(buyer, chosen, command.item, command.alsoFails)
    case 'fail':
      return fail(buyer, chosen, command.item)
    case 'print':
      return print(buyer, chosen)
    case 'reprint':
      return reprint(buyer, chosen, command.fault)
    case 'confirm':
      return confirm(buyer, command, chosen)
    case 'send_files':
      return sendFiles(buyer, chosen, command.all)
    default: {
      const never: never = command
      return never
    }
  }
}
