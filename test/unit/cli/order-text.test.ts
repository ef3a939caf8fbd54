import { expect, test } from 'vitest'
import { eventWords } from '../../../services/cli/text/event-words.ts'
import { orderText } from '../../../services/cli/text/order-text.ts'
import { painter } from '../../../services/cli/text/paint.ts'
import type { Order } from '../../../services/order-client/index.ts'

const bought: Order = {
  id: 'ord_01k9x0000000000000000000aa',
  object: 'order',
  is_test: true,
  stage: 'in_production',
  payment: 'paid',
  is_held: false,
  sale: {
    checkout_id: 'chk_01k9x0000000000000000000aa',
    amount: 2490,
    currency: 'EUR',
    paid_at: '2026-11-21T10:00:00Z',
    refunded: 0,
  },
  recipient: {
    name: 'Ada',
    address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
  },
  shipping_method: 'standard',
  items: [],
  shipments: [],
  issues: [],
  routing: { policy: 'nearest', candidates: [] },
  metadata: {},
  created_at: '2026-11-21T10:00:00Z',
  updated_at: '2026-11-21T10:00:00Z',
}

test('a publisher reads on the command line that a customer bought it, what was paid, and what goes back', () => {
  expect(orderText(bought, painter(false))).toContain('Sold through your button: the customer paid 24.90 EUR at 2026-')
  const sale = bought.sale && { ...bought.sale, refunded: 1245 }
  expect(orderText({ ...bought, ...(sale ? { sale } : {}) }, painter(false))).toMatch(/, 12\.45 EUR of it goes back\n/)
  const { sale: _, ...ordered } = bought
  expect(orderText(ordered, painter(false))).not.toContain('Sold')
})

test('what came of looking at a publication is told with the event', () => {
  expect(eventWords({ type: 'publication.proofed', data: { worst: 'reject' } })).toBe('publication proofed: reject')
  expect(eventWords({ type: 'publication.proofed', data: { failure: 'The file is gone.' } })).toContain('file is gone')
})
