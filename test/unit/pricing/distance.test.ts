import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distanceKm } from '#pricing/distance.ts'

const halfWayRoundKm = Math.PI * 6371

test('two places are never farther apart than half way round the earth, also when they face each other through it', () => {
  const latitude = fc.double({ min: -90, max: 90, noNaN: true })
  const longitude = fc.double({ min: -180, max: 180, noNaN: true })
  fc.assert(
    fc.property(latitude, longitude, (here, there) => {
      const opposite = { latitude: -here, longitude: there > 0 ? there - 180 : there + 180 }
      const km = distanceKm({ latitude: here, longitude: there }, opposite)
      expect(km).toBeGreaterThan(halfWayRoundKm - 1)
      expect(km).toBeLessThanOrEqual(halfWayRoundKm)
    }),
  )
})

test('from Utrecht to Leipzig it is 500 km, both ways, and from a place to itself nothing', () => {
  const utrecht = { latitude: 52.09, longitude: 5.12 }
  const leipzig = { latitude: 51.34, longitude: 12.37 }
  expect(distanceKm(utrecht, leipzig)).toBeCloseTo(506, -1)
  expect(distanceKm(utrecht, leipzig)).toBe(distanceKm(leipzig, utrecht))
  expect(distanceKm(utrecht, utrecht)).toBe(0)
})
