import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countryCentres } from '#contracts/countries.ts'
import type { Facility } from '#contracts/facility.ts'
import { distanceKm } from '#pricing/distance.ts'
import { routeToNearest } from '#pricing/nearest.ts'

const facility = (
  id: string,
  latitude: number,
  longitude: number,
  skus: readonly string[],
  status: Facility['status'] = 'open',
): Facility => ({
  id: `fac_${id}`,
  name: id,
  country: 'NL',
  city: id,
  latitude,
  longitude,
  status,
  products: skus.map((sku) => ({ sku })),
})
const utrecht = facility('utrecht', 52.09, 5.12, ['book', 'poster'])
const leipzig = facility('leipzig', 51.34, 12.37, ['canvas', 'poster'])
const columbus = facility('columbus', 39.96, -83, ['book', 'canvas', 'poster'])
const all = [columbus, leipzig, utrecht]

const chosen = (country: string, skus: readonly string[], facilities: readonly Facility[] = all) =>
  Object.fromEntries([...routeToNearest(facilities, country, skus).facilityOf].map(([sku, { id }]) => [sku, id]))

describe('the nearest facility that can make it', () => {
  test('a poster for Belgium is printed in Utrecht, for Poland in Leipzig, for Canada in Columbus', () => {
    expect(chosen('BE', ['poster'])).toEqual({ poster: 'fac_utrecht' })
    expect(chosen('PL', ['poster'])).toEqual({ poster: 'fac_leipzig' })
    expect(chosen('CA', ['poster'])).toEqual({ poster: 'fac_columbus' })
  })

  test('a nearer facility that cannot make it is passed over, with the reason', () => {
    const { facilityOf, candidates } = routeToNearest(all, 'NL', ['canvas'])
    expect(facilityOf.get('canvas')?.id).toBe('fac_leipzig')
    expect(candidates.map(({ facilityId, reason }) => [facilityId, reason])).toEqual([
      ['fac_utrecht', 'makes nothing of the order'],
      ['fac_leipzig', 'nearest that makes everything in the order'],
      ['fac_columbus', 'makes everything in the order, but is farther away'],
    ])
  })

  test('an order stays in one parcel where one facility makes all of it', () => {
    expect(chosen('NL', ['book', 'canvas'])).toEqual({ book: 'fac_columbus', canvas: 'fac_columbus' })
  })

  test('an order that nobody makes as a whole goes to the nearest maker of each product', () => {
    expect(chosen('NL', ['book', 'canvas'], [utrecht, leipzig])).toEqual({ book: 'fac_utrecht', canvas: 'fac_leipzig' })
  })

  test('a paused facility gets nothing', () => {
    const paused = { ...utrecht, status: 'paused' as const }
    const { facilityOf, candidates } = routeToNearest([paused, leipzig], 'NL', ['poster'])
    expect(facilityOf.get('poster')?.id).toBe('fac_leipzig')
    expect(candidates[0]).toMatchObject({ facilityId: 'fac_utrecht', isChosen: false, reason: 'is paused' })
  })

  test('what nobody makes is named', () => {
    expect(routeToNearest([utrecht], 'NL', ['poster', 'canvas']).impossible).toEqual(['canvas'])
  })
})

test('whatever the country and the order, each product goes to an open maker, and no nearer one makes the whole order', () => {
  const skus = fc.uniqueArray(fc.constantFrom('book', 'canvas', 'poster'), { minLength: 1 })
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(countryCentres)), skus, (country, wanted) => {
      const { facilityOf, candidates } = routeToNearest(all, country, wanted)
      for (const sku of wanted) expect(facilityOf.get(sku)?.products.map((product) => product.sku)).toContain(sku)
      const whole = candidates.find(({ canMake }) => canMake.length === wanted.length)
      expect(new Set([...facilityOf.values()].map(({ id }) => id))).toEqual(new Set([whole?.facilityId]))
    }),
  )
})

test('the distance from Amsterdam to New York is 5,860 km, give or take 20', () => {
  const amsterdam = { latitude: 52.37, longitude: 4.9 }
  const newYork = { latitude: 40.71, longitude: -74.01 }
  expect(Math.abs(distanceKm(amsterdam, newYork) - 5860)).toBeLessThan(20)
})
