import { describe, expect, test } from 'vitest'
import { orderActions } from '#contracts/order-actions.ts'
import { type Stage, stages } from '#contracts/order-states.ts'
import { actionsOf } from '../../../services/order-api/orders/actions-of.ts'
import { cancelOrder } from '../../../services/order-api/orders/cancel-order.ts'
import type { Change, Decide } from '../../../services/order-api/orders/change.ts'
import { holdOrder, releaseHold } from '../../../services/order-api/orders/hold-order.ts'
import type { Item, Order } from '../../../services/order-api/orders/order.ts'
import { decideDue } from '../../../services/order-api/orders/order-due.ts'
import { pageCountFinding } from '../../../services/order-api/orders/page-count.ts'
import { settleCancel } from '../../../services/order-api/orders/settle-cancel.ts'
import { aFileId, aRequest, countingIds, now, placedOrder } from './world.ts'

const context = { now, makeId: countingIds() }
const minutesLater = (minutes: number) => ({ ...context, now: new Date(now.getTime() + minutes * 60_000) })
const poster = { sku: 'poster-a3', quantity: 1, files: { image: aFileId } }

/** An order whose items are all at one place of their way. */
function orderOf(stage: Stage, status: Item['status'], changes: Partial<Order> = {}): Order {
  const order = placedOrder(aRequest({ items: [poster, poster] }))
  const items = order.items.map((item, place) => ({ ...item, status, jobId: `job-${place}` }))
  return { ...order, stage, items, ...changes }
}
const typesOf = ({ events }: Change): readonly string[] => events.map(({ type }) => type)

describe('the end of a grace', () => {
  const end = new Date(now.getTime() + 3_600_000).toISOString()
  const waiting = orderOf('grace', 'ready', { graceMinutes: 60, graceEndsAt: end, dueAt: end })

  test('comes at its minute and not before, and is over once', () => {
    expect(decideDue(waiting, minutesLater(59)).order).toBe(waiting)
    const released = decideDue(waiting, minutesLater(60))
    expect(released.order).toMatchObject({ stage: 'released' })
    expect(released.newTickets).toHaveLength(2)
    expect(released.order.dueAt).toBeUndefined()
    expect(decideDue(released.order, minutesLater(61)).order).toBe(released.order)
  })

  test('finds a held order and leaves it, without looking again; taken off the hold it goes at once', () => {
    const held = decideDue({ ...waiting, isHeld: true }, minutesLater(60))
    expect([held.order.stage, held.order.dueAt, held.newTickets]).toEqual(['grace', undefined, []])
    expect(releaseHold(held.order, minutesLater(90)).order.stage).toBe('released')
    expect(releaseHold({ ...waiting, isHeld: true }, minutesLater(30)).order.stage).toBe('grace')
  })
})

describe('what is possible', () => {
  test('in every stage each action has an answer, and a time only where the order ends or goes on by itself', () => {
    for (const stage of stages) {
      const listed = actionsOf(orderOf(stage, 'ready', { dueAt: 'then', graceEndsAt: 'then' }))
      expect(listed.map(({ action }) => action)).toEqual(orderActions)
      const timed = listed.filter(({ until }) => until !== null)
      if (!['draft', 'awaiting_files', 'grace'].includes(stage)) expect(timed).toEqual([])
      for (const { rule } of timed) expect(rule).toBe('yes')
    }
  })

  test('a held order keeps what it has until the hold is taken off; one without files ends all the same', () => {
    const untilOf = (order: Order) => actionsOf(order).find(({ action }) => action === 'cancel')?.until
    expect(untilOf(orderOf('grace', 'ready', { graceEndsAt: 'then', isHeld: true }))).toBeNull()
    expect(untilOf(orderOf('awaiting_files', 'pending', { dueAt: 'then', isHeld: true }))).toBe('then')
  })

  test('to hold what is held and to let go what is not is no change and no event', () => {
    const held = orderOf('grace', 'ready', { isHeld: true })
    expect(holdOrder(held, context)).toMatchObject({ order: held, events: [] })
    const free = orderOf('grace', 'ready')
    expect(releaseHold(free, context)).toMatchObject({ order: free, events: [] })
    expect(() => holdOrder(orderOf('cancelled', 'pending', { isHeld: true }), context)).toThrow('cancelled and held')
    expect(() => releaseHold(orderOf('shipped', 'shipped'), context)).toThrow('The order is shipped')
  })
})

describe('a wish to cancel past release', () => {
  const asked = cancelOrder(orderOf('released', 'queued'), context)
  const answered = (states: readonly ('asked' | 'accepted' | 'declined')[], changes: Partial<Order> = {}) => {
    const items = asked.order.items.map((item, place) => {
      const state = states[place] ?? 'asked'
      const status = state === 'accepted' ? ('failed' as const) : item.status
      return item.cancel ? { ...item, status, cancel: { ...item.cancel, state } } : item
    })
    return settleCancel({ ...asked, events: [], order: { ...asked.order, items, ...changes } }, context)
  }

  test('goes to the facility job by job, and not for what has left the house or is over', () => {
    expect(asked.newTickets.map(({ kind, queue }) => [kind, queue])).toEqual([
      ['cancel', 'fac_utrecht'],
      ['cancel', 'fac_utrecht'],
    ])
    const [first, second] = orderOf('in_production', 'printing').items
    if (!first || !second) throw new Error('two items')
    const mixed = orderOf('in_production', 'printing', { items: [{ ...first, status: 'failed' }, second] })
    expect(cancelOrder(mixed, context).newTickets.map(({ itemId }) => itemId)).toEqual([second.id])
    const parcel = { id: 'p', facilityId: 'f', carrier: 'c', trackingNumber: 't', quantity: 1, shippedAt: 'then' }
    const sent = { ...mixed, shipments: [{ ...parcel, itemId: second.id }] }
    expect(() => cancelOrder(sent, context)).toThrow('cancel is not possible')
    expect(actionsOf(sent).find(({ action }) => action === 'cancel')?.rule).toBe('no')
  })

  test('is answered when the last facility has spoken', () => {
    expect(answered(['declined', 'asked'])).toMatchObject({ order: { cancel: { state: 'asked' } }, events: [] })
    expect(typesOf(answered(['declined', 'declined']))).toEqual(['order.cancel_declined'])
    expect(typesOf(answered(['accepted', 'declined']))).toEqual(['order.cancel_partially_accepted'])
    expect(answered(['accepted', 'accepted'], { stage: 'cancelled' })).toMatchObject({
      order: { cancel: { state: 'accepted' } },
      events: [],
    })
  })
})

describe('pages as they were ordered', () => {
  const book = { sku: 'softcover-a5', quantity: 1, files: { interior: aFileId } }
  const codeOf = (ordered: number | undefined, found: number) => {
    const order = placedOrder(aRequest({ items: [{ ...book, ...(ordered === undefined ? {} : { pages: ordered }) }] }))
    return pageCountFinding(order, order.items[0]?.id ?? '', found)?.code
  }

  test('blank ones at the end make no difference, one sheet more or less does', () => {
    expect([codeOf(80, 80), codeOf(80, 79), codeOf(79, 80)]).toEqual([undefined, undefined, undefined])
    expect([codeOf(80, 82), codeOf(82, 80)]).toEqual(['PAGE_COUNT_DIFFERS', 'PAGE_COUNT_DIFFERS'])
  })

  test('who said nothing of pages is held to nothing', () => {
    expect(codeOf(undefined, 80)).toBeUndefined()
  })
})

/** Decisions are made again when another change came first: they must not depend on when they were made. */
test('a decision changes nothing of the order that it was made on', () => {
  const decisions: readonly Decide[] = [cancelOrder, holdOrder, releaseHold, decideDue]
  for (const decide of decisions) {
    const order = Object.freeze(orderOf('grace', 'ready'))
    const before = JSON.stringify(order)
    decide(order, context)
    expect(JSON.stringify(order)).toBe(before)
  }
})
