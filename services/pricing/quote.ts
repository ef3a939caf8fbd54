import type { Facility } from '#contracts/facility.ts'
import { decimalText, largestAmountMinor } from '#contracts/money.ts'
import { type ChargeLine, type Charges, type ShippingMethod, shippingMethods } from '#contracts/order-api/charges.ts'
import { chargeLine } from './charge-line.ts'
import { chargeShipping, type ShippingWish } from './charge-shipping.ts'
import { dutyOf } from './duty.ts'
import type { PlacedItem } from './place-item.ts'
import { placeTaxOf } from './place-tax.ts'
import { placeItems } from './placed-items.ts'
import type { PriceData } from './price-data.ts'
import type { PricedPart } from './price-order.ts'
import { shippingUnknown, unacceptable } from './refusals.ts'

export type QuotedFacility = { readonly facility: Facility; readonly items: readonly number[] }
export type QuotedOption = { readonly method: ShippingMethod; readonly charges: Charges }
export type Unavailable = { readonly method: ShippingMethod; readonly detail: string }

export type Quoted = {
  /** Of the first option: each method is routed by itself, and its charges say from where its parcels come. */
  readonly facilities: readonly QuotedFacility[]
  /** At least one. */
  readonly options: readonly QuotedOption[]
  readonly unavailable: readonly Unavailable[]
}

type Group = readonly [PlacedItem, ...PlacedItem[]]

/**
 * What an order costs by each shipping method that has a rate: the one place where prices are made, for quotes and orders alike. Pure.
 * `agreed`: the lines of an order that has them already, which keep their price. Throws Refused: `invalid_request`, `price_unknown`,
 * `tax_unknown`; `shipping_unknown` when no method is left.
 */
export function quote(
  part: PricedPart,
  data: PriceData,
  methods: readonly ShippingMethod[] = shippingMethods,
  agreed?: readonly ChargeLine[],
): Quoted {
  const priced = methods.map((method) => {
    const placed = placeItems(part, method, data)
    const placeTax = placeTaxOf(part.destination, data.taxes, part.recipientPointer ?? '/recipient/address')
    const lines = agreed ?? placed.map((each) => chargeLine(each, placeTax))
    const groups = groupsOf(placed)
    const wish = { method, country: part.destination.country, placeTax, now: data.now }
    return { ...chargesBy(part, groups, lines, wish), groups }
  })
  const options = priced.flatMap((each) => ('charges' in each ? [each] : []))
  const unavailable = priced.flatMap((each) => ('charges' in each ? [] : [each]))
  if (options.length === 0) throw shippingUnknown(unavailable.map(({ detail }) => detail).join('; '))
  return {
    facilities: (options[0]?.groups ?? []).map((group) => ({
      facility: group[0].facility,
      items: group.map(({ index }) => index),
    })),
    options: options.map(({ method, charges }) => ({ method, charges })),
    unavailable: unavailable.map(({ method, detail }) => ({ method, detail })),
  }
}

/** By facility, each in the order in which it comes first. */
function groupsOf(placed: readonly PlacedItem[]): readonly Group[] {
  const groups = new Map<string, [PlacedItem, ...PlacedItem[]]>()
  for (const each of placed) {
    const group = groups.get(each.facility.id)
    if (group) group.push(each)
    else groups.set(each.facility.id, [each])
  }
  return [...groups.values()]
}

function chargesBy(
  { currency }: PricedPart,
  groups: readonly Group[],
  lines: readonly ChargeLine[],
  wish: ShippingWish,
): QuotedOption | Unavailable {
  const parcels = groups.map((group) => chargeShipping(group, lines, wish))
  const reasons = parcels.flatMap((each) => ('detail' in each ? [each.detail] : []))
  if (reasons.length > 0) return { method: wish.method, detail: reasons.join('; ') }
  const shipping = parcels.flatMap((each) => ('detail' in each ? [] : [each]))
  const sum = (of: 'net' | 'tax_amount' | 'gross'): number =>
    [...lines, ...shipping].reduce((total, each) => total + each[of], 0)
  const charges: Charges = {
    currency,
    net: sum('net'),
    tax_amount: sum('tax_amount'),
    gross: sum('gross'),
    lines: [...lines],
    shipping,
    duty: dutyOf(
      groups.map(([first]) => first),
      wish.country,
    ),
  }
  return { method: wish.method, charges: withinLimit(charges) }
}

function withinLimit(charges: Charges): Charges {
  if (charges.gross <= largestAmountMinor) return charges
  const text = (amount: number): string => `${decimalText(amount, charges.currency)} ${charges.currency}`
  const detail = `may cost ${text(largestAmountMinor)} together; these cost ${text(charges.gross)}; place several orders`
  throw unacceptable([{ pointer: '/items', detail }])
}
