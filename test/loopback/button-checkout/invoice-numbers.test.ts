import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Checkout } from '../../../services/button-checkout/checkouts/checkout.ts'
import { assignNumbers, type Numbering } from '../../../services/button-checkout/invoice/assign-numbers.ts'
import { paidAtDate, paidCheckout, seller } from '../../unit/button-checkout/bought-checkout.ts'
import { startTable } from './table-world.ts'

let world: Awaited<ReturnType<typeof startTable>>
beforeAll(async () => {
  world = await startTable(() => paidAtDate)
})
afterAll(() => world?.close())

const letters = '0123456789abcdefghjkmnpqrstvwxyz'
const idOf = (round: string, n: number) => `chk_01k9x00000000000000000${round}${letters[n >> 5]}${letters[n & 31]}`
const numbering = (vatId: string, change: Partial<Numbering> = {}): Numbering => ({
  ...world,
  seller: { ...seller, vat_id: vatId },
  now: () => paidAtDate,
  ...change,
})

async function sold(round: string, count: number, change: Partial<Checkout> = {}): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, (_, n) => idOf(round, n))
  for (const id of ids) await world.store.insert(paidCheckout({ id, version: 1, ...change }))
  return ids
}
const numbersOf = async (ids: readonly string[]) => {
  const found = await Promise.all(ids.map((id) => world.store.find(id)))
  return found.map((each) => each?.invoice?.number ?? 'none').sort()
}
const inARow = (count: number) => Array.from({ length: count }, (_, n) => `2026-${String(n + 1).padStart(6, '0')}`)

test('twenty processes that number twenty invoices at once leave no gap and no double', async () => {
  const ids = await sold('aa', 20)
  await Promise.all(ids.map((id) => assignNumbers(numbering('NL1'), id)))
  expect(await numbersOf(ids)).toEqual(inARow(20))
  await Promise.all(ids.map((id) => assignNumbers(numbering('NL1'), id)))
  expect(await numbersOf(ids)).toEqual(inARow(20))
})

test('processes that die after any step leave no gap and no double: whoever comes next finishes', async () => {
  const ids = await sold('bb', 20)
  let steps = 0
  /** Dies right before or right after each third write, whose turn ever it is. */
  const dying = <A extends readonly unknown[]>(write: (...values: A) => Promise<boolean>) => {
    return async (...values: A): Promise<boolean> => {
      steps += 1
      if (steps % 6 === 1) throw new Error('died before')
      const isDone = await write(...values)
      if (steps % 6 === 4) throw new Error('died after')
      return isDone
    }
  }
  const mortal = numbering('NL2', {
    store: { ...world.store, save: dying(world.store.save) },
    items: { ...world.items, putIf: dying(world.items.putIf) },
  })
  const results = await Promise.allSettled(
    Array.from({ length: 5 }, () => ids)
      .flat()
      .map((id) => assignNumbers(mortal, id)),
  )
  expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(10)
  for (const id of ids) await assignNumbers(numbering('NL2'), id)
  expect(await numbersOf(ids)).toEqual(inARow(20))
})

test('a process that slept through all of it writes nothing that somebody else was given', async () => {
  const [first = '', second = ''] = await sold('cc', 2)
  let wake: () => void = () => undefined
  const awake = new Promise<void>((resolve) => {
    wake = resolve
  })
  let promised: () => void = () => undefined
  const isPromised = new Promise<void>((resolve) => {
    promised = resolve
  })
  const sleeper = numbering('NL3', {
    items: {
      ...world.items,
      putIf: async (...values) => {
        const isDone = await world.items.putIf(...values)
        promised()
        await awake
        return isDone
      },
    },
  })
  const slept = assignNumbers(sleeper, first)
  await isPromised
  await assignNumbers(numbering('NL3'), second)
  wake()
  await slept
  expect([(await world.store.find(first))?.invoice?.number, (await world.store.find(second))?.invoice?.number]).toEqual(
    ['2026-000001', '2026-000002'],
  )
})

test('a test sale takes no number of real ones, another seller and another year begin at one', async () => {
  const [one = ''] = await sold('dd', 1, { isTest: true })
  const [two = ''] = await sold('ee', 1)
  const [three = ''] = await sold('ff', 1)
  const later = () => new Date('2027-01-01T00:00:00Z')
  await assignNumbers(numbering('NL4'), one)
  await assignNumbers(numbering('NL4'), two)
  await assignNumbers(numbering('NL4', { now: later }), three)
  expect(await numbersOf([one, two, three])).toEqual(['2026-000001', '2027-000001', 'TEST-2026-000001'])
})

test('a refund of what was invoiced gets a credit note of its own series, once; a second payment that went back gets none', async () => {
  const refund = { amountMinor: 100, askedAt: '2026-11-22T00:00:00Z' }
  const [id = ''] = await sold('gg', 1, {
    refunds: [
      { ...refund, key: 'a', cause: 'refused' },
      { ...refund, key: 'b', cause: 'paid_twice' },
      { ...refund, key: 'c', cause: 'cancelled' },
    ],
  })
  await assignNumbers(numbering('NL5'), id)
  const found = await assignNumbers(numbering('NL5'), id)
  expect(found?.invoice?.number).toBe('2026-000001')
  expect(found?.refunds.map(({ note }) => note?.number)).toEqual(['2026-C000001', undefined, '2026-C000002'])
})
