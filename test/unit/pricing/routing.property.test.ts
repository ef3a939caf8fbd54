import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Facility } from '#contracts/facility.ts'
import { defaultRoutingPolicy, type RoutingPolicy, type RoutingWeights } from '#contracts/order-api/routing.ts'
import type { Candidate } from '#pricing/routing/candidate.ts'
import { decideRoute } from '#pricing/routing/decide-route.ts'
import { makeDirectory, type Site } from '#pricing/routing/directory.ts'
import type { NoOffer, Offer, Situation } from '#pricing/routing/route-wish.ts'
import { naivePlaces, naiveRanking } from './naive-decision.ts'
import { facility, noRate } from './routing-world.ts'

const skus = ['book', 'canvas', 'poster'] as const
const names = ['distance', 'cost', 'date', 'load', 'quality'] as const

const drawnFacility = fc.record({
  latitude: fc.integer({ min: -60, max: 70 }),
  longitude: fc.integer({ min: -180, max: 180 }),
  makes: fc.uniqueArray(fc.constantFrom(...skus)),
  status: fc.constantFrom('open', 'open', 'open', 'open', 'paused', 'draining'),
  onTimePercent: fc.integer({ min: 70, max: 100 }),
  load: fc.integer({ min: 0, max: 150 }),
  costMinor: fc.integer({ min: 100, max: 5000 }),
  day: fc.integer({ min: 1, max: 28 }),
  hasRate: fc.constantFrom(true, true, true, false),
})
type Drawn = typeof drawnFacility extends fc.Arbitrary<infer Value> ? Value : never

const weight = fc.integer({ min: 0, max: 100 })
const weights: fc.Arbitrary<RoutingWeights> = fc.record({
  ...{ distance: weight, cost: weight, date: weight, load: weight, quality: weight },
})
const drawnCase = fc.record({
  drawn: fc.array(drawnFacility, { minLength: 1, maxLength: 60 }),
  wanted: fc.uniqueArray(fc.constantFrom(...skus), { minLength: 1 }),
  weights,
  split: fc.constantFrom('never' as const, 'when_needed' as const),
  excluded: fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { maxLength: 5 }),
  pin: fc.option(fc.integer({ min: 0, max: 29 }), { nil: undefined, freq: 6 }),
})
type DrawnCase = typeof drawnCase extends fc.Arbitrary<infer Value> ? Value : never

const idOf = (index: number): string => `fac_f${index}`
const facilityOf = ({ latitude, longitude, makes, status, onTimePercent }: Drawn, index: number): Facility =>
  facility(`f${index}`, latitude, longitude, makes, {
    status,
    quality: { onTimePercent, reprintPercent: 1 },
    capacity: { pagesADay: 10, itemsADay: 10 },
  })

function situationOf({ drawn, weights, split, excluded, pin }: DrawnCase): Situation {
  const policy: RoutingPolicy = {
    ...{ ...defaultRoutingPolicy, weights, split, exclude: excluded.map(idOf) },
    ...(pin === undefined ? {} : { pin: idOf(pin) }),
  }
  const of = (id: string) => drawn[Number(id.slice('fac_f'.length))]
  const offersOf =
    () =>
    ({ facility: { id } }: Site): Offer | NoOffer => {
      const own = of(id)
      return own?.hasRate ? { costMinor: own.costMinor, currency: 'EUR', promisedDay: 20_000 + own.day } : noRate
    }
  return { policy, offersOf, loadOf: (id) => ({ pages: of(id)?.load ?? 0, items: 0 }) }
}

const to = { latitude: 50, longitude: 8 }
const decided = (drawn: DrawnCase, facilities = drawn.drawn.map(facilityOf), situation = situationOf(drawn)) =>
  decideRoute(makeDirectory(facilities), { to, items: drawn.wanted.map((sku) => ({ sku, quantity: 1 })) }, situation)

const oneSku = drawnCase.map((drawn) => ({ ...drawn, wanted: drawn.wanted.slice(0, 1), pin: undefined }))

test('nothing goes to a facility that is closed, excluded, not the pinned one, or does not make it', () => {
  fc.assert(
    fc.property(drawnCase, (drawn) => {
      const { policy } = situationOf(drawn)
      for (const [sku, { id, status, products }] of decided(drawn).facilityOf) {
        expect(status).toBe('open')
        expect(policy.exclude).not.toContain(id)
        expect(policy.pin ?? id).toBe(id)
        expect(products.map((product) => product.sku)).toContain(sku)
      }
    }),
  )
})

test('each sku is placed or refused in words, and an account that never splits has one facility', () => {
  fc.assert(
    fc.property(drawnCase, (drawn) => {
      const { facilityOf: placed, impossible } = decided(drawn)
      for (const sku of drawn.wanted) expect(placed.has(sku)).toBe(!impossible.has(sku))
      const used = new Set([...placed.values()].map(({ id }) => id))
      if (drawn.split === 'never') expect(used.size).toBeLessThanOrEqual(1)
    }),
  )
})

test('the same facts give the same decision, in whatever order the facilities come', () => {
  fc.assert(
    fc.property(drawnCase, (drawn) => {
      const facilities = drawn.drawn.map(facilityOf)
      const [one, other] = [decided(drawn, facilities), decided(drawn, facilities.toReversed())]
      expect(other.candidates).toEqual(one.candidates)
      expect([...other.facilityOf].map(([, { id }]) => id)).toEqual([...one.facilityOf].map(([, { id }]) => id))
    }),
  )
})

test('nobody is passed over who would have won: the places, and the best that are named with their scores, are those of weighing all', () => {
  fc.assert(
    fc.property(drawnCase, (drawn) => {
      const facilities = drawn.drawn.map(facilityOf)
      const situation = situationOf(drawn)
      const items = drawn.wanted.map((sku) => ({ sku, quantity: 1 }))
      const { facilityOf: placed, candidates } = decided(drawn, facilities, situation)
      const places = naivePlaces(facilities, to, items, situation)
      for (const [sku, id] of places) expect(placed.get(sku)?.id).toBe(id)
      const named = candidates.filter(({ scores }) => scores)
      const ranking = naiveRanking(facilities, to, items, situation).slice(0, 13)
      if (ranking.length === 0) return
      expect(named.map(({ facilityId, scores, total }) => ({ facilityId, scores, total }))).toEqual(
        ranking.map(({ facilityId, scores, total }) => ({ facilityId, scores, total })),
      )
    }),
    { numRuns: 500 },
  )
})

test('more weight on something never leads to a facility that is worse in it', () => {
  const raised = fc.record({ drawn: oneSku, name: fc.constantFrom(...names), by: fc.integer({ min: 1, max: 100 }) })
  const chosenOf = (candidates: readonly Candidate[]) => candidates.find(({ isChosen }) => isChosen)?.scores
  fc.assert(
    fc.property(raised, ({ drawn, name, by }) => {
      const before = chosenOf(decided(drawn).candidates)
      const weights = { ...drawn.weights, [name]: drawn.weights[name] + by }
      const after = chosenOf(decided({ ...drawn, weights }).candidates)
      expect(after === undefined).toBe(before === undefined)
      if (before && after) expect(after[name]).toBeGreaterThanOrEqual(before[name])
    }),
    { numRuns: 500 },
  )
})

test('every facility is named with a reason or counted, and none twice', () => {
  fc.assert(
    fc.property(drawnCase, (drawn) => {
      const { candidates, unnamed, facilityOf: placed } = decided(drawn)
      expect(candidates.length + unnamed.others + unnamed.makeNothing).toBe(drawn.drawn.length)
      expect(new Set(candidates.map(({ facilityId }) => facilityId)).size).toBe(candidates.length)
      for (const { reason } of candidates) expect(reason).toMatch(/\S/)
      const chosen = candidates.filter(({ isChosen }) => isChosen).map(({ facilityId }) => facilityId)
      expect(new Set(chosen)).toEqual(new Set([...placed.values()].map(({ id }) => id)))
    }),
  )
})
