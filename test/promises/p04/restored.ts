import { setTimeout as wait } from 'node:timers/promises'
import { restoreSnapshot, takeSnapshot } from '../../../local/cloud/postgres/snapshot.ts'
import { seededRandom } from '../../../local/samples/random.ts'
import { callerOf, posterByUrl } from '../../loopback/order-api/client.ts'
import { openRestoreWorld } from '../../loopback/order-api/restore-world.ts'
import type { ProductPromise, PromiseContext, Verdict } from '../promise.ts'

const restores = 5
const ordersBetween = 8
const longestPauseMilliseconds = 2_000
const settledWithinSeconds = 120

/** P04: a database that is put back to an earlier moment, again and again, while everything around it goes on. */
export const restored: ProductPromise = {
  id: 'P04',
  guarantee:
    'The database is restored to an earlier moment while S3, queues and print clients run on: 0 printed twice; accounts send lost orders again with their keys: 0 lost.',
  run: async (context) => {
    const world = await openRestoreWorld()
    try {
      return await restoreAgainAndAgain(world, context)
    } finally {
      await world.close()
    }
  },
}

type World = Awaited<ReturnType<typeof openRestoreWorld>>

async function restoreAgainAndAgain(world: World, { seed, signal, tell }: PromiseContext): Promise<Verdict> {
  const random = seededRandom(seed)
  const ledger = createLedger(world)
  let lost = 0
  for (let round = 1; round <= restores; round += 1) {
    tell(`P04: restore ${round} of ${restores}`)
    await ledger.place(ordersBetween)
    await wait(random() * longestPauseMilliseconds, undefined, { signal })
    const snapshot = await takeSnapshot(world.api.postgresUrl)
    await ledger.place(ordersBetween)
    await wait(random() * longestPauseMilliseconds, undefined, { signal })
    await restoreSnapshot(world.api.postgresUrl, snapshot)
    for (const option of ['--hold', '--release']) await world.reconcile(option)
    lost += await ledger.sendLostAgain()
  }
  const undelivered = await ledger.settle(signal)
  const { handedOver } = world
  const jobs = new Set(handedOver).size
  const twice = handedOver.length - jobs
  const orders = ledger.count()
  const faults: string[] = []
  if (twice > 0) faults.push(`${twice} jobs were printed twice`)
  if (undelivered > 0) faults.push(`${undelivered} orders are not delivered`)
  if (jobs !== orders) faults.push(`${jobs} jobs were printed for ${orders} orders`)
  const figure = `${restores} restores, ${orders} orders, ${lost} of them lost and sent again with their keys: ${jobs} printed, ${twice} twice, ${undelivered} lost`
  return { figure, faults }
}

/** What the account itself wrote down: key → id of the last answer. */
function createLedger(world: World) {
  const call = callerOf(world.api)
  const accepted = new Map<string, string>()
  const send = async (key: string): Promise<void> => {
    const { status, json, text } = await call('POST', '/v1/orders', {
      headers: { 'idempotency-key': key },
      body: posterByUrl(),
    })
    if (status !== 201) throw new Error(`POST /v1/orders: ${status} ${text.slice(0, 200)}`)
    accepted.set(key, json.id)
  }
  const stageOf = async (id: string): Promise<string> => {
    const { status, json } = await call('GET', `/v1/orders/${id}`)
    return status === 404 ? 'lost' : json.stage
  }
  const undelivered = async (): Promise<number> => {
    const stages = await Promise.all([...accepted.values()].map(stageOf))
    return stages.filter((stage) => stage !== 'delivered').length
  }
  return {
    count: () => accepted.size,
    place: async (count: number): Promise<void> => {
      for (let each = 0; each < count; each += 1) await send(crypto.randomUUID())
    },
    sendLostAgain: async (): Promise<number> => {
      let lost = 0
      for (const [key, id] of accepted) {
        if ((await stageOf(id)) !== 'lost') continue
        lost += 1
        await send(key)
      }
      return lost
    },
    /** Rings until everything is delivered, or nothing helps; how many are not. */
    settle: async (signal: AbortSignal): Promise<number> => {
      const end = performance.now() + settledWithinSeconds * 1000
      for (;;) {
        const left = await undelivered()
        if (left === 0 || performance.now() > end) return left
        await world.sweep()
        await wait(200, undefined, { signal })
      }
    },
  }
}
