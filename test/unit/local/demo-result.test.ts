import { describe, expect, test } from 'vitest'
import type { Order } from '#contracts/order-api/order.ts'
import { isShipped } from '../../../local/demo/follow-order.ts'
import { resultTable } from '../../../local/demo/result-table.ts'
import { stageTimes } from '../../../local/demo/stage-times.ts'
import { standingOf } from '../../../local/demo/standing.ts'

const orderId = 'ord_01k9zzzzzzzzzzzzzzzzzzzzzz'
const itemId = 'itm_01k9zzzzzzzzzzzzzzzzzzzzzz'

const order = (item: Partial<Order['items'][number]>, rest: Partial<Order> = {}): Order => ({
  id: orderId,
  object: 'order',
  is_test: true,
  stage: 'shipped',
  payment: 'authorised',
  is_held: false,
  recipient: { name: 'A', address: { line1: 'B 1', city: 'C', postal_code: '1', country: 'NL' } },
  shipping_method: 'standard',
  items: [
    {
      id: itemId,
      sku: 'photobook-210x280',
      quantity: 1,
      status: 'shipped',
      pages: 120,
      options: {},
      files: {},
      facility_id: 'fac_columbus',
      job_id: 'job_01k9zzzzzzzzzzzzzzzzzzzzzz',
      print_files: [],
      ...item,
    },
  ],
  shipments: [],
  issues: [],
  routing: { policy: 'nearest', candidates: [] },
  metadata: {},
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  ...rest,
})

const event = (type: string, second: number) => ({
  id: 'evt_01k9zzzzzzzzzzzzzzzzzzzzzz',
  order_id: orderId,
  sequence: 1,
  type,
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, 0, second * 1000)).toISOString(),
  data: {},
})

describe('the times of the stages', () => {
  test('come from the event log: to release, to packed, to shipped', () => {
    const events = [
      event('order.created', 0),
      event('item.print_file_ready', 1),
      event('order.released', 2),
      event('item.packed', 5),
      event('item.packed', 6),
      event('item.shipped', 7),
    ]
    expect(stageTimes(events)).toEqual({ preflight: 2000, production: 4000, shipping: 1000 })
  })

  test('are absent for what did not happen', () => {
    expect(stageTimes([event('order.created', 0)])).toEqual({
      preflight: undefined,
      production: undefined,
      shipping: undefined,
    })
  })
})

describe('the table at the end', () => {
  const times = { preflight: 12_345, production: 67_890, shipping: 400 }

  test('fits 80 columns but for paths, and names every print file', () => {
    const path = `${process.cwd()}/.printcloud/hot/interior.pdf`
    const table = resultTable([{ order: order({}), isShipped: true, times, printFiles: { [itemId]: [path] } }])
    for (const line of table.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    expect(table).toContain(orderId)
    expect(table).toContain('columbus')
    expect(table).toContain('12.3')
    expect(table).toContain('  .printcloud/hot/interior.pdf')
  })

  test('says for a failed item what was found, where, what was wanted and what to do', () => {
    const failed = order(
      { status: 'failed', failure: 'RESOLUTION_TOO_LOW', job_id: undefined },
      {
        stage: 'rejected',
        issues: [
          {
            item_id: itemId,
            at: '2026-01-01T00:00:00.000Z',
            code: 'RESOLUTION_TOO_LOW',
            severity: 'reject',
            file: 'interior',
            page: 7,
            found: '31 dpi',
            wanted: '72 dpi or more',
            why: 'It would print as squares.',
            action: `Send the original photo, ${'and not a copy of it '.repeat(8)}.`,
          },
        ],
      },
    )
    const table = resultTable([{ order: failed, isShipped: false, times, printFiles: {} }])
    expect(table).toContain('  FAILED in interior, page 7: RESOLUTION_TOO_LOW\n')
    expect(table).toContain('  Found: 31 dpi. Wanted: 72 dpi or more.\n')
    expect(table).toContain('  Send the original photo,')
    for (const line of table.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    expect(isShipped(failed)).toBe(false)
    expect(standingOf(failed)).toMatchObject({ isBad: true, word: 'rejected' })
  })

  test('names the cause when there is no finding', () => {
    const failed = order({ status: 'failed', failure: 'facility_rejected' })
    expect(resultTable([{ order: failed, isShipped: false, times, printFiles: {} }])).toContain(
      'FAILED: facility_rejected',
    )
  })
})
