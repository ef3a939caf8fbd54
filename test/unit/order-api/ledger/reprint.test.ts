import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import type { ReprintRequest } from '#contracts/order-api/reprint.ts'
import { localFacilities } from '../../../../local/facilities.ts'
import { bookingsOf } from '../../../../services/order-api/orders/begin.ts'
import type { Item, Order } from '../../../../services/order-api/orders/order.ts'
import { reprintOrder } from '../../../../services/order-api/orders/reprint.ts'
import { chargesOfFault } from '../../../../services/order-api/orders/reprint-charges.ts'
import { decideOnFacilityStatus } from '../../../../services/order-api/status/handle-facility-status.ts'
import { data as priceData } from '../../pricing/world.ts'
import { countingIds, now, terms } from '../world.ts'
import { chargedOrder, chargesOf } from './charged.ts'

const sheet: Item['printFiles'][number] = {
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

function printedOrder(nets: readonly number[], quantity: number, parcelNet = 300): Order {
  const charges = chargesOf(nets, [{ items: [...nets.keys()], net: parcelNet }], quantity)
  const order = chargedOrder(charges, { stage: 'in_production' })
  const items = order.items.map((item) => ({ ...item, status: 'printing' as const, pages: 1, printFiles: [sheet] }))
  return { ...order, items }
}

const data = { ...priceData, now }

const reprinted = (
  original: Order,
  request: Partial<ReprintRequest> = {},
  facilities = localFacilities,
  earlier: readonly Order[] = [],
) =>
  reprintOrder({
    original,
    earlier,
    request: {
      items: original.items.map(({ id }) => ({ item_id: id })),
      reason: 'torn',
      fault: 'facility',
      ...request,
    },
    terms,
    data: { ...data, facilities },
    madeItemIds: new Set(original.items.map(({ id }) => id)),
    price: () => undefined,
    windowOf: () => undefined,
    now,
    makeId: countingIds(),
  })

describe('what a fault costs', () => {
  test('all copies again are the whole net price, a part is never more, and it can always be booked', () => {
    const net = fc.integer({ min: 0, max: 1_000_000 })
    const cases = fc.record({
      nets: fc.array(net, { minLength: 1, maxLength: 6 }),
      quantity: fc.integer({ min: 1, max: 500 }),
      parts: fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 6, maxLength: 6 }),
      parcel: net,
    })
    fc.assert(
      fc.property(cases, ({ nets, quantity, parts, parcel }) => {
        const original = printedOrder(nets, quantity, parcel)
        const all = nets.map((_, place) => ({ place, quantity }))
        const some = nets.map((_, place) => ({ place, quantity: Math.min(quantity, parts[place] ?? 1) }))
        const [whole, part] = [all, some].map((copies) => chargesOfFault(original, copies, now))
        expect(whole?.gross).toBe(original.charges?.net)
        expect(part?.gross).toBeLessThanOrEqual(whole?.gross ?? 0)
        expect([whole?.tax_amount, part?.tax_amount]).toEqual([0, 0])
        const billing = { mode: 'facility', limitMinor: null } as const
        expect(() =>
          bookingsOf({ ...original, billing, ...(part ? { charges: part } : {}) }, countingIds()),
        ).not.toThrow()
      }),
      { numRuns: 1000 },
    )
  })

  test.each([
    [7, '2026-11-30', '2026-12-02'],
    [5, '2026-11-30', '2026-11-30'],
    [6, '2026-11-30', '2026-12-01'],
  ])(
    'where no rate is left it arrives as long after the reprint as after the order, on working days: %i',
    (days, earliest, latest) => {
      const later = new Date(now.getTime() + days * 24 * 3600 * 1000)
      const [parcel] = chargesOfFault(printedOrder([500], 1), [{ place: 0, quantity: 1 }], later)?.shipping ?? []
      expect([parcel?.earliest, parcel?.latest]).toEqual([earliest, latest])
    },
  )
})

describe('a reprint', () => {
  test('of what has its print files goes to its facility at once, as a job of its own', () => {
    const original = printedOrder([500, 500], 2)
    const { placed } = reprinted(original)
    expect(placed.order).toMatchObject({ stage: 'released', payment: 'waived' })
    expect(placed.tickets.map(({ kind, queue }) => [kind, queue])).toEqual([
      ['production', 'fac_utrecht'],
      ['production', 'fac_utrecht'],
    ])
    expect(placed.order.items.map(({ printFiles }) => printFiles)).toEqual([[sheet], [sheet]])
  })

  test('waits for the grace of its account, like any order', () => {
    const original = printedOrder([500], 1)
    const wish = { items: [{ item_id: original.items[0]?.id ?? '' }], reason: 'torn', fault: 'facility' as const }
    const { placed } = reprintOrder({
      ...{ original, earlier: [], request: wish, data, now },
      ...{ price: () => undefined, windowOf: () => undefined },
      terms: { ...terms, graceMinutes: 60 },
      madeItemIds: new Set(original.items.map(({ id }) => id)),
      makeId: countingIds(),
    })
    expect([placed.order.stage, placed.order.dueAt, placed.tickets]).toEqual(['grace', '2026-11-21T13:00:00.000Z', []])
  })

  test('says which facility printed it before, and why a nearer one is not asked', () => {
    const original = printedOrder([500], 1)
    const inLeipzig = { ...original, items: original.items.map((item) => ({ ...item, facilityId: 'fac_leipzig' })) }
    const { candidates, items } = reprinted(inLeipzig).placed.order
    expect(items[0]?.facilityId).toBe('fac_leipzig')
    expect(candidates.map(({ facilityId, isChosen, reason }) => [facilityId, isChosen, reason]).slice(0, 2)).toEqual([
      ['fac_utrecht', false, 'did not print it before'],
      ['fac_leipzig', true, 'printed it before'],
    ])
  })

  test('that nobody can make any more says so', () => {
    expect(() => reprinted(printedOrder([500], 1), {}, [])).toThrow('The fields listed in errors are not acceptable')
  })

  test('of more than a hundred items of one order is refused', () => {
    const original = printedOrder([500], 1)
    const items = Array.from({ length: 100 }, () => ({ itemId: original.items[0]?.id ?? '', quantity: 1 }))
    const full = { ...original, reprints: [{ orderId: 'order-9', fault: 'publisher' as const, items }] }
    expect(() => reprinted(full)).toThrow('At most 100 items')
  })
})

describe('copies or their price, never both and never neither', () => {
  type Word = FacilityStatus['status']

  /** What a facility's word of an order's only item does to it. */
  function told(order: Order, status: Word, more: Partial<FacilityStatus> = {}) {
    const [item] = order.items
    const facts = { type: 'facility_status' as const, statusId: `sts_${status}`, at: now.toISOString(), status }
    const ids = {
      orderId: order.id,
      itemId: item?.id ?? '',
      facilityId: item?.facilityId ?? '',
      jobId: item?.jobId ?? '',
    }
    const change = decideOnFacilityStatus({ ...facts, ...ids, ...more })(order, { now, makeId: countingIds() })
    return { ...change, order: { ...change.order, shipments: [...order.shipments, ...change.newShipments] } }
  }

  /** Ten posters at the shop, of which so many were printed again for free, with that reprint. */
  function replaced(quantity = 10) {
    const atWork = printedOrder([5000], 10)
    const original = { ...atWork, items: atWork.items.map((item) => ({ ...item, jobId: 'job-1' })) }
    const asked = again(original, quantity)
    return {
      original: asked.reprinted.order,
      free: { ...asked.placed.order, id: asked.reprinted.order.reprints?.at(-1)?.orderId ?? '' },
    }
  }
  const again = (original: Order, quantity: number, earlier: readonly Order[] = []) =>
    reprinted(original, { items: [{ item_id: original.items[0]?.id ?? '', quantity }] }, localFacilities, earlier)
  const parcel = (quantity: number) => ({ tracking: { carrier: 'PostNL', number: '3S', quantity } })

  test.each<Word>(['failed', 'rejected', 'cancelled'])(
    'a free copy that its shop %s can be had again, for free',
    (word) => {
      const { original, free } = replaced()
      expect(() => again(original, 1, [free])).toThrow('10 were replaced for free')
      const over = told(free, word)
      expect([over.order.stage, over.order.payment]).toEqual(['rejected', 'waived'])
      expect(over.events.map(({ type }) => type)).not.toContain('order.refunded')
      expect(again(original, 10, [over.order]).placed.order.payment).toBe('waived')
    },
  )

  test('copies of a failed free reprint that were sent all the same are not had again', () => {
    const { original, free } = replaced()
    const sent = told(free, 'shipped', parcel(4))
    const over = told(sent.order, 'failed').order
    expect(() => again(original, 7, [over])).toThrow('4 were replaced for free')
    expect(again(original, 6, [over]).placed.order.items[0]?.quantity).toBe(6)
  })

  test('an order whose shop fails after all of it is being replaced is not paid back, and what replaces it can fail too', () => {
    const { original, free } = replaced()
    const { order, entries, events } = told(original, 'failed')
    expect([entries, order.payment, order.refundedItemIds]).toEqual([[], 'paid', []])
    expect(events.map(({ type }) => type)).not.toContain('order.refunded')
    expect(() => again(order, 1, [free])).toThrow('10 were replaced for free')
    const second = again(order, 10, [told(free, 'failed').order])
    expect(second.placed.order.payment).toBe('waived')
  })

  test('of ten copies of which three are replaced, seven are paid back and three can be had', () => {
    const { original, free } = replaced(3)
    const { order, events } = told(original, 'failed')
    const gross = original.charges?.lines[0]?.gross ?? 0
    expect(events.find(({ type }) => type === 'order.refunded')?.data).toMatchObject({ amount: (gross * 7) / 10 })
    expect(order.payment).toBe('partially_refunded')
    const over = told(free, 'rejected').order
    expect(() => again(order, 4, [over])).toThrow('4 more cannot be')
    expect(again(order, 3, [over]).placed.order.items[0]?.quantity).toBe(3)
  })
})
