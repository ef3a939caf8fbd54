import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printedPagesOf } from '#contracts/geometry/geometry.ts'
import { facilityStatuses } from '#contracts/messages/facility-status.ts'
import { proportionMinor } from '#contracts/money.ts'
import type { ItemFiles } from '#contracts/order-api/order-request.ts'
import { stages } from '#contracts/order-states.ts'
import { cancelOrder } from '../../../services/order-api/orders/cancel-order.ts'
import { confirmOrder } from '../../../services/order-api/orders/confirm-order.ts'
import { holdOrder, releaseHold } from '../../../services/order-api/orders/hold-order.ts'
import type { Item } from '../../../services/order-api/orders/order.ts'
import { decideDue } from '../../../services/order-api/orders/order-due.ts'
import { patchOrder } from '../../../services/order-api/orders/patch-order.ts'
import { replaceFiles } from '../../../services/order-api/orders/replace-files.ts'
import { data } from '../pricing/world.ts'
import { Life } from './lifecycle-model.ts'
import { aFileId, aRequest } from './world.ts'

const files: Readonly<Record<string, ItemFiles>> = {
  'poster-a3': { image: aFileId },
  'softcover-a5': { interior: aFileId },
}
const place = fc.nat(1)
const minute = 60_000

type Step = (life: Life) => void
const doing = <T>(what: fc.Arbitrary<T>, act: (life: Life, what: T) => void): fc.Arbitrary<Step> =>
  what.map((each) => (life) => act(life, each))

const wishes = [cancelOrder, holdOrder, releaseHold, releaseHold] as const
const reports = fc.tuple(place, fc.boolean(), fc.constantFrom('started' as const, 'rejected' as const, 1, 80, 79, 84))
const methods = fc.constantFrom('standard' as const, 'express' as const)

/** Everything that can come to an order, from its publisher, the processors, its facility and the clock. */
const step: fc.Arbitrary<Step> = fc.oneof(
  doing(fc.constantFrom(...wishes), (life, decide) => life.apply(decide)),
  doing(fc.constant(undefined), (life) => life.apply((order, now) => confirmOrder(order.charges)(order, now))),
  doing(methods, (life, method) => life.apply(patchOrder({ shipping_method: method }, data))),
  doing(place, (life, at) => {
    const item = life.order.items[at]
    if (item) life.apply(replaceFiles(item.id, files[item.product.sku] ?? {}))
  }),
  { weight: 5, arbitrary: doing(reports, (life, news) => life.report(...news)) },
  {
    weight: 8,
    arbitrary: doing(fc.tuple(place, fc.constantFrom(...facilityStatuses)), (life, news) => life.says(...news)),
  },
  doing(fc.constantFrom(1, 59, 61, 31 * 24 * 60), (life, minutes) => {
    life.nowEpochMs += minutes * minute
    life.apply(decideDue)
  }),
)

const started = fc
  .record({
    draft: fc.boolean(),
    isAhead: fc.boolean(),
    isLater: fc.tuple(fc.boolean(), fc.boolean()),
    waits: fc.boolean(),
    isPriced: fc.integer({ min: 0, max: 4 }).map((chance) => chance > 0),
    graceMinutes: fc.constantFrom(0, 60),
  })
  .map(({ draft, isAhead, isLater, waits, isPriced, graceMinutes }) => {
    const items = [
      { sku: 'poster-a3', quantity: 2 },
      { sku: 'softcover-a5', quantity: 1, pages: 80 },
    ].map((item, at) => ({
      ...item,
      ...(isLater[at] ? { files_later: true as const } : { files: files[item.sku] ?? {} }),
    }))
    const on_rejected_files = waits ? ('wait' as const) : ('reject' as const)
    return () => {
      const life = new Life(aRequest({ items, draft, on_rejected_files }), graceMinutes, isPriced)
      if (isAhead) for (const [at, pages] of [1, 80].entries()) life.report(at, true, pages)
      return life
    }
  })

const atFacility = ['released', 'in_production', 'partially_shipped']
const isGone = ({ status }: Item): boolean => ['shipped', 'delivered', 'failed'].includes(status)

/** What the order's own state says that it should have cost by now: what is made or left the house. */
function owedMinor({ order, sentBefore }: Life): number {
  if (order.payment === 'unpaid') return 0
  const idsAt = (places: readonly number[]) => places.map((at) => order.items[at]?.id ?? '')
  const lastRefund = (ids: readonly string[]) => order.refundedItemIds.filter((id) => ids.includes(id)).at(-1) ?? ''
  const sent = (ids: readonly string[]): number =>
    (sentBefore.get(lastRefund(ids)) ?? [])
      .filter(({ itemId }) => ids.includes(itemId))
      .reduce((sum, { quantity }) => sum + quantity, 0)
  const isKept = (ids: readonly string[]): boolean => ids.some((id) => !order.refundedItemIds.includes(id))
  const { lines = [], shipping = [] } = order.charges ?? {}
  const linesMinor = lines.map(({ item, quantity, gross }) => {
    const ids = idsAt([item])
    return isKept(ids) ? gross : gross - proportionMinor(gross, quantity - Math.min(quantity, sent(ids)), quantity)
  })
  const parcelsMinor = shipping.map(({ items, gross }) => {
    const ids = idsAt(items)
    return isKept(ids) || sent(ids) > 0 ? gross : 0
  })
  return [...linesMinor, ...parcelsMinor].reduce((sum, each) => sum + each, 0)
}

/** Somebody is asked, or a time is set: no order waits for nothing. */
function isMoving(life: Life): boolean {
  const { order } = life
  if (order.stage === 'draft' || order.stage === 'awaiting_files') return order.dueAt !== undefined
  if (order.stage === 'preflight') return order.items.some((item) => life.open('process', item))
  if (order.stage === 'grace') return order.isHeld || order.dueAt !== undefined
  if (!atFacility.includes(order.stage)) return true
  return order.items.filter((item) => !isGone(item)).every((item) => life.open('production', item))
}

function wantSound(life: Life): void {
  const { order } = life
  expect(life.chargedMinor).toBe(owedMinor(life))
  expect(isMoving(life), `${order.stage} waits for nothing`).toBe(true)
  const isOver = order.stage === 'cancelled' || order.stage === 'rejected'
  if (isOver && order.shipments.length === 0) expect(life.chargedMinor).toBe(0)
  if (order.cancel?.state === 'asked') expect(order.items.some((item) => life.open('cancel', item))).toBe(true)
  for (const item of order.items) wantSoundItem(life, item)
}

function wantSoundItem({ order, tickets }: Life, item: Item): void {
  for (const kind of ['production', 'cancel'] as const) {
    expect(tickets.filter((ticket) => ticket.itemId === item.id && ticket.kind === kind).length).toBeLessThanOrEqual(1)
  }
  if (order.refundedItemIds.includes(item.id))
    expect(item.status === 'failed' || order.stage === 'cancelled').toBe(true)
  if (item.jobId === undefined || item.orderedPages === undefined) return
  expect(printedPagesOf(item.product, item.pages ?? 0)).toBe(printedPagesOf(item.product, item.orderedPages))
}

test('whatever comes in whatever order: what is charged is what is made, nothing is sent twice, nothing waits for nothing', () => {
  const reached = new Map<string, number>()
  fc.assert(
    fc.property(started, fc.array(step, { minLength: 20, maxLength: 30 }), (start, steps) => {
      const life = start()
      for (const each of steps) {
        each(life)
        wantSound(life)
        reached.set(life.order.stage, (reached.get(life.order.stage) ?? 0) + 1)
      }
    }),
    { numRuns: 600 },
  )
  expect([...stages].filter((stage) => !reached.has(stage))).toEqual([])
})
