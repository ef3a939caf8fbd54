import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextOf } from '../../../../services/order-api/sales/read-sales.ts'
import {
  compare,
  cursorText,
  type Place,
  readCursor,
  type SalesCursor,
  startOfSales,
} from '../../../../services/order-api/sales/sales-cursor.ts'

const begin = Date.parse('2026-11-21T00:00:00.000Z')
const atSecond = (second: number): string => new Date(begin + second * 1000).toISOString()
const idOf = (order: number): string => `ord_${String(order).padStart(26, '0')}`

type Change = { readonly order: number; readonly decided: number; readonly lasts: number }
/** Decided at a second and seen so many seconds later: rarely, as many as the database allows. */
const changes = fc.array(
  fc.record({
    order: fc.integer({ min: 0, max: 9 }),
    decided: fc.integer({ min: 0, max: 120 }),
    lasts: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 80 })),
  }),
  { maxLength: 40 },
)
const polls = fc.array(fc.record({ at: fc.integer({ min: 0, max: 220 }), limit: fc.integer({ min: 1, max: 4 }) }), {
  maxLength: 60,
})

/** What the database shows at a second: of each order the change that was committed last. */
function rowsAt(all: readonly Change[], second: number): Place[] {
  const seen = all.filter(({ decided, lasts }) => decided + lasts <= second)
  const orders = [...new Set(seen.map(({ order }) => order))]
  return orders.flatMap((order) => {
    const last = seen.filter((each) => each.order === order).at(-1)
    return last ? [{ at: atSecond(last.decided), id: idOf(order) }] : []
  })
}

/** The two looks of the statement. */
function look(rows: readonly Place[], cursor: SalesCursor, second: number, limit: number) {
  const sorted = [...rows].sort(compare)
  const until = (seconds: number): string => atSecond(second - seconds)
  const fresh = sorted.filter((row) => compare(row, cursor.first) > 0 && row.at <= until(3)).slice(0, limit)
  const again = sorted
    .filter((row) => compare(row, cursor.settled) > 0 && row.at <= until(90) && compare(row, cursor.first) <= 0)
    .slice(0, limit)
  const found = [...again, ...fresh].sort(compare)
  return { found, next: nextOf(found, { after: cursor, limit, settledUntil: until(90) }) }
}

/** An order has one version after the other: whoever changes it later also commits later. */
const inTurn = (all: readonly Change[]): Change[] => {
  const free = new Map<number, number>()
  return [...all]
    .sort((a, b) => a.decided - b.decided)
    .flatMap((change) => {
      if (change.decided < (free.get(change.order) ?? 0)) return []
      free.set(change.order, change.decided + change.lasts)
      return [change]
    })
}

test('however long changes take and whoever asks when: what an order became last is told, and never more than twice', () => {
  fc.assert(
    fc.property(changes, polls, (made, asked) => {
      const all = inTurn(made)
      const told: Place[] = []
      let cursor = startOfSales
      const ask = (second: number, limit: number): number => {
        const { found, next } = look(rowsAt(all, second), cursor, second, limit)
        told.push(...found)
        expect(readCursor(cursorText(next))).toEqual(next)
        expect(compare(next.first, cursor.first) >= 0 && compare(next.settled, cursor.settled) >= 0).toBe(true)
        cursor = next
        return found.length
      }
      for (const { at, limit } of [...asked].sort((a, b) => a.at - b.at)) ask(at, limit)
      let left = 100
      while (ask(1000, 3) > 0 && left > 0) left -= 1
      expect(left).toBeGreaterThan(0)
      for (const row of rowsAt(all, 1000)) {
        const times = told.filter((each) => each.id === row.id && each.at === row.at).length
        expect([row.id, times >= 1, times <= 2]).toEqual([row.id, true, true])
      }
    }),
    { numRuns: 3000 },
  )
})

test('a cursor that is not one of ours is known', () => {
  const { first } = startOfSales
  const bad = [
    ...['', 'e30', 'null', '%%', Buffer.from('[]').toString('base64url')],
    ...[
      { first },
      { first, settled: { at: '9999-12-31T23:59:59.999Z', id: '' } },
      { first: { ...first, id: 'x' }, settled: first },
    ].map((each) => Buffer.from(JSON.stringify(each)).toString('base64url')),
    Buffer.from(JSON.stringify({ first: { at: '2026-99-99T99:99:99.999Z', id: '' }, settled: first })).toString(
      'base64url',
    ),
  ]
  expect(bad.map(readCursor)).toEqual(bad.map(() => undefined))
})
