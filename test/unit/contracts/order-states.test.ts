import { describe, expect, test } from 'vitest'
import {
  itemEvents,
  itemStates,
  itemTransitions,
  orderEvents,
  stages,
  stageTransitions,
} from '#contracts/order-states.ts'

function reachable<S extends string>(
  start: readonly S[],
  states: readonly S[],
  rows: readonly Readonly<Record<S, string>>[],
): Set<string> {
  const found = new Set<string>(start)
  const queue: S[] = [...start]
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    for (const row of rows) {
      const next = states.find((each) => each === row[state])
      if (next !== undefined && !found.has(next)) {
        found.add(next)
        queue.push(next)
      }
    }
  }
  return found
}

describe('items', () => {
  test('every state can be reached from pending', () => {
    const found = reachable(['pending'], itemStates, Object.values(itemTransitions))
    expect([...found].sort()).toEqual([...itemStates].sort())
  })

  test('every event is decided in every state', () => {
    for (const event of itemEvents) expect(Object.keys(itemTransitions[event]).sort()).toEqual([...itemStates].sort())
  })

  test('rank only rises: no event moves an item back, and nothing leaves failed or delivered', () => {
    for (const event of itemEvents) {
      for (const state of itemStates) {
        const next = itemStates.indexOf(itemStates.find((each) => each === itemTransitions[event][state]) ?? state)
        expect(next, `${event} in ${state}`).toBeGreaterThanOrEqual(itemStates.indexOf(state))
      }
      expect(itemStates).not.toContain(itemTransitions[event].failed)
      expect(itemStates).not.toContain(itemTransitions[event].delivered)
    }
  })

  test('a parcel that arrives before the word "printed" still ships the item', () => {
    expect(itemTransitions.shipped.accepted).toBe('shipped')
    expect(itemTransitions.printed.shipped).toBe('late')
  })
})

describe('orders', () => {
  test('every stage can be reached from draft', () => {
    const found = reachable(['draft'], stages, Object.values(stageTransitions))
    expect([...found].sort()).toEqual([...stages].sort())
  })

  test('every event is decided in every stage', () => {
    for (const event of orderEvents) expect(Object.keys(stageTransitions[event]).sort()).toEqual([...stages].sort())
  })

  test('nothing leaves cancelled, rejected or delivered', () => {
    for (const event of orderEvents) {
      for (const stage of ['cancelled', 'rejected', 'delivered'] as const) {
        expect(stages).not.toContain(stageTransitions[event][stage])
      }
    }
  })

  test('an order can be cancelled until it is released, and not after', () => {
    expect(stages.filter((stage) => stageTransitions.cancel_requested[stage] === 'cancelled')).toEqual([
      'draft',
      'awaiting_files',
      'preflight',
      'awaiting_payment',
      'grace',
    ])
  })
})
