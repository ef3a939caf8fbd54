import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entriesOf, saleOf } from '../../../../services/order-api/ledger/book.ts'
import { type LedgerEntry, spentMinor } from '../../../../services/order-api/ledger/entry.ts'
import { refundItems } from '../../../../services/order-api/ledger/refund.ts'
import { unchanged } from '../../../../services/order-api/orders/change.ts'
import { giveBack } from '../../../../services/order-api/orders/give-back.ts'
import type { Billing, PaidSale } from '../../../../services/order-api/orders/order.ts'
import { countingIds } from '../world.ts'
import { chargedOrder, chargesOf, onBalance, taxedAmounts } from './charged.ts'

const net = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 99_999 }))
/** Lines, the facility of each, what each facility's parcel costs, and the order in which items fail, some of them twice. */
const failures = fc.array(net, { minLength: 1, maxLength: 8 }).chain((lines) =>
  fc.record({
    lines: fc.constant(lines),
    facilityOf: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: lines.length, maxLength: lines.length }),
    parcelNets: fc.array(net, { minLength: 3, maxLength: 3 }),
    batches: fc.array(fc.array(fc.integer({ min: 0, max: lines.length - 1 }), { maxLength: 4 }), { maxLength: 12 }),
  }),
)

const parcelsOf = (facilityOf: readonly number[], nets: readonly number[]) =>
  [0, 1, 2].flatMap((facility) => {
    const items = facilityOf.flatMap((each, place) => (each === facility ? [place] : []))
    return items.length > 0 ? [{ items, net: nets[facility] ?? 0 }] : []
  })

const aSale: PaidSale = {
  ...{ checkoutId: `chk_${'0'.repeat(26)}`, provider: 'stripe', paymentReference: 'pi_1', currency: 'EUR' },
  ...{ amountMinor: 0, refundedMinor: 0, paidAt: '2026-11-21T00:00:00.000Z' },
}
const aParcel = {
  ...{ id: 'shp_1', facilityId: 'fac_utrecht', carrier: 'PostNL', trackingNumber: '3S1' },
  shippedAt: '2026-11-21T00:00:00.000Z',
}

const byTransaction = (entries: readonly LedgerEntry[]): number[] => {
  const sums = new Map<string, number>()
  for (const { transactionId, amountMinor } of entries) {
    sums.set(transactionId, (sums.get(transactionId) ?? 0) + amountMinor)
  }
  return [...sums.values()]
}

test('whatever fails, in whatever order and however often it is told: each line goes back once, each parcel with its last item, and all together is what was paid', () => {
  fc.assert(
    fc.property(failures, ({ lines, facilityOf, parcelNets, batches }) => {
      const parcels = parcelsOf(facilityOf, parcelNets)
      const charges = chargesOf(lines, parcels)
      const makeId = countingIds()
      let order = chargedOrder(charges)
      const entries = entriesOf(saleOf(charges, onBalance), 'EUR', makeId)
      const failed = new Set<number>()
      const everything = [...batches, lines.map((_, place) => place)]
      for (const batch of everything) {
        const before = new Set(failed)
        for (const place of batch) failed.add(place)
        const refund = refundItems(
          order,
          batch.map((place) => order.items[place]?.id ?? ''),
          makeId,
        )
        const isNow = (items: readonly number[]) =>
          items.every((place) => failed.has(place)) && !items.every((place) => before.has(place))
        const expected =
          lines.reduce((sum, each, place) => sum + (isNow([place]) ? taxedAmounts(each).gross : 0), 0) +
          parcels.reduce((sum, { items, net: each }) => sum + (isNow(items) ? taxedAmounts(each).gross : 0), 0)
        expect(refund.amountMinor).toBe(expected)
        order = refund.order
        entries.push(...refund.entries)
        expect(order.payment === 'refunded').toBe(failed.size === lines.length)
      }
      expect(spentMinor(entries)).toBe(0)
      expect(byTransaction(entries).every((sum) => sum === 0)).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

describe('giving back', () => {
  test('an item that cost nothing counts as given back, so that its parcel goes back with the last one', () => {
    const makeId = countingIds()
    const order = chargedOrder(chargesOf([0, 500], [{ items: [0, 1], net: 300 }]))
    const [free, dear] = order.items.map(({ id }) => id)
    const first = giveBack(unchanged(order), [free ?? ''], makeId)
    expect([first.entries, first.events, first.order.payment]).toEqual([[], [], 'partially_refunded'])
    const second = giveBack(unchanged(first.order), [dear ?? ''], makeId)
    expect(second.events).toMatchObject([{ type: 'order.refunded', data: { amount: 605 + 363, item_ids: [dear] } }])
    expect(second.order.payment).toBe('refunded')
  })

  test('an order that was never charged gives nothing back', () => {
    const makeId = countingIds()
    const draft = chargedOrder(chargesOf([500], []), { payment: 'unpaid' })
    expect(giveBack(unchanged(draft), [draft.items[0]?.id ?? ''], makeId)).toEqual(unchanged(draft))
  })

  test('a free reprint that is not printed is taken off the books of whose fault it was, and nobody hears of a refund', () => {
    const makeId = countingIds()
    const charges = chargesOf([500], [{ items: [0], net: 300 }])
    const order = chargedOrder(charges, { payment: 'waived', billing: { mode: 'facility', limitMinor: null } })
    const booked = entriesOf(saleOf(charges, order.billing), 'EUR', makeId)
    expect(booked.map(({ ledger, amountMinor }) => [ledger, amountMinor])).toContainEqual(['reprint_facility', 968])
    const change = giveBack(unchanged(order), [order.items[0]?.id ?? ''], makeId)
    expect(change.entries.find(({ ledger }) => ledger === 'reprint_facility')?.amountMinor).toBe(-968)
    expect([change.order.payment, change.events]).toEqual(['waived', []])
  })
})

describe('what a visitor paid with a margin in it', () => {
  const parts = fc.record({
    net: fc.integer({ min: 1, max: 99_999 }),
    margin: fc.integer({ min: 0, max: 50_000 }),
    quantity: fc.integer({ min: 1, max: 40 }),
    sent: fc.integer({ min: 0, max: 40 }),
  })
  const sold: Billing = { mode: 'sale', limitMinor: null }
  const sumOf = (entries: readonly LedgerEntry[], ledger: string): number =>
    entries.filter((each) => each.ledger === ledger).reduce((sum, { amountMinor }) => sum + amountMinor, 0)

  test('goes back for the copies that were not sent: the publisher keeps what they earned with the others, and no ledger turns over', () => {
    fc.assert(
      fc.property(parts, ({ net, margin, quantity, sent }) => {
        const makeId = countingIds()
        const plain = chargesOf([net * quantity + margin * quantity], [{ items: [0], net: 300 }], quantity)
        const lines = plain.lines.map((line) => (margin === 0 ? line : { ...line, margin: margin * quantity }))
        const charges = { ...plain, lines }
        const sale = { ...aSale, amountMinor: charges.gross }
        const order = chargedOrder(charges, { billing: sold, sale })
        const [item] = order.items
        const copies = Math.min(sent, quantity)
        const shipments = copies > 0 && item ? [{ ...aParcel, itemId: item.id, quantity: copies }] : []
        const refund = refundItems({ ...order, shipments }, [item?.id ?? ''], makeId)
        const entries = [...entriesOf(saleOf(charges, sold), 'EUR', makeId), ...refund.entries]
        expect(byTransaction(entries).every((sum) => sum === 0)).toBe(true)
        expect(spentMinor(entries)).toBe(0)
        expect(refund.order.sale?.refundedMinor).toBe(refund.amountMinor)
        expect(sumOf(entries, 'payments')).toBe(charges.gross - refund.amountMinor)
        expect(sumOf(entries, 'earnings') + margin * copies).toBe(0)
        for (const ledger of ['sales', 'shipping', 'tax_payable']) expect(sumOf(entries, ledger)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 1000 },
    )
  })
})

test('charges that do not add up are never booked', () => {
  const charges = { ...chargesOf([500], []), gross: 604 }
  expect(() => entriesOf(saleOf(charges, onBalance), 'EUR', countingIds())).toThrow('does not add up')
})
