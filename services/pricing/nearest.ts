import { countryCentres } from '#contracts/countries.ts'
import type { Facility } from '#contracts/facility.ts'
import type { Candidate } from './candidate.ts'
import { distanceKm } from './distance.ts'

export type Routing = {
  /** Facility for each sku of the order. */
  readonly facilityOf: ReadonlyMap<string, Facility>
  readonly candidates: readonly Candidate[]
  /** Skus that no open facility makes. */
  readonly impossible: readonly string[]
}

type Ranked = { readonly facility: Facility; readonly distance: number; readonly canMake: readonly string[] }

/**
 * The nearest facility that makes the whole order; where none makes all of it, each sku goes to the nearest that makes it.
 * Pure. Every facility appears among the candidates with the reason why it was chosen or not.
 * The distance is measured to the middle of the recipient's country; equal distances are decided by id.
 */
export function routeToNearest(facilities: readonly Facility[], country: string, skus: readonly string[]): Routing {
  const wanted = [...new Set(skus)]
  const ranked = rank(facilities, country, wanted)
  const open = ranked.filter(({ facility }) => facility.status === 'open')
  const whole = open.find(({ canMake }) => canMake.length === wanted.length)
  const facilityOf = new Map<string, Facility>()
  for (const sku of wanted) {
    const maker = whole ?? open.find(({ canMake }) => canMake.includes(sku))
    if (maker) facilityOf.set(sku, maker.facility)
  }
  const chosen = new Set([...facilityOf.values()].map(({ id }) => id))
  return {
    facilityOf,
    candidates: ranked.map((each) => candidateOf(each, wanted, chosen)),
    impossible: wanted.filter((sku) => !facilityOf.has(sku)),
  }
}

function rank(facilities: readonly Facility[], country: string, wanted: readonly string[]): Ranked[] {
  const [latitude, longitude] = countryCentres[country] ?? [0, 0]
  return facilities
    .map((facility) => ({
      facility,
      distance: distanceKm({ latitude, longitude }, facility),
      canMake: wanted.filter((sku) => facility.products.some((product) => product.sku === sku)),
    }))
    .sort((a, b) => a.distance - b.distance || a.facility.id.localeCompare(b.facility.id))
}

function candidateOf(ranked: Ranked, wanted: readonly string[], chosen: ReadonlySet<string>): Candidate {
  const { facility, distance, canMake } = ranked
  return {
    facilityId: facility.id,
    distanceKm: Math.round(distance),
    canMake,
    isChosen: chosen.has(facility.id),
    reason: reasonOf(ranked, wanted, chosen),
  }
}

function reasonOf({ facility, canMake }: Ranked, wanted: readonly string[], chosen: ReadonlySet<string>): string {
  const makes = canMake.length === wanted.length ? 'everything in the order' : canMake.join(', ')
  if (chosen.has(facility.id)) return `nearest that makes ${makes}`
  if (facility.status !== 'open') return `is ${facility.status}`
  if (canMake.length === 0) return 'makes nothing of the order'
  if (canMake.length < wanted.length && chosen.size === 1) {
    return `does not make ${wanted.filter((sku) => !canMake.includes(sku)).join(', ')}`
  }
  return `makes ${makes}, but is farther away`
}
