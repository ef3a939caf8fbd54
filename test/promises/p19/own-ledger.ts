import type { Charges } from '#contracts/order-api/charges.ts'
import type { Order } from '#contracts/order-api/order.ts'
import type { Basket } from './commands.ts'

/** What the customer was told: the order and what it costs. */
export type Told = {
  readonly charges: Charges
  /** Somebody else's fault: it costs nothing. */
  readonly isFree: boolean
  /** A draft of this basket, which nobody has confirmed: it costs nothing either. */
  readonly draftOf?: Basket
}

/** What an order should have cost its customer until now: what was told, without what was not printed, reckoned by the customer. */
export function spentOn(order: Order, { charges, isFree, draftOf }: Told): number {
  if (isFree || draftOf) return 0
  const isOver = order.stage === 'cancelled' || order.stage === 'rejected'
  const isBack = (places: readonly number[]): boolean =>
    places.every((place) => (isOver || order.items[place]?.status === 'failed') && !isReplaced(order, place))
  const lines = charges.lines.filter(({ item }) => !isBack([item]))
  const parcels = charges.shipping.filter(({ items }) => !isBack(items))
  return [...lines, ...parcels].reduce((sum, { gross }) => sum + gross, 0)
}

/** Whoever has it printed again for free has the copies, and not their price as well. Here they always want all of them. */
const isReplaced = ({ items, reprints = [] }: Order, place: number): boolean =>
  reprints.some((each) => each.fault !== 'publisher' && each.items.some(({ item_id }) => item_id === items[place]?.id))

/** What is wrong with a price by itself: parts that are not the whole. */
export function priceFaults({ lines, shipping, net, tax_amount, gross }: Charges): readonly string[] {
  const parts = [...lines, ...shipping]
  const sum = (name: 'net' | 'tax_amount' | 'gross'): number => parts.reduce((all, each) => all + each[name], 0)
  return [
    ...(sum('net') === net && sum('tax_amount') === tax_amount && sum('gross') === gross
      ? []
      : ['the parts are not the whole']),
    ...(net + tax_amount === gross ? [] : ['net and tax are not gross']),
    ...(parts.every((each) => each.net + each.tax_amount === each.gross)
      ? []
      : ['a part’s net and tax are not its gross']),
    ...(shipping.every((each) => each.gross > 0) ? [] : ['shipping for nothing']),
  ]
}
