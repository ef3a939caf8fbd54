import { describe, expect, test } from 'vitest'
import type { Finding } from '#contracts/findings.ts'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import type { PrintFile, ProcessReport } from '#contracts/messages/process-report.ts'
import { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { issuesOf } from '#contracts/parse.ts'
import { cancelOrder } from '../../../services/order-api/orders/cancel-order.ts'
import type { Change, Decide } from '../../../services/order-api/orders/change.ts'
import { makeIdAt } from '../../../services/order-api/orders/make-id.ts'
import type { Order } from '../../../services/order-api/orders/order.ts'
import { decideOnFacilityStatus } from '../../../services/order-api/status/handle-facility-status.ts'
import { decideOnReport } from '../../../services/order-api/status/handle-report.ts'
import { aFileId, aRequest, now, placedOrder } from './world.ts'

const poster = { sku: 'poster-a3', quantity: 1, files: { image: aFileId } }
const makeId = makeIdAt(() => now)
const heading = { at: now.toISOString() }

const printFile: PrintFile = {
  component: 'sheet',
  key: 'facilities/fac_utrecht/a/sheet.pdf',
  contentType: 'application/pdf',
  sizeBytes: 10,
  sha256: 'a'.repeat(64),
  pages: 1,
  sheetWidthMm: 303,
  sheetHeightMm: 426,
  trimBox: { xMm: 3, yMm: 3, widthMm: 297, heightMm: 420 },
}
const soft: Finding = {
  code: 'RESOLUTION_TOO_LOW',
  severity: 'reject',
  found: '20 dpi',
  wanted: '100 dpi',
  why: 'it would look soft',
  action: 'send a larger picture',
}

function reportOf(order: Order, place: number, outcome: 'started' | 'ready' | 'rejected'): ProcessReport {
  const item = order.items[place]
  if (!item) throw new Error('no such item')
  const base = {
    type: 'process_report' as const,
    ticketId: item.processTicketId,
    orderId: order.id,
    itemId: item.id,
    ...heading,
  }
  if (outcome === 'started') return { ...base, outcome }
  if (outcome === 'rejected') return { ...base, outcome, findings: [soft] }
  return {
    ...base,
    outcome,
    pages: 1,
    findings: [],
    printFiles: [printFile],
    previews: [],
    reportKey: 'r',
    receiptKey: 'x',
  }
}

function statusOf(
  order: Order,
  place: number,
  status: FacilityStatus['status'],
  more: Partial<FacilityStatus> = {},
): FacilityStatus {
  const item = order.items[place]
  if (!item) throw new Error('no such item')
  return {
    type: 'facility_status',
    statusId: makeId('status'),
    facilityId: item.facilityId,
    jobId: item.jobId ?? makeId('job'),
    orderId: order.id,
    itemId: item.id,
    ...heading,
    status,
    ...more,
  }
}

/** Applies decisions one after the other, each on what the one before left. */
function live(order: Order, ...steps: ((order: Order) => Decide)[]): { order: Order; changes: Change[] } {
  const changes: Change[] = []
  let current = order
  for (const step of steps) {
    const change = step(current)(current, { now, makeId })
    changes.push(change)
    current = { ...change.order, shipments: [...current.shipments, ...change.newShipments] }
  }
  return { order: current, changes }
}

const ready = (place: number) => (order: Order) => decideOnReport(reportOf(order, place, 'ready'))
const rejected = (place: number) => (order: Order) => decideOnReport(reportOf(order, place, 'rejected'))
const says = (place: number, status: FacilityStatus['status'], more?: Partial<FacilityStatus>) => (order: Order) =>
  decideOnFacilityStatus(statusOf(order, place, status, more))
const parcel = (quantity: number) => ({ tracking: { carrier: 'PostNL', number: `3S${quantity}`, quantity } })

describe('the life of an order', () => {
  test('ready files release the order with a production ticket that a facility can read', () => {
    const { order, changes } = live(placedOrder(aRequest()), ready(0))
    expect(order.stage).toBe('released')
    expect(order.items[0]?.status).toBe('queued')
    const real = { ...changes[0]?.newTickets[0] }
    expect(real.queue).toBe('fac_utrecht')
    expect(issuesOf(ProductionTicket, real.body).map(({ pointer }) => pointer)).toEqual(['/orderId', '/itemId'])
  })

  test('an order waits for all its items before anything goes to a facility', () => {
    const two = placedOrder(aRequest({ items: [poster, poster] }))
    const { order, changes } = live(two, ready(0), ready(1))
    expect(changes.map(({ newTickets }) => newTickets.length)).toEqual([0, 2])
    expect(order.stage).toBe('released')
  })

  test('an item whose file cannot be printed fails with its reason, and the others go on', () => {
    const two = placedOrder(aRequest({ items: [poster, poster] }))
    const { order, changes } = live(two, rejected(0), ready(1))
    expect(order.items.map(({ status, failure }) => [status, failure])).toEqual([
      ['failed', 'RESOLUTION_TOO_LOW'],
      ['queued', undefined],
    ])
    expect(changes[0]?.newIssues).toMatchObject([{ finding: { found: '20 dpi', wanted: '100 dpi' } }])
    expect(changes[1]?.newTickets).toHaveLength(1)
  })

  test('an order of which nothing can be printed is rejected', () => {
    expect(live(placedOrder(aRequest()), rejected(0)).order.stage).toBe('rejected')
  })

  test('a live order that is not paid waits after preflight and reaches no facility', () => {
    const { order, changes } = live(placedOrder(aRequest(), false), ready(0))
    expect(order.stage).toBe('awaiting_payment')
    expect(changes[0]?.newTickets).toEqual([])
  })

  test('the facility carries it to shipped, with the parcel on the order', () => {
    const { order } = live(
      placedOrder(aRequest()),
      ready(0),
      says(0, 'accepted'),
      says(0, 'printing'),
      says(0, 'packed'),
      says(0, 'shipped', parcel(1)),
    )
    expect(order).toMatchObject({ stage: 'shipped', shipments: [{ carrier: 'PostNL', trackingNumber: '3S1' }] })
  })

  test('two parcels of one item add up: it is shipped with the second', () => {
    const five = placedOrder(aRequest({ items: [{ ...poster, quantity: 5 }] }))
    const part = live(five, ready(0), says(0, 'shipped', parcel(2)))
    expect(part.order.items[0]?.status).toBe('queued')
    const whole = live(part.order, says(0, 'shipped', parcel(3)))
    expect(whole.order).toMatchObject({ stage: 'shipped', shipments: [{ quantity: 2 }, { quantity: 3 }] })
  })

  test('a late word is recorded and lowers nothing', () => {
    const { order, changes } = live(
      placedOrder(aRequest()),
      ready(0),
      says(0, 'shipped', parcel(1)),
      says(0, 'printing'),
    )
    expect(order.items[0]?.status).toBe('shipped')
    expect(changes[2]?.events).toMatchObject([{ type: 'item.late', data: { event: 'printing' } }])
  })

  test('a facility is asked what became of a job until its last word, not until its first', () => {
    const two = placedOrder(aRequest({ items: [{ ...poster, quantity: 2 }] }))
    const { order, changes } = live(
      two,
      ready(0),
      says(0, 'accepted'),
      says(0, 'packed'),
      says(0, 'shipped', parcel(1)),
      says(0, 'shipped', parcel(1)),
    )
    const ticketId = order.items[0]?.productionTicketId
    for (const open of changes.slice(1, 4))
      expect(open).toMatchObject({ answeredTicketIds: [], patience: { ticketId } })
    expect(changes[4]?.answeredTicketIds).toEqual([ticketId])
    const failed = live(placedOrder(aRequest()), ready(0), says(0, 'failed', { cause: 'device_down' }))
    expect(failed.changes[1]?.answeredTicketIds).toEqual([failed.order.items[0]?.productionTicketId])
  })

  test('a facility can say nothing about the job of another', () => {
    const { order, changes } = live(
      placedOrder(aRequest()),
      ready(0),
      says(0, 'shipped', { facilityId: 'fac_leipzig', ...parcel(1) }),
    )
    expect(order.items[0]?.status).toBe('queued')
    expect(changes[1]).toMatchObject({ newShipments: [], answeredTicketIds: [], events: [{ type: 'item.impossible' }] })
  })

  test('what arrives for a cancelled order is recorded, and nothing is sent to a facility', () => {
    const { order, changes } = live(placedOrder(aRequest()), () => cancelOrder, ready(0))
    expect(order.stage).toBe('cancelled')
    expect(changes[1]).toMatchObject({ newTickets: [], events: [{ type: 'item.late' }] })
  })
})
