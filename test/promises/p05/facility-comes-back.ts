import { setTimeout as wait } from 'node:timers/promises'
import type { ProductPromise, PromiseContext, Verdict } from '../promise.ts'
import { type OfflineWorld, openOfflineWorld } from './offline-world.ts'

const ordersBefore = 20
const ordersWhileAway = 60
const daysAway = 30
/** SQS keeps a message so long. */
const retentionDays = 4
const daysAfterwards = 10
const sweepsADay = 4
const withinSeconds = 180
const hour = 3_600_000

/** P05: a facility without power for a month. Its queue forgets everything; order-api rings again. */
export const facilityComesBack: ProductPromise = {
  id: 'P05',
  guarantee: `A facility is offline for ${daysAway} days and its tickets expire: every job is printed, once, after it is back.`,
  run: async (context) => {
    const world = await openOfflineWorld()
    try {
      return await awayForAMonth(world, context)
    } finally {
      await world.close()
    }
  },
}

async function awayForAMonth(world: OfflineWorld, { signal, tell }: PromiseContext): Promise<Verdict> {
  const orders: string[] = []
  const place = async (count: number): Promise<void> => {
    for (let each = 0; each < count; each += 1) orders.push(await world.order())
  }
  tell('P05: the facility is at work, and goes dark')
  world.arrive()
  await place(ordersBefore)
  // In the middle of its work: some are printed, some taken, some still in the queue.
  await until(() => world.shop.book().length >= ordersBefore / 4, signal)
  await world.leave()
  const printedBefore = world.shop.book().length
  await place(ordersWhileAway)
  await untilAll(orders, async (id) => !['pending', 'processing', 'ready'].includes(await world.statusOf(id)), signal)

  const beganAt = Date.now()
  let rung = 0
  let expired = 0
  const live = async (fromDay: number, toDay: number, eachDay: (day: number) => Promise<void>): Promise<void> => {
    for (let day = fromDay; day < toDay; day += 1) {
      for (let sweep = 0; sweep < sweepsADay; sweep += 1) {
        rung += await world.sweepAt(new Date(beganAt + (day * 24 + (sweep * 24) / sweepsADay) * hour))
      }
      await eachDay(day)
    }
  }
  await live(0, daysAway, async (day) => {
    tell(`P05: day ${day + 1} of ${daysAway} without the facility`)
    if ((day + 1) % retentionDays === 0) expired += await world.expire()
  })
  expired += await world.expire()

  tell('P05: the facility is back')
  world.arrive()
  const end = performance.now() + withinSeconds * 1_000
  let day = daysAway
  while (missing(world, orders).length > 0 && performance.now() < end) {
    await live(day, day + 1, async () => undefined)
    day += 1
    await wait(2_000, undefined, { signal })
  }
  const daysUntilPrinted = day - daysAway
  // Whoever took its job is asked again, as the shop never says "shipped": nothing of it is printed.
  await live(day, day + daysAfterwards, async () => undefined)
  // The shop's own word ends the doubt about a job that it took in the moment in which the client died.
  world.sayPrinting()
  await untilAll(orders, async (id) => (await world.statusOf(id)) === 'printing', signal)
  return verdictOf(world, orders, { printedBefore, rung, expired, daysUntilPrinted })
}

const missing = (world: OfflineWorld, orders: readonly string[]): readonly string[] => {
  const printed = new Set(world.printedOrders())
  return orders.filter((id) => !printed.has(id))
}

type Count = {
  readonly printedBefore: number
  readonly rung: number
  readonly expired: number
  readonly daysUntilPrinted: number
}

function verdictOf(world: OfflineWorld, orders: readonly string[], count: Count): Verdict {
  const lost = missing(world, orders)
  const twice = world.shop.book().length - new Set(world.printedOrders()).size
  return {
    figure: `${orders.length} orders, ${count.printedBefore} printed before, ${daysAway} days away: ${count.expired} tickets expired, ${count.rung} rung by the sweep; back, ${orders.length - lost.length} printed within ${count.daysUntilPrinted} day of sweeps, ${twice} twice, ${lost.length} lost`,
    faults: [
      ...lost.map((id) => `${id} was never printed`),
      ...(twice > 0 ? [`${twice} jobs were printed twice`] : []),
      ...world.shop.faults(),
    ],
  }
}

async function until(isSo: () => boolean, signal: AbortSignal): Promise<void> {
  while (!isSo()) await wait(5, undefined, { signal })
}

async function untilAll(
  ids: readonly string[],
  isSo: (id: string) => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  const end = performance.now() + withinSeconds * 1_000
  for (const id of ids) {
    while (!(await isSo(id))) {
      if (performance.now() > end) throw new Error(`${id} does not get there within ${withinSeconds} s`)
      await wait(50, undefined, { signal })
    }
  }
}
