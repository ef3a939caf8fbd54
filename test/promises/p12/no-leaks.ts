import fc from 'fast-check'
import { createSequencer } from '../../../services/order-api/events/number-events.ts'
import { startApi } from '../../loopback/order-api/platform.ts'
import type { ProductPromise, PromiseContext } from '../promise.ts'
import { act, routesWithIds } from './act.ts'
import { make, makeDelivery } from './make.ts'
import { createSightings } from './sightings.ts'
import { accounts, makeables, type Step, sequences } from './steps.ts'
import { createWorld, type World } from './world.ts'

/** Sequences at the same time, over the same accounts: as callers are. */
const lanes = 16

/** P12: whatever several accounts do in both their worlds, nobody sees or touches what is another's. */
export const noLeaks: ProductPromise = noLeaksIn(10_000)

/** The same with another number of sequences. */
export function noLeaksIn(all: number): ProductPromise {
  return {
    id: 'P12',
    guarantee:
      'no sequence of commands shows or changes what is another account’s or the other world’s; a foreign id looks like an unknown one',
    run: async (context: PromiseContext) => {
      const api = await startApi()
      const sightings = createSightings()
      const world = await createWorld(api, sightings)
      try {
        const number = createSequencer(api.database, () => new Date())
        await number()
        await furnish(world, number)
        const faults = await runSequences(world, { all, number }, context)
        const { requests, foreign, own } = world.counts
        const figure = `${all} sequences over ${accounts} accounts × 2 worlds, ${routesWithIds} routes with ids: ${requests} requests, ${foreign} for foreign ids, ${own} for own ones, ${sightings.count} ids seen, ${faults.length} leaks`
        return { figure, faults }
      } finally {
        await world.close()
        await api.close()
      }
    },
  }
}

/** Everybody has one thing of each kind to begin with. */
async function furnish(world: World, number: () => Promise<unknown>): Promise<void> {
  for (let account = 0; account < accounts; account += 1) {
    for (const isTest of [true, false]) {
      const owner = { account, isTest }
      for (const what of [...makeables, 'preflight'] as const) await make(world, owner, what)
      await makeDelivery(world, owner, number)
    }
  }
}

type Sequences = {
  readonly all: number
  /** The worker's part: events get their numbers and their deliveries. */
  readonly number: () => Promise<unknown>
}

async function runSequences(
  world: World,
  { all, number }: Sequences,
  { seed, signal, tell }: PromiseContext,
): Promise<string[]> {
  let done = 0
  const property = fc.asyncProperty(sequences, async (steps: readonly Step[]) => {
    signal.throwIfAborted()
    for (const step of steps) await act(world, step)
    done += 1
    if (done % 50 > 0) return
    await number()
    tell(`P12: ${done} of ${all} sequences`)
  })
  const checks = Array.from({ length: lanes }, (_, lane) =>
    fc.check(property, { seed: seed + lane, numRuns: Math.ceil(all / lanes) }),
  )
  const results = await Promise.all(checks)
  return results
    .filter(({ failed }) => failed)
    .map(({ errorInstance, counterexample, seed: own, counterexamplePath }) => {
      const words = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
      return `${words.slice(0, 1000)}; after ${JSON.stringify(counterexample)}; seed ${own}, path ${counterexamplePath}`
    })
}
