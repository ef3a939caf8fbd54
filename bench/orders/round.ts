import { cpuMilliseconds } from './cpu-time.ts'
import type { Load } from './load.ts'
import type { LoadProcess } from './load-process.ts'

/** Who is loaded, by whom, and whose CPU time counts. */
export type RoundPlan = {
  readonly client: LoadProcess
  readonly clients: number
  /** Processes that do the work; one that was restarted has another pid. */
  readonly workers: readonly { readonly name: string; readonly pid: () => number | undefined }[]
  /** Waits for what the orders set going, so that its work is counted here and does not disturb the next round. */
  readonly settle: (count: number) => Promise<void>
}

export type Round = {
  readonly load: Load
  readonly perSecond: number
  /** CPU time of each process for one order, in ms; empty where the system does not tell. */
  readonly cpuMsPerOrder: Readonly<Record<string, number>>
  readonly settleMs: number
}

/** One round of `count` orders. */
export async function runRound(plan: RoundPlan, count: number): Promise<Round> {
  const before = new Map(cpuOf(plan))
  const load = await plan.client.round(count, plan.clients)
  const endedAt = performance.now()
  await plan.settle(count)
  const settleMs = performance.now() - endedAt
  const cpu = cpuOf(plan).flatMap(([name, after]) => {
    const earlier = before.get(name)
    return after === undefined || earlier === undefined ? [] : [[name, (after - earlier) / count] as const]
  })
  const perSecond = load.latenciesMs.length / (load.milliseconds / 1000)
  return { load, perSecond, cpuMsPerOrder: Object.fromEntries(cpu), settleMs }
}

function cpuOf({ client, workers }: RoundPlan) {
  const pids = [['load client', client.pid] as const, ...workers.map(({ name, pid }) => [name, pid()] as const)]
  return pids.map(([name, pid]) => [name, pid === undefined ? undefined : cpuMilliseconds(pid)] as const)
}
