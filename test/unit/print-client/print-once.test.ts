import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUnfinished } from '../../../services/print-client/journal/job.ts'
import { CommandModel, Model } from './print-once-model.ts'

const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('run' as const), budget: fc.nat(12) }) },
  fc.record({ kind: fc.constant('person' as const) }),
  fc.record({ kind: fc.constant('shop_takes' as const) }),
  fc.record({ kind: fc.constant('cancel' as const), budget: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('lose_power' as const), isRenameUndone: fc.boolean() }),
  fc.record({ kind: fc.constant('lose_lines' as const), lines: fc.nat(6) }),
)

type Event = typeof event extends fc.Arbitrary<infer E> ? E : never

function play(events: readonly Event[], model: Model = new Model()): Model {
  for (const each of events) {
    if (each.kind === 'run') model.run(each.budget)
    else if (each.kind === 'shop_takes') model.isInHotFolder = false
    else if (each.kind === 'person') model.decide()
    else if (each.kind === 'cancel') model.hearCancel(each.budget)
    else if (each.kind === 'lose_power') model.losePower(each.isRenameUndone)
    else model.lines.splice(Math.max(0, model.lines.length - each.lines))
  }
  return model
}

test('whatever kills, losses of power and lost journal lines come in whatever order: never handed over twice', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 14 }), (events) => {
      expect(play(events).handOvers).toBeLessThanOrEqual(1)
    }),
    { numRuns: 20_000 },
  )
})

test('a client that runs on after any such history comes to an end: handed over, cancelled, or held for a person', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 14 }), (events) => {
      const model = play(events)
      model.run(1_000)
      const job = model.job()
      expect(job && !isUnfinished(job) && job.cancel === undefined).toBe(true)
      expect(job?.state === 'handed_over' ? model.handOvers : 1).toBe(1)
    }),
    { numRuns: 5_000 },
  )
})

test('a job that is said to be cancelled was never handed over and never will be, whatever comes in between', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 14 }), (events) => {
      const model = play(events)
      const isCancelled = model.job()?.state === 'dropped'
      model.run(1_000)
      expect(model.drops).toBe(0)
      if (isCancelled) expect([model.job()?.state, model.handOvers]).toEqual(['dropped', 0])
    }),
    { numRuns: 20_000 },
  )
})

test('a wish to cancel that comes before the job’s own ticket is granted, with kills at every step', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { maxLength: 10 }), (budgets) => {
      const model = new Model()
      model.hearCancel(3)
      for (const budget of budgets) model.run(budget)
      model.run(1_000)
      expect([model.job()?.state, model.handOvers]).toEqual(['dropped', 0])
    }),
  )
})

test('kills alone never hold a job: it is always handed over in the end', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { maxLength: 10 }), (budgets) => {
      const model = play(budgets.map((budget) => ({ kind: 'run' as const, budget })))
      model.run(1_000)
      expect([model.job()?.state, model.handOvers]).toEqual(['handed_over', 1])
    }),
  )
})

test('with a command of the shop’s own, started again after any such history: never started twice, and no hold is lost', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 14 }), (events) => {
      const model = play(events, new CommandModel())
      model.run(1_000)
      const job = model.job()
      expect(model.handOvers).toBeLessThanOrEqual(1)
      expect(model.drops).toBe(0)
      expect(job && !isUnfinished(job) && job.cancel === undefined).toBe(true)
    }),
    { numRuns: 10_000 },
  )
})

test('a loss of power while a job waits for a command holds nothing: what was not started was not printed', () => {
  const model = new CommandModel()
  model.run(8)
  expect(model.job()?.state).toBe('spooling')
  model.losePower()
  model.run(1_000)
  expect([model.job()?.state, model.handOvers]).toEqual(['handed_over', 1])
})

test('accepted by hand, no job leaves before a person said so, and each leaves once', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 14 }), (events) => {
      const model = new Model()
      model.accept = 'by_hand'
      play(
        events.filter(({ kind }) => kind !== 'person'),
        model,
      )
      model.run(1_000)
      expect(model.handOvers).toBe(0)
      model.decide()
      model.run(1_000)
      model.decide()
      model.run(1_000)
      expect(model.handOvers).toBeLessThanOrEqual(1)
    }),
  )
})
