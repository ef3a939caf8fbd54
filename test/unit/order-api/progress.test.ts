import { expect, test } from 'vitest'
import type { ProcessReport } from '#contracts/messages/process-report.ts'
import { makeIdAt } from '../../../services/order-api/orders/make-id.ts'
import type { Order } from '../../../services/order-api/orders/order.ts'
import { presentOrder } from '../../../services/order-api/orders/present-order.ts'
import { decideOnReport } from '../../../services/order-api/status/handle-report.ts'
import { aRequest, now, placedOrder } from './world.ts'

const makeId = makeIdAt(() => now)

function heard(order: Order, news: { readonly outcome: 'started' } | { readonly pagesDone: number }): Order {
  const [item] = order.items
  if (!item) throw new Error('no item')
  const base = { type: 'process_report', ticketId: item.processTicketId, orderId: order.id, itemId: item.id } as const
  const at = now.toISOString()
  const report: ProcessReport =
    'outcome' in news ? { ...base, at, ...news } : { ...base, at, outcome: 'progress', pagesOfAll: 40, ...news }
  return decideOnReport(report)(order, { now, makeId }).order
}

const shown = (order: Order) => presentOrder(order).items[0]

test('whoever waits sees how many pages are done, and never fewer than before', () => {
  const started = heard(placedOrder(aRequest()), { outcome: 'started' })
  const reordered = heard(heard(started, { pagesDone: 12 }), { pagesDone: 5 })
  expect(shown(reordered)).toMatchObject({ status: 'processing', progress: { pages_done: 12, pages_of_all: 40 } })
})

test('progress that comes before the start or after the end moves nothing and is not shown', () => {
  const early = heard(placedOrder(aRequest()), { pagesDone: 3 })
  expect(shown(early)).toMatchObject({ status: 'pending' })
  expect(shown(early)).not.toHaveProperty('progress')
})
