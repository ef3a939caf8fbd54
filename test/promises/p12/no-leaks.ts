import fc from 'fast-check'
import { createSequencer } from '../../../services/order-api/events/number-events.ts'
import { type ApiUnderTest, startApi } from '../../loopback/order-api/platform.ts'
import type { ProductPromise, PromiseContext, Verdict } from '../promise.ts'
import { act, routesWithIds } from './act.ts'
import { make, makeDelivery } from './make.ts'
import { createSightings } from './sightings.ts'
import { accounts, makeables, type Step, sequences } from './steps.ts'
import { createWorld, type World } from './world.ts'

/** Sequences at the same time, over the same accounts: as callers are. */
const lanes = 16

const all = 10_000

/** P12: whatever several accounts do in both their worlds, nobody sees or touches what is another's. */
export const noLeaks: ProductPromise = {
  id: 'P12',
  guarantee:
    'no sequence of commands shows or changes what is another account’s or the other world’s; a foreign id looks like an unknown one',
  run: async (context: PromiseContext) => {
    const api = await startApi()
    try {
      return await leaksAmong(api, all, context)
    } finally {
      await api.close()
    }
  },
}

/** Runs so many sequences over new accounts, and gives the leaks that were found. */
export async function leaksAmong(api: ApiUnderTest, sequenceCount: number, context: PromiseContext): Promise<Verdict> {
  const sightings = createSightings()
  const world = await createWorld(api, sightings)
  try {
    const number = createSequencer(api.database, () => new Date())
    await furnish(world)
    // The first round only learns whose turn it is.
    await number()
    await number()
    const faults = await runSequences(world, { all: sequenceCount, number }, context)
    const { requests, foreign, own } = world.counts
    const figure = `${sequenceCount} sequences over ${accounts} accounts × 2 worlds, ${routesWithIds} routes with ids: ${requests} requests, ${foreign} for foreign ids, ${own} for own ones, ${sightings.count} ids seen, ${faults.length} leaks`
    return { figure, faults }
  } finally {
    await world.close()
  }
}

/** Everybody has one thing of each kind to begin with. */
async function furnish(world: World): Promise<void> {
  const owners = Array.from({ length: accounts }, (_, account) => [true, false].map((isTest) => ({ account, isTest })))
  await Promise.all(
    owners.flat().map(async (owner) => {
      for (const what of [...makeables, 'preflight'] as const) await make(world, owner, what)
      await makeDelivery(world, owner)
    }),
  )
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
