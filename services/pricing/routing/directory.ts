import type { Facility } from '#contracts/facility.ts'
import { type Point, pointOf } from '../distance.ts'
import { qualityScore } from './scores.ts'

/** A facility with what a decision needs of it, computed once. */
export type Site = Point & {
  readonly facility: Facility
  /** In the directory: of those made of the same facilities. */
  readonly index: number
  readonly qualityScore: number
}

/** Facilities by what they make. */
export type Directory = {
  readonly sites: readonly Site[]
  readonly makersOf: (sku: string) => readonly Site[]
}

const made = new WeakMap<readonly Facility[], Directory>()

/** The directory of a list that nobody changes: made once, and kept as long as the list is. */
export function directoryOf(facilities: readonly Facility[]): Directory {
  const known = made.get(facilities)
  if (known) return known
  const directory = makeDirectory(facilities)
  made.set(facilities, directory)
  return directory
}

export function makeDirectory(facilities: readonly Facility[]): Directory {
  const sites = facilities.map(siteOf)
  const bySku = new Map<string, Site[]>()
  for (const site of sites) {
    for (const sku of new Set(site.facility.products.map((product) => product.sku))) {
      const makers = bySku.get(sku)
      if (makers) makers.push(site)
      else bySku.set(sku, [site])
    }
  }
  return { sites, makersOf: (sku) => bySku.get(sku) ?? [] }
}

const siteOf = (facility: Facility, index: number): Site => ({
  ...pointOf(facility),
  facility,
  index,
  qualityScore: qualityScore(facility.quality),
})
