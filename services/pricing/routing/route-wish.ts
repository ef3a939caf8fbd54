import type { Facility } from '#contracts/facility.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import type { RoutingPolicy } from '#contracts/order-api/routing.ts'
import type { Candidate, Unnamed } from './candidate.ts'
import type { Site } from './directory.ts'
import type { Load } from './scores.ts'

/** What somebody wants to be made, and where it goes. */
export type RouteWish = {
  readonly to: { readonly latitude: number; readonly longitude: number }
  readonly items: readonly RouteItem[]
}
export type RouteItem = {
  readonly sku: string
  readonly quantity: number
  /** Of content. */
  readonly pages?: number
  readonly options?: Readonly<Record<string, string>>
}

/** What some of the items cost at a facility, and when they come; or why not. */
export type Offer = {
  readonly costMinor: number
  readonly currency: CurrencyCode
  /** The last day on which it arrives, counted from 1970-01-01. */
  readonly promisedDay: number
}
export type NoOffer = {
  readonly detail: string
  /** It has a price for each and no way of sending them. */
  readonly isPriced: boolean
}
export type OfferOf = (site: Site) => Offer | NoOffer
export type OffersOf = (items: readonly RouteItem[]) => OfferOf

/** Why a facility may not have it, whatever it makes; undefined where it may. */
export type BarOf = (site: Site) => string | undefined

/** Always the same for the same facility: another load is another function. */
export type LoadOf = (facilityId: string) => Load | undefined

/** What is the case beside the wish. */
export type Situation = {
  readonly policy: RoutingPolicy
  readonly offersOf: OffersOf
  readonly loadOf?: LoadOf | undefined
  /** Facilities that may not have it, and why: beyond what the policy says. */
  readonly barred?: ReadonlyMap<string, string> | undefined
}

export type Decision = {
  /** Facility for each sku of the order. */
  readonly facilityOf: ReadonlyMap<string, Facility>
  /** Those that say most: the chosen ones, then the best of the others, at most twelve more. */
  readonly candidates: readonly Candidate[]
  readonly unnamed: Unnamed
  /** Skus that go nowhere, and why. */
  readonly impossible: ReadonlyMap<string, string>
}
