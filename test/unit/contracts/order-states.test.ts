import { describe, expect, test } from 'vitest'
import { itemEvents, itemStates, itemTransitions } from '#contracts/item-states.ts'
import { actionRules, orderActions } from '#contracts/order-actions.ts'
import { orderEvents, stages, stageTransitions } from '#contracts/order-states.ts'

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

  test('rank only rises: nothing but our own re-routing moves an item back, and nothing leaves failed or delivered', () => {
    for (const event of itemEvents) {
      for (const state of event === 'rerouted' ? [] : itemStates) {
        const next = itemStates.indexOf(itemStates.find((each) => each === itemTransitions[event][state]) ?? state)
        expect(next, `${event} in ${state}`).toBeGreaterThanOrEqual(itemStates.indexOf(state))
      }
      expect(itemStates).not.toContain(itemTransitions[event].failed)
      expect(itemStates).not.toContain(itemTransitions[event].delivered)
    }
  })

  test('an item is made elsewhere only while a facility has it and nothing but parcels of it left', () => {
    const moved = itemStates.filter((state) => itemTransitions.rerouted[state] === 'pending')
    expect(moved).toEqual(['queued', 'accepted', 'printing', 'printed', 'packed'])
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

  test('past release a wish to cancel is only noted, until the facility grants it', () => {
    for (const stage of ['released', 'in_production'] as const) {
      expect(stageTransitions.cancel_requested[stage]).toBe('noted')
      expect(stageTransitions.cancelled_by_facility[stage]).toBe('cancelled')
    }
    expect(stageTransitions.cancelled_by_facility.shipped).toBe('late')
  })

  test('only another file takes an order back, and never from its facility', () => {
    for (const event of orderEvents) {
      const back = stages.filter((stage) => {
        const next = stages.find((each) => each === stageTransitions[event][stage])
        return next !== undefined && stages.indexOf(next) < stages.indexOf(stage)
      })
      const allowed = { files_replaced: ['awaiting_payment', 'grace'], files_wanted: ['preflight'] }
      expect([event, back]).toEqual([
        event,
        event === 'files_replaced' || event === 'files_wanted' ? allowed[event] : [],
      ])
    }
  })

  test('every action is decided in every stage, and nothing of an order that is over can be changed', () => {
    for (const action of orderActions) {
      expect(Object.keys(actionRules[action]).sort()).toEqual([...stages].sort())
      for (const stage of ['cancelled', 'rejected'] as const) expect(actionRules[action][stage]).toBe('no')
    }
  })

  test('an action is possible exactly where its event moves the order or is noted', () => {
    const eventOf = { confirm: 'confirmed', cancel: 'cancel_requested', replace_files: 'files_replaced' } as const
    for (const action of ['confirm', 'cancel', 'replace_files'] as const) {
      for (const stage of stages) {
        const isDecided = !['late', 'impossible'].includes(stageTransitions[eventOf[action]][stage])
        expect([action, stage, actionRules[action][stage] !== 'no']).toEqual([action, stage, isDecided])
      }
    }
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
