import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { seededRandom } from '../../../local/samples/random.ts'
import { openWorld } from '../../loopback/print-client-world.ts'
import { type ClientProcess, mayMount, superviseClient } from '../facility/client-process.ts'
import { addressOf, install, type World } from '../facility/install.ts'
import { createOrderedJobs, type OrderedJobs } from '../facility/ordered-jobs.ts'
import { openShop, type PrintShop } from '../facility/print-shop.ts'
import type { PromiseContext, Verdict } from '../promise.ts'
import { createOperator } from './operator.ts'

const kills = 320
/** One in so many deaths takes the machine with it. */
const powerLossOneIn = 8
const waitingAtOnce = 9
/** Deaths come within so many times the time that a client takes for its first jobs: on a busy machine later than on a quiet one. */
const livesOfAJob = 1.5
const settledWithinSeconds = 180

/** Three clients of one facility die again and again while tickets come twice and thrice, out of order. */
export async function killed(context: PromiseContext): Promise<Verdict> {
  const world = await openWorld()
  const clients: ClientProcess[] = []
  const installations = ['a', 'b', 'c'].map((name) => install(world.folder, addressOf(world), name))
  const jobs = createOrderedJobs()
  const shop = openShop(join(world.folder, 'printed'), installations, jobs.faultsOf)
  try {
    const bootIds = mayMount()
    for (const each of installations) clients.push(superviseClient(world, each, { bootIds }))
    return await dieAndPrint(context, { world, clients, shop, jobs, bootIds })
  } finally {
    shop.close()
    await Promise.all(clients.map(({ stop }) => stop()))
    await world.close()
  }
}

type Facility = {
  readonly world: World
  readonly clients: readonly ClientProcess[]
  readonly shop: PrintShop
  readonly jobs: OrderedJobs
  readonly bootIds: boolean
}

async function dieAndPrint({ seed, signal, tell }: PromiseContext, facility: Facility): Promise<Verdict> {
  const { world, clients, shop, bootIds } = facility
  const random = seededRandom(seed)
  const operator = createOperator(world, shop, clients)
  const count = { deaths: 0, powerLosses: 0, messages: 0 }
  tell('P03: three clients at work')
  const longestMilliseconds = livesOfAJob * (await timeOfFirstJobs(facility, random, signal))
  const isKilling = (): boolean => count.deaths < kills
  const sendAll = async (): Promise<void> => {
    while (isKilling()) {
      await wait(20, undefined, { signal })
      if (waiting(facility).length < waitingAtOnce) count.messages += await orderSome(facility, random)
    }
  }
  const killAll = async (): Promise<void> => {
    while (isKilling()) {
      tell(`P03: ${count.deaths} of ${kills} deaths, ${shop.book().length} printed`)
      const victim = await someOf(clients, random, signal)
      await untilRandomMoment(victim, longestMilliseconds, random, signal)
      const isPowerLoss = bootIds && random() < 1 / powerLossOneIn
      if (!(isPowerLoss ? victim.losePower() : victim.kill())) continue
      count.deaths += 1
      if (isPowerLoss) count.powerLosses += 1
    }
  }
  const listenAll = async (): Promise<void> => {
    while (isKilling()) {
      await operator.listen()
      await wait(50, undefined, { signal })
    }
  }
  await Promise.all([sendAll(), killAll(), listenAll()])
  const unsaid = await settle(operator, facility, signal)
  return verdictOf(facility, operator, { ...count, unsaid })
}

const waiting = ({ jobs, shop }: Facility): readonly string[] => jobs.ids().filter((jobId) => !shop.has(jobId))

/** A handful of jobs, every ticket two or three times, in any order. How many messages went out. */
async function orderSome({ world, jobs }: Facility, random: () => number): Promise<number> {
  const tickets = await Promise.all(
    Array.from({ length: 3 }, () => world.makeTicket({ bytes: 1_000 + Math.floor(random() * 400_000) })),
  )
  tickets.forEach(jobs.add)
  const messages = tickets
    .flatMap((ticket) => (random() < 0.5 ? [ticket, ticket] : [ticket, ticket, ticket]))
    .map((ticket) => ({ ticket, at: random() }))
    .sort((a, b) => a.at - b.at)
  for (const { ticket } of messages) await world.send(ticket)
  return messages.length
}

async function timeOfFirstJobs(facility: Facility, random: () => number, signal: AbortSignal): Promise<number> {
  while (!facility.clients.every(({ isReady }) => isReady())) await wait(5, undefined, { signal })
  const began = performance.now()
  await orderSome(facility, random)
  while (waiting(facility).length > 0) await wait(5, undefined, { signal })
  return performance.now() - began
}

async function someOf(clients: readonly ClientProcess[], random: () => number, signal: AbortSignal) {
  for (;;) {
    const ready = clients.filter(({ isReady }) => isReady())
    const victim = ready[Math.floor(random() * ready.length)]
    if (victim) return victim
    await wait(5, undefined, { signal })
  }
}

/** Half of the deaths come after some time, half after some bytes of the journal: in the middle of the client's work. */
async function untilRandomMoment(
  { installation }: ClientProcess,
  longestMilliseconds: number,
  random: () => number,
  signal: AbortSignal,
) {
  const path = join(installation.stateFolder, 'journal.jsonl')
  const end = performance.now() + random() * longestMilliseconds
  const bytes = random() < 0.5 ? Number.POSITIVE_INFINITY : sizeOf(path) + random() * 6_000
  while (performance.now() < end && sizeOf(path) < bytes) await wait(1, undefined, { signal })
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

async function settle(operator: ReturnType<typeof createOperator>, facility: Facility, signal: AbortSignal) {
  const end = performance.now() + settledWithinSeconds * 1_000
  for (;;) {
    await operator.listen()
    const unsaid = operator.unsaid(facility.jobs.ids())
    const isOver = waiting(facility).length === 0 && unsaid.length === 0
    if (isOver || performance.now() > end) return unsaid
    await wait(100, undefined, { signal })
  }
}

type Count = { readonly deaths: number; readonly powerLosses: number; readonly messages: number }

function verdictOf(
  facility: Facility,
  operator: ReturnType<typeof createOperator>,
  count: Count & { readonly unsaid: readonly string[] },
): Verdict {
  const { shop, jobs, bootIds } = facility
  const lost = waiting(facility)
  const twice = shop.twice()
  const power = bootIds
    ? `${count.powerLosses} of them losses of power (${operator.held()} jobs held, decided by looking)`
    : 'no losses of power (this machine gives no mount namespaces)'
  return {
    figure: `3 clients, ${count.deaths} kill -9, ${power}: ${jobs.ids().length} jobs in ${count.messages} messages, ${twice.length} printed twice, ${lost.length} lost`,
    faults: [
      ...twice.map((jobId) => `${jobId} was printed twice`),
      ...lost.map((jobId) => `${jobId} was never printed`),
      ...count.unsaid.map((jobId) => `nobody was told that ${jobId} is printed`),
      ...operator.failed().map((jobId) => `${jobId} failed`),
      ...shop.faults(),
    ],
  }
}
