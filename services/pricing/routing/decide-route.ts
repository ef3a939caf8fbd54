import type { Facility } from '#contracts/facility.ts'
import type { Directory } from './directory.ts'
import { explain } from './explain.ts'
import { planParts } from './plan.ts'
import type { BarOf, Decision, RouteWish, Situation } from './route-wish.ts'
import { createStandingOf } from './standing.ts'

/**
 * Where an order is made, and why there. Among the facilities that the policy and their state permit, the one with the highest sum of
 * weighted scores; equal ones by distance, then by id. Pure; the same answer for the same facts, in whatever order they come.
 */
export function decideRoute(directory: Directory, wish: RouteWish, situation: Situation): Decision {
  const skus = [...new Set(wish.items.map(({ sku }) => sku))]
  const standingOf = createStandingOf(directory, wish, situation)
  const barOf = createBarOf(situation)
  const makersOf = (some: readonly string[]) =>
    directory
      .makersOfAll(some)
      .filter((site) => barOf(site) === undefined)
      .map(standingOf)
  const parts = skus.length === 0 ? [] : planParts(wish, skus, makersOf, situation)
  const facilityOf = new Map<string, Facility>()
  for (const { skus: some, chosen } of parts) {
    if (chosen) for (const sku of some) facilityOf.set(sku, chosen.site.facility)
  }
  const impossible = new Map<string, string>()
  for (const sku of skus) {
    if (facilityOf.has(sku)) continue
    const isMade = directory.makersOfAll([sku]).some(({ facility }) => facility.status === 'open')
    impossible.set(sku, whyNot(sku, isMade, makersOf([sku]).length > 0))
  }
  const facts = { directory, skus, parts, barOf, standingOf, policy: situation.policy }
  return { facilityOf, ...explain(facts), impossible }
}

/** Why a facility may not have it, whatever it makes. */
function createBarOf({ policy, barred }: Situation): BarOf {
  const excluded = new Set(policy.exclude)
  const { pin } = policy
  const barOpen = ({ id }: Facility): string | undefined => {
    if (excluded.has(id)) return 'is excluded by the routing policy'
    if (pin && pin !== id) return `is not ${pin}, to which the routing policy pins`
    return barred?.get(id)
  }
  const isAnyBarred = excluded.size > 0 || Boolean(pin) || barred !== undefined
  return ({ isOpen, facility }) => {
    if (!isOpen) return `is ${facility.status}`
    return isAnyBarred ? barOpen(facility) : undefined
  }
}

function whyNot(sku: string, isMade: boolean, isPermitted: boolean): string {
  if (isPermitted) {
    return `no facility makes it together with the rest, and the routing policy never splits an order; order ${sku} by itself`
  }
  if (isMade) return `no facility that the routing policy permits makes ${sku} at the moment; choose another product`
  return `no open facility makes ${sku} at the moment; choose another product`
}
