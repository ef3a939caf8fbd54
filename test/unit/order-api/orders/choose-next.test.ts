import { expect, test } from 'vitest'
import type { Facility, FacilityProduct } from '#contracts/facility.ts'
import { defaultRoutingPolicy, type RoutingPolicy } from '#contracts/order-api/routing.ts'
import { taxTable } from '#contracts/taxes/tax-table.ts'
import type { LoadOf } from '#pricing/routing/route-wish.ts'
import { localFacilities } from '../../../../local/facilities.ts'
import { localPriceBooks } from '../../../../local/prices/local-price-books.ts'
import { createChooseNext } from '../../../../services/order-api/orders/choose-next.ts'
import type { Item, Order } from '../../../../services/order-api/orders/order.ts'
import { aFileId, aRequest, now, placedOrder } from '../world.ts'

const order = placedOrder(
  aRequest({ items: [{ sku: 'softcover-a5', quantity: 1, pages: 80, files: { interior: aFileId } }] }),
)

/** Like Utrecht in all but what is said. */
function shop(id: string, product: Partial<FacilityProduct> = {}, more: Partial<Facility> = {}): Facility {
  const [utrecht] = localFacilities
  if (!utrecht) throw new Error('no facility')
  return { ...utrecht, id, products: [{ sku: 'softcover-a5', ...product }], ...more }
}

const american = { colour: { pictures: 'keep', outputIntent: 'GRACoL2006' } } as const
const bulky = { bleedMm: 5, spine: { kind: 'paper', gsm: 90, bulk: 1.5, coverCaliperMm: 0.3 } } as const

function choose(
  others: readonly Facility[],
  reroute: Partial<RoutingPolicy['reroute']> = {},
  changes: Partial<Item> = {},
  loadOf?: LoadOf,
) {
  const facilities = [...localFacilities.filter(({ id }) => id === 'fac_utrecht'), ...others]
  const books = others.flatMap(({ id }) =>
    localPriceBooks.flatMap((book) => (book.facilityId === 'fac_utrecht' ? [{ ...book, facilityId: id }] : [])),
  )
  const policy = { ...defaultRoutingPolicy, reroute: { ...defaultRoutingPolicy.reroute, ...reroute } }
  const data = {
    facilities,
    books: [...localPriceBooks, ...books],
    taxes: taxTable,
    now,
    policy,
    ...(loadOf ? { loadOf } : {}),
  }
  const [item] = order.items
  if (!item) throw new Error('no item')
  const priced: Order = { ...order, items: [{ ...item, ...changes }] }
  return createChooseNext(data)(priced, { ...item, ...changes })
}

test('another spine and bleed are fine, as covers are drawn again', () => {
  expect(choose([shop('fac_bulky', bulky)])).toMatchObject({ facilityId: 'fac_bulky', product: { bleedMm: 5 } })
})

test('other inks are not what was ordered, unless the policy takes similar ones', () => {
  const inks = shop('fac_inks', american)
  expect(choose([inks])).toMatchObject({ reason: expect.stringContaining('fac_inks makes it with another colour') })
  expect(choose([inks], { mode: 'similar' })).toMatchObject({ facilityId: 'fac_inks' })
})

test('never one that had it, one that is closed, or anybody where the policy says never', () => {
  const earlier = [{ facilityId: 'fac_had', jobId: 'job_1', cause: 'capacity' as const, at: now.toISOString() }]
  const others = [shop('fac_had'), shop('fac_shut', {}, { status: 'draining' })]
  const { reason } = { reason: '', ...choose(others, {}, { earlier }) }
  expect(reason).toContain('fac_had had it before; fac_shut is draining')
  expect(choose([shop('fac_open')], { mode: 'never' })).toHaveProperty('reason')
})

test('one that has weeks of work to do is passed over while another one can', () => {
  const others = [shop('fac_near'), shop('fac_far', {}, { latitude: 40.4, longitude: -3.7 })]
  const full: LoadOf = (id) => ({ pages: 0, items: id === 'fac_near' ? 3_000 * 11 : 0 })
  expect(choose(others)).toMatchObject({ facilityId: 'fac_near' })
  expect(choose(others, {}, {}, full)).toMatchObject({ facilityId: 'fac_far' })
  expect(choose(others.slice(0, 1), {}, {}, full)).toMatchObject({ facilityId: 'fac_near' })
})
