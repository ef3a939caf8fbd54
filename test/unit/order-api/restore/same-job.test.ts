import { expect, test } from 'vitest'
import { Id } from '#contracts/ids.ts'
import { issuesOf } from '#contracts/parse.ts'
import { jobIdOf, makeIdsOfRequest } from '../../../../services/order-api/orders/derived-ids.ts'
import { standingOf } from '../../../../services/order-api/restore/compare-claims.ts'
import { decideOnFacilityStatus } from '../../../../services/order-api/status/handle-facility-status.ts'
import { aRequest, countingIds, placedOrder } from '../world.ts'

const request = { accountId: 'acc_1', isTest: false, key: 'my-order-1' }
const itemsOf = (at: string, changes: object = {}) => {
  const makeId = makeIdsOfRequest(new Date(at), { ...request, ...changes })
  return [makeId('item'), makeId('order'), makeId('item')]
}

test('an order sent again with its key has other ids and the same jobs, one for each item', () => {
  const [first = '', order = '', second = ''] = itemsOf('2026-11-21T12:00:00Z')
  const [again = '', orderAgain = '', secondAgain = ''] = itemsOf('2026-11-21T12:07:00Z')
  expect(orderAgain).not.toBe(order)
  expect(again).not.toBe(first)
  expect(jobIdOf({ id: again })).toBe(jobIdOf({ id: first }))
  expect(jobIdOf({ id: secondAgain })).toBe(jobIdOf({ id: second }))
  expect(jobIdOf({ id: second })).not.toBe(jobIdOf({ id: first }))
  expect(issuesOf(Id('item'), first)).toEqual([])
  expect(issuesOf(Id('job'), jobIdOf({ id: first }))).toEqual([])
})

test('another key, account or world makes other jobs, and so does a job that was before', () => {
  const at = '2026-11-21T12:00:00Z'
  const all = [{}, { key: 'my-order-2' }, { accountId: 'acc_2' }, { isTest: true }].map((changes) =>
    jobIdOf({ id: itemsOf(at, changes)[0] ?? '' }),
  )
  const [id = ''] = itemsOf(at)
  all.push(jobIdOf({ id, jobId: all[0] ?? '' }))
  expect(new Set(all).size).toBe(5)
})

test('a word about a job that is still to be made again is not taken as heard', () => {
  const order = placedOrder(aRequest())
  const [item] = order.items
  if (!item) throw new Error('no item')
  const status = {
    ...{ type: 'facility_status' as const, statusId: 'sts-1', at: order.createdAt, status: 'shipped' as const },
    ...{ orderId: order.id, itemId: item.id, jobId: jobIdOf(item), facilityId: item.facilityId },
  }
  const context = { now: new Date(order.createdAt), makeId: countingIds() }
  expect(decideOnFacilityStatus(status)(order, context)).toMatchObject({ order, events: [] })
  const cancelled = { ...order, stage: 'cancelled' as const }
  expect(decideOnFacilityStatus(status)(cancelled, context).events).toHaveLength(1)
  expect(decideOnFacilityStatus({ ...status, jobId: 'job-9' })(order, context).events).toHaveLength(1)
})

test('where a claim stands is told from the item', () => {
  const item = { orderId: 'o', itemId: 'itm-1', facilityId: 'fac_a', status: 'ready' as const }
  const jobId = jobIdOf({ id: 'itm-1' })
  const claim = { facilityId: 'fac_a', jobId, claimedAt: '2026-11-21T12:00:00Z' }
  expect(standingOf(claim, undefined)).toBe('lost')
  expect(standingOf(claim, item)).toBe('behind')
  expect(standingOf(claim, { ...item, status: 'queued', jobId })).toBe('behind')
  expect(standingOf(claim, { ...item, status: 'printing', jobId })).toBe('known')
  expect(standingOf(claim, { ...item, facilityId: 'fac_b' })).toBe('elsewhere')
  expect(standingOf(claim, { ...item, jobId: 'job-of-before' })).toBe('elsewhere')
})
