import { describe, expect, test } from 'vitest'
import { localFacilities } from '../../../../local/facilities.ts'
import { movedByWaiting } from '../../../../services/order-api/orders/leaves-by.ts'
import type { Item, Order } from '../../../../services/order-api/orders/order.ts'
import { productionTicketOf } from '../../../../services/order-api/tickets/production-ticket.ts'
import { aFileId, aRequest, now, place, placedOrder } from '../world.ts'

const ids = { ticketId: 'tkt_1', jobId: 'job_1' }

function onlyItem(order: Order): Item {
  const [item] = order.items
  if (!item) throw new Error('the order has no item')
  return item
}

function bookOf(facilityId: string): Order {
  const request = aRequest({ items: [{ sku: 'softcover-a5', quantity: 1, pages: 48, files: { interior: aFileId } }] })
  const result = place(
    request,
    localFacilities.filter(({ id }) => id === facilityId),
  )
  if ('issues' in result) throw new Error(JSON.stringify(result.issues))
  return result.placed.order
}

describe('what a facility reads on its ticket', () => {
  test('the papers that it told, by part: those its spine is measured by', () => {
    const order = bookOf('fac_leipzig')
    const { body } = productionTicketOf(order, onlyItem(order), ids, now.toISOString())
    expect(body).toMatchObject({
      product: {
        papers: {
          interior: { id: 'offset-90', gsm: 90, caliperMicrometres: 135 },
          cover: { id: 'cover-300', gsm: 300, caliperMicrometres: 300 },
        },
      },
    })
  })

  test('no papers where it names none for the product', () => {
    const order = bookOf('fac_utrecht')
    const { body } = productionTicketOf(order, onlyItem(order), ids, now.toISOString())
    expect(body).not.toHaveProperty('product.papers')
  })

  test('the day by which it should leave, counted as the buyer’s window is', () => {
    const order = placedOrder(aRequest())
    const { body } = productionTicketOf(order, onlyItem(order), ids, now.toISOString())
    // Ordered on a Saturday: it counts from Monday, and is made in three working days.
    expect(body).toMatchObject({ dueAt: '2026-11-26T15:00:00.000Z' })
  })
})

test('the day is the same by the clocks of a facility and by UTC, wherever it is', () => {
  for (const longitude of [-180, -157.9, -122.4, 0, 151.2, 174.8, 180]) {
    const [utrecht] = localFacilities
    const facilities = utrecht ? [{ ...utrecht, longitude }] : []
    const result = place(aRequest(), facilities)
    expect('placed' in result && result.placed.order.items[0]?.leavesBy?.slice(0, 10)).toBe('2026-11-26')
  }
})

describe('an order that waited for its files, its money or a word', () => {
  const item: Item = { ...onlyItem(placedOrder(aRequest())), leavesBy: '2026-11-25T15:00:00.000Z' }
  const order = { createdAt: '2026-11-20T12:00:00.000Z' }

  test('is not late by it: its day moves by as many weekdays', () => {
    expect(movedByWaiting(item, order, new Date('2026-11-22T23:00:00Z')).leavesBy).toBe(item.leavesBy)
    expect(movedByWaiting(item, order, new Date('2026-11-25T09:00:00Z')).leavesBy).toBe('2026-11-30T15:00:00.000Z')
  })

  test('keeps its day when another facility makes it: the buyer was promised it', () => {
    const earlier: NonNullable<Item['earlier']> = [
      { facilityId: 'fac_a', jobId: 'job_1', cause: 'device_down', at: order.createdAt },
    ]
    const moved = movedByWaiting({ ...item, earlier }, order, new Date('2026-11-27T09:00:00Z'))
    expect(moved.leavesBy).toBe(item.leavesBy)
  })
})
