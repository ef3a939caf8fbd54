import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Shops } from './rerouting-model.ts'

type Step = (shops: Shops) => void
const place = fc.nat(3)
const words = fc.constantFrom('accepted', 'printing', 'shipped', 'rejected', 'failed', 'failed')

/** Everything that can come to a released order, in any order. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Step>((shops) => shops.ready()) },
  {
    weight: 3,
    arbitrary: place.map(
      (at): Step =>
        (shops) =>
          shops.deliver(at),
    ),
  },
  {
    weight: 2,
    arbitrary: place.map(
      (at): Step =>
        (shops) =>
          shops.deliverCancel(at),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(place, words).map(
      ([at, word]): Step =>
        (shops) =>
          shops.shopSays(at, word),
    ),
  },
  {
    weight: 5,
    arbitrary: fc.tuple(place, fc.boolean()).map(
      ([at, isLast]): Step =>
        (shops) =>
          shops.hear(at, isLast),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('unclaimed' as const, 'facility_paused' as const).map(
      (cause): Step =>
        (shops) =>
          shops.want(cause),
    ),
  },
  { weight: 3, arbitrary: fc.constant<Step>((shops) => shops.claim()) },
  { weight: 3, arbitrary: fc.constant<Step>((shops) => shops.conclude()) },
  fc.constant<Step>((shops) => shops.crash()),
  fc.constant<Step>((shops) => shops.cancel()),
  fc.boolean().map(
    (isAnybodyElse): Step =>
      (shops) =>
        Object.assign(shops, { isAnybodyElse }),
  ),
)

function wantOnePrinter(shops: Shops): void {
  const able = shops.mayPrint()
  expect(able.length, `${able.join(' and ')} may both be printed`).toBeLessThanOrEqual(1)
  const { item } = shops
  if (able.length === 1 && item.status !== 'failed') expect(able).toEqual([item.jobId])
}

/** All that is under way arrives, and everybody does what they are there for. */
function settle(shops: Shops): void {
  for (let turn = 0; turn < 20; turn += 1) {
    shops.crash()
    shops.claim()
    shops.conclude()
    while (shops.bag.length > 0) shops.hear(0, true)
    if (shops.item.jobId === undefined) shops.ready()
    for (let at = 0; at < 8; at += 1) {
      shops.deliverCancel(at)
      shops.deliver(at)
      shops.shopSays(at, 'shipped')
    }
    wantOnePrinter(shops)
  }
}

test('whatever comes in whatever order: never two facilities that may both print, and every job is printed or given up', () => {
  const reached = new Set<string>()
  fc.assert(
    fc.property(fc.array(step, { minLength: 25, maxLength: 45 }), (steps) => {
      const shops = new Shops()
      shops.ready()
      for (const each of steps) {
        each(shops)
        wantOnePrinter(shops)
        for (const { facilityId } of shops.item.earlier ?? []) reached.add(`left ${facilityId}`)
        reached.add(shops.item.takeBack?.state ?? 'none')
      }
      settle(shops)
      const printed = [...shops.jobs.values()].filter(({ isShipped }) => isShipped)
      const { order, item } = shops
      reached.add(order.stage)
      expect([order.stage, printed.length]).toEqual([order.stage, item.status === 'shipped' ? 1 : 0])
      expect(['shipped', 'cancelled', 'rejected']).toContain(order.stage)
    }),
    { numRuns: 1500 },
  )
  const wanted = [
    'left fac_utrecht',
    'left fac_b',
    'claiming',
    'left',
    'asked',
    'declined',
    'shipped',
    'cancelled',
    'rejected',
  ]
  expect(wanted.filter((each) => !reached.has(each))).toEqual([])
})
