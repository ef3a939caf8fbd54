import { afterAll, beforeAll, expect, test } from 'vitest'
import { Transient } from '#chassis/errors.ts'
import { createLog } from '#chassis/log.ts'
import type { Checkout } from '../../../services/button-checkout/checkouts/checkout.ts'
import { sweep } from '../../../services/button-checkout/orders/sweep.ts'
import { changeCheckout } from '../../../services/button-checkout/store/change-checkout.ts'
import { paidAtDate as now, paidCheckout } from '../../unit/button-checkout/bought-checkout.ts'
import { createEars } from './money/ears.ts'
import { startTable } from './table-world.ts'

let table: Awaited<ReturnType<typeof startTable>>
let count = 0

beforeAll(async () => {
  table = await startTable(() => now)
})
afterAll(() => table.close())

/** One of its own; `due`: minutes from now. */
const checkout = (changes: Partial<Checkout> = {}): Checkout => {
  count += 1
  return { ...paidCheckout(), id: `chk_01k9x${String(count).padStart(21, '0')}`, version: 1, ...changes }
}
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString()

test('what is kept is found as it was; what is not there is not', async () => {
  const made = checkout()
  expect(await table.store.insert(made)).toBe(true)
  expect(await table.store.find(made.id)).toEqual(made)
  expect(await table.store.insert(made)).toBe(false)
  expect(await table.store.find('chk_nobody')).toBeUndefined()
})

test('of two that save the same version one wins, also when both write the same', async () => {
  const made = checkout()
  await table.store.insert(made)
  const saves = await Promise.all(Array.from({ length: 8 }, () => table.store.save({ ...made, version: 2 })))
  expect(saves.filter(Boolean)).toHaveLength(1)
})

test('twenty that change one checkout at once all count', async () => {
  const made = checkout()
  await table.store.insert(made)
  // So many at a time that each finds its turn within the tries it has.
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(
      Array.from({ length: 4 }, () =>
        changeCheckout(
          table.store,
          made.id,
          () => now,
          (found) => ({ ...found, tries: found.tries + 1 }),
        ),
      ),
    )
  }
  expect(await table.store.find(made.id)).toMatchObject({ tries: 20, version: 21 })
})

test('what is due is named, the longest waiting first, and what waits for nothing is in no index', async () => {
  const due = [-1, -30, -5].map((minutes) => checkout({ dueAt: inMinutes(minutes) }))
  const waiting = checkout({ dueAt: inMinutes(5) })
  for (const each of [...due, waiting]) await table.store.insert(each)
  const [soon, first, second] = due.map(({ id }) => id)
  expect(await table.store.due(now, 10)).toEqual([first, second, soon])
  expect(await table.store.due(now, 2)).toEqual([first, second])
  await changeCheckout(
    table.store,
    first ?? '',
    () => now,
    ({ dueAt: _done, ...rest }) => rest,
  )
  expect(await table.store.due(now, 10)).toEqual([second, soon])
})

test('what is to be forgotten is not found, also while DynamoDB still has it', async () => {
  const made = checkout({ forgetAt: inMinutes(-1) })
  await table.store.insert(made)
  expect(await table.store.find(made.id)).toBeUndefined()
})

test('small things beside the checkouts are written by one at a time', async () => {
  expect(await table.items.getItem('cursor/test')).toBeUndefined()
  expect(await table.items.putIf('cursor/test', 0, { next: 'a' })).toBe(true)
  expect(await table.items.putIf('cursor/test', 0, { next: 'b' })).toBe(false)
  expect(await table.items.putIf('cursor/test', 1, { next: 'c' })).toBe(true)
  expect(await table.items.getItem('cursor/test')).toEqual({ version: 2, doc: { next: 'c' } })
})

test('a table that is away is Transient, for reads and for writes', async () => {
  const away = await startTable(() => now)
  await away.close()
  await expect(away.store.find('chk_any')).rejects.toThrow(Transient)
  await expect(away.store.insert(checkout())).rejects.toThrow(Transient)
  await expect(away.items.getItem('cursor/any')).rejects.toThrow(Transient)
})

test('what is put off is due later and otherwise as it was; whoever writes it meanwhile says when it is due', async () => {
  const made = checkout({ dueAt: inMinutes(-100) })
  await table.store.insert(made)
  expect(await table.store.due(now, 1)).toEqual([made.id])
  await table.store.putOff(made.id, new Date(now.getTime() + 60_000))
  expect(await table.store.due(now, 100)).not.toContain(made.id)
  expect(await table.store.due(new Date(now.getTime() + 60_000), 100)).toContain(made.id)
  expect(await table.store.find(made.id)).toEqual(made)
  expect(await table.store.save({ ...made, version: 2 })).toBe(true)
  await table.store.putOff('chk_nobody', now)
})

test('a hundred checkouts that nobody can read, and some that are forgotten, hold up nobody who paid', async () => {
  const poison = Array.from({ length: 100 }, () => checkout({ dueAt: inMinutes(-50) }))
  const forgotten = checkout({ dueAt: inMinutes(-50), forgetAt: inMinutes(-1) })
  const paid = checkout({ dueAt: inMinutes(-1) })
  // As an older or a newer release may have written it.
  for (const each of poison) await table.store.insert(JSON.parse(JSON.stringify({ ...each, attempts: 'none' })))
  for (const each of [forgotten, paid]) await table.store.insert(each)
  const seen: string[] = []
  const look = async (id: string) => void seen.push(id)
  const steps = { look, submit: look, cancel: look, refund: look, number: look, mail: look }
  const context = { store: table.store, now: () => now, log: createEars().log(createLog('test', 'silent')) }
  await sweep(context, steps)
  await sweep(context, steps)
  expect(seen).toContain(paid.id)
  expect(await table.store.due(now, 200)).toEqual([])
})
