import type { Facility } from '#contracts/facility.ts'
import { type Point, pointOf } from '../distance.ts'
import { qualityScore } from './scores.ts'

/** A facility with what a decision needs of it, computed once. */
export type Site = Point & {
  readonly facility: Facility
  /** In the directory: of those made of the same facilities. */
  readonly index: number
  readonly isOpen: boolean
  readonly qualityScore: number
}

/** Facilities by what they make. */
export type Directory = {
  readonly sites: readonly Site[]
  readonly siteOf: (facilityId: string) => Site | undefined
  readonly makes: (site: Site, sku: string) => boolean
  /** All of it; nobody for nothing. */
  readonly makersOfAll: (skus: readonly string[]) => readonly Site[]
  /** At least one of them. */
  readonly makersOfAny: (skus: readonly string[]) => readonly Site[]
}

/** Of one sku. */
type Makers = {
  readonly sites: readonly Site[]
  /** By index: 1 makes it. */
  readonly marks: Uint8Array
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
  const byId = new Map(sites.map((site) => [site.facility.id, site]))
  const bySku = makersBySku(sites)
  const nobody: Makers = { sites: [], marks: new Uint8Array(sites.length) }
  const makersOf = (sku: string): Makers => bySku.get(sku) ?? nobody
  return {
    sites,
    siteOf: (facilityId) => byId.get(facilityId),
    makes: ({ index }, sku) => makersOf(sku).marks[index] === 1,
    makersOfAll: ([first, ...others]) => {
      const makers = first === undefined ? [] : makersOf(first).sites
      return others.reduce((left, sku) => {
        const { marks } = makersOf(sku)
        return left.filter(({ index }) => marks[index] === 1)
      }, makers)
    },
    makersOfAny: ([first, ...others]) => {
      const makers = first === undefined ? nobody : makersOf(first)
      return others.map(makersOf).reduce(together, makers).sites
    },
  }
}

/** Most often the others make nothing that the first ones do not make. */
function together(some: Makers, others: Makers): Makers {
  const more = others.sites.filter(({ index }) => some.marks[index] !== 1)
  if (more.length === 0) return some
  const marks = some.marks.slice()
  for (const { index } of more) marks[index] = 1
  return { sites: [...some.sites, ...more], marks }
}

function makersBySku(sites: readonly Site[]): ReadonlyMap<string, Makers> {
  const bySku = new Map<string, { readonly sites: Site[]; readonly marks: Uint8Array }>()
  for (const site of sites) {
    for (const { sku } of site.facility.products) {
      const makers = bySku.get(sku) ?? { sites: [], marks: new Uint8Array(sites.length) }
      bySku.set(sku, makers)
      if (makers.marks[site.index] === 1) continue
      makers.marks[site.index] = 1
      makers.sites.push(site)
    }
  }
  return bySku
}

const siteOf = (facility: Facility, index: number): Site => ({
  ...pointOf(facility),
  facility,
  index,
  isOpen: facility.status === 'open',
  qualityScore: qualityScore(facility.quality),
})
