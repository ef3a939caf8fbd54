import { roundedMinor } from '#contracts/money.ts'
import type { ChargeLine, Charges, ShippingCharge, Tax } from '#contracts/order-api/charges.ts'
import { workingDateAfter } from '#pricing/delivery-window.ts'
import type { Order } from './order.ts'

/** Copies of an item of the original, with the place that the item has there. */
export type Copies = { readonly place: number; readonly quantity: number }

/** Nobody buys it, so nothing is taxed. */
const untaxed = (tax: Tax): Tax => ({
  kind: 'none',
  jurisdiction: tax.jurisdiction,
  rate_percent: 0,
  is_inclusive: false,
})

/**
 * What a reprint costs whoever's fault it is: the copies at the net price of the original, and of its shipping as much as the parcels
 * that are needed again. `wanted` is in the order of the reprint's items. The window of its delivery is moved by the days since then.
 * Undefined when the original had no price.
 */
export function chargesOfFault(original: Order, wanted: readonly Copies[], now: Date): Charges | undefined {
  const { charges } = original
  if (!charges) return undefined
  const lines = wanted.flatMap((copies, item) => {
    const line = charges.lines.find((each) => each.item === copies.place)
    return line ? [lineOf(line, item, copies.quantity)] : []
  })
  const days = Math.max(0, wholeDays(now.getTime() - Date.parse(original.createdAt)))
  const shipping = charges.shipping.flatMap((each) => shippingOf(each, original, wanted, days))
  const net = [...lines, ...shipping].reduce((sum, each) => sum + each.net, 0)
  return { ...charges, net, tax_amount: 0, gross: net, lines, shipping }
}

/** Without what the publisher added: nobody buys it. */
function lineOf({ margin = 0, ...line }: ChargeLine, item: number, quantity: number): ChargeLine {
  const { margin: _ofOne, ...unit } = line.unit
  const share = (amount: number): number => roundedMinor((amount * quantity) / line.quantity)
  const net = share(line.net - margin)
  const discount = share(line.discount)
  return { ...line, unit, item, quantity, discount, tax: untaxed(line.tax), net, tax_amount: 0, gross: net }
}

function shippingOf(
  shipping: ShippingCharge,
  original: Order,
  wanted: readonly Copies[],
  days: number,
): ShippingCharge[] {
  const items = wanted.flatMap(({ place }, item) => (shipping.items.includes(place) ? [item] : []))
  if (items.length === 0) return []
  const sent = shipping.items.reduce((sum, place) => sum + (original.items[place]?.quantity ?? 0), 0)
  const again = items.reduce((sum, item) => sum + (wanted[item]?.quantity ?? 0), 0)
  const part = sent > 0 ? Math.min(1, again / sent) : 1
  const parcels = Math.max(1, Math.ceil(shipping.parcels * part))
  const share = (amount: number): number => roundedMinor((amount * parcels) / shipping.parcels)
  const net = share(shipping.net)
  return [
    {
      ...shipping,
      items,
      parcels,
      weight_grams: Math.max(1, Math.round(shipping.weight_grams * part)),
      earliest: workingDateAfter(shipping.earliest, days),
      latest: workingDateAfter(shipping.latest, days),
      ...(shipping.duty === undefined ? {} : { duty: share(shipping.duty) }),
      tax: untaxed(shipping.tax),
      net,
      tax_amount: 0,
      gross: net,
    },
  ]
}

const dayMilliseconds = 24 * 3600 * 1000
const wholeDays = (milliseconds: number): number => Math.ceil(milliseconds / dayMilliseconds)
