import type { Facility } from '#contracts/facility.ts'
import { defaultRoutingPolicy, type RoutingPolicy } from '#contracts/order-api/routing.ts'
import { decideRoute } from '#pricing/routing/decide-route.ts'
import { makeDirectory } from '#pricing/routing/directory.ts'
import type { LoadOf, NoOffer, Offer } from '#pricing/routing/route-wish.ts'

export const facility = (
  id: string,
  latitude: number,
  longitude: number,
  skus: readonly string[],
  changes: Partial<Facility> = {},
): Facility => ({
  id: `fac_${id}`,
  name: id,
  country: 'NL',
  city: id,
  latitude,
  longitude,
  status: 'open',
  products: skus.map((sku) => ({ sku })),
  ...changes,
})

export const utrecht = facility('utrecht', 52.09, 5.12, ['book', 'poster'])
export const leipzig = facility('leipzig', 51.34, 12.37, ['canvas', 'poster'])
export const columbus = facility('columbus', 39.96, -83, ['book', 'canvas', 'poster'])
export const all = [columbus, leipzig, utrecht]

/** The middle of the Netherlands. */
export const inNl = { latitude: 52.3, longitude: 5.6 }

export const dayOf = (date: string): number => Date.parse(date) / 86_400_000

export const anOffer: Offer = { costMinor: 1000, currency: 'EUR', promisedDay: dayOf('2026-11-27') }
export const noRate: NoOffer = { detail: 'no standard rate to NL', isPriced: true }

export type Case = {
  readonly skus: readonly string[]
  readonly facilities?: readonly Facility[]
  readonly to?: { readonly latitude: number; readonly longitude: number }
  readonly policy?: Partial<RoutingPolicy>
  /** By facility; the others have the same offer. */
  readonly offers?: Readonly<Record<string, Partial<Offer> | NoOffer>>
  readonly loadOf?: LoadOf
  readonly barred?: ReadonlyMap<string, string>
}

export function decide({ skus, facilities = all, to = inNl, policy = {}, offers = {}, loadOf, barred }: Case) {
  const items = skus.map((sku) => ({ sku, quantity: 1 }))
  return decideRoute(
    makeDirectory(facilities),
    { to, items },
    {
      policy: { ...defaultRoutingPolicy, ...policy },
      offersOf:
        () =>
        ({ facility: { id } }) => {
          const own = offers[id] ?? {}
          return 'detail' in own ? own : { ...anOffer, ...own }
        },
      loadOf,
      barred,
    },
  )
}

export const chosen = (wanted: Case): Record<string, string> =>
  Object.fromEntries([...decide(wanted).facilityOf].map(([sku, { id }]) => [sku, id]))

export const reasons = (wanted: Case): readonly (readonly [string, string])[] =>
  decide(wanted).candidates.map(({ facilityId, reason }) => [facilityId, reason])
