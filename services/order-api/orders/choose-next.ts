import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { type Facility, productAt } from '#contracts/facility.ts'
import { defaultRoutingPolicy, type RoutingPolicy } from '#contracts/order-api/routing.ts'
import type { PriceData } from '#pricing/price-data.ts'
import { destinationOf } from '#pricing/price-order.ts'
import { createOfferAt } from '#pricing/routing/offers.ts'
import { routeOrder } from '#pricing/routing/route-order.ts'
import type { ChooseNext, NextFacility } from './next-facility.ts'
import type { Item, Order } from './order.ts'
import { copiesOfJob } from './sent-copies.ts'

/**
 * Chooses by the account's routing policy among all that did not have the item before, make it as it was ordered (or nearly so, where the
 * policy lets them) and cost no more than the policy allows beyond the first one. Prices are those of `data`; nobody is charged by them.
 */
export const createChooseNext =
  (data: PriceData): ChooseNext =>
  (order, item) => {
    const { policy = defaultRoutingPolicy, facilities } = data
    if (policy.reroute.mode === 'never') return { reason: 'the routing policy of the account leaves it where it is' }
    const catalogued = productOf(item.product.sku)
    if (!catalogued) return { reason: `${item.product.sku} is not in the catalogue any more` }
    const wish = wishOf(order, item, data)
    const makers = facilities.filter(({ products }) => products.some(({ sku }) => sku === catalogued.sku))
    const bars = makers.flatMap((facility) => {
      const bar = barOf(facility, catalogued, item, policy) ?? tooDear(facility, order, item, wish, policy)
      return bar === undefined ? [] : [[facility.id, bar] as const]
    })
    const routed = routeOrder(wish.part, order.shippingMethod, data, new Map(bars))
    const facility = routed.facilityOf.get(catalogued.sku)
    const product = facility && productAt(facility, catalogued)
    if (facility && product) return { facilityId: facility.id, product, ...wish.costAt(facility) }
    return { reason: bars.map(([id, bar]) => `${id} ${bar}`).join('; ') || 'no open facility makes it' }
  }

type Wish = {
  readonly part: Parameters<typeof routeOrder>[0]
  readonly costAt: (facility: Facility) => Pick<NextFacility, 'cost'>
}

function wishOf(order: Order, item: Item, data: PriceData): Wish {
  const currency = order.charges?.currency ?? 'EUR'
  const pages = item.orderedPages ?? item.pages
  const items = [
    {
      sku: item.product.sku,
      quantity: copiesOfJob(order, item),
      ...(pages === undefined ? {} : { pages }),
      options: item.options,
    },
  ]
  const destination = destinationOf(order.recipient.address)
  const part = { items, destination, currency }
  const offerOf = createOfferAt(items, part, order.shippingMethod, data)
  const first = data.facilities.find(({ id }) => id === (item.earlier?.[0]?.facilityId ?? item.facilityId))
  const before = first && offerOf(first)
  return {
    part,
    costAt: (facility) => {
      const after = offerOf(facility)
      if (!before || 'detail' in before || 'detail' in after) return {}
      return { cost: { beforeMinor: before.costMinor, afterMinor: after.costMinor, currency } }
    },
  }
}

/** Why a facility may not have it at any price. */
function barOf(facility: Facility, catalogued: Product, item: Item, policy: RoutingPolicy): string | undefined {
  const had = [item.facilityId, ...(item.earlier ?? []).map(({ facilityId }) => facilityId)]
  if (had.includes(facility.id)) return 'had it before'
  if (facility.status !== 'open') return `is ${facility.status}`
  const made = productAt(facility, catalogued)
  if (!made) return 'does not make it'
  const other = difference(item.product, made, policy.reroute.mode)
  return other === undefined ? undefined : `makes it with another ${other}`
}

/** What the recipient would see. Spine and bleed may be others: covers are drawn again. */
function difference(ordered: Product, made: Product, mode: RoutingPolicy['reroute']['mode']): string | undefined {
  const same = (of: (product: Product) => unknown): boolean => JSON.stringify(of(ordered)) === JSON.stringify(of(made))
  if (!same(({ trimWidthMm, trimHeightMm }) => [trimWidthMm, trimHeightMm])) return 'trim'
  if (!same(({ construction }) => (construction.kind === 'book' ? construction.binding : construction.kind)))
    return 'binding'
  if (mode === 'similar') return undefined
  if (!same(({ paper: { interior, cover, sheet } }) => [interior, cover, sheet])) return 'paper'
  return same(({ colour }) => [colour?.outputIntent, colour?.pictures]) ? undefined : 'colour'
}

/** What nobody was charged for, as an unpriced test order, may cost anything. */
function tooDear(
  facility: Facility,
  { charges }: Order,
  { facilityId }: Item,
  { costAt }: Wish,
  { reroute }: RoutingPolicy,
): string | undefined {
  if (!charges) return undefined
  const { cost } = costAt(facility)
  if (!cost) return `cannot be compared with ${facilityId} in price`
  const percent = reroute.max_cost_increase_percent
  if (cost.afterMinor * 100 <= cost.beforeMinor * (100 + percent)) return undefined
  return `would cost ${cost.afterMinor} instead of ${cost.beforeMinor} ${cost.currency} (minor units), and ${percent} % more is allowed`
}
