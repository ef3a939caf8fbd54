import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { openWorld } from '../../loopback/print-client-world.ts'
import { hear } from '../facility/hear.ts'
import { addressOf, install } from '../facility/install.ts'
import { createOrderedJobs } from '../facility/ordered-jobs.ts'
import { openShop } from '../facility/print-shop.ts'
import type { Verdict } from '../promise.ts'

const withinMilliseconds = 120_000

/** Where its folders lie, and its hot folder alone; left out, beside the others of the world. */
type Disk = { readonly place?: string; readonly hotPlace?: string }

/** A facility with one client in some trouble: what was ordered, what was printed, what was told. */
export async function openShopFloor(name: string, signal: AbortSignal, disk: Disk = {}) {
  const world = await openWorld()
  const installation = install(world.folder, addressOf(world), name, disk.place, disk.hotPlace)
  const jobs = createOrderedJobs()
  const told: { readonly jobId: string; readonly status: string; readonly statusId: string }[] = []
  let shop: ReturnType<typeof openShop> | undefined
  let files = 0
  let isTaking: boolean | undefined
  const until = async (isSo: () => boolean | Promise<boolean>, words: string): Promise<void> => {
    const end = performance.now() + withinMilliseconds
    while (!(await isSo())) {
      if (performance.now() > end) throw new Error(`${name}: ${words}: not within ${withinMilliseconds / 1_000} s`)
      await wait(20, undefined, { signal })
    }
  }
  const printed = () => shop?.book() ?? []
  /** The queue may say a thing twice, under one id. */
  const listen = async (): Promise<void> => {
    for (const message of await hear(world.sqs, world.statusQueueUrl)) {
      if (message.type === 'facility_heartbeat') isTaking = message.isTaking
      if (message.type !== 'facility_status') continue
      if (!told.some(({ statusId }) => statusId === message.statusId)) told.push(message)
    }
  }
  const saidOf = (jobId: string): readonly string[] =>
    told.filter((each) => each.jobId === jobId).map(({ status }) => status)
  return {
    world,
    installation,
    until,
    printed,
    saidOf,
    /** `hotFolder`: where the shop sees it, when it is on a disk of the client's own. */
    watch: (hotFolder = installation.hotFolder) => {
      shop = openShop(join(world.folder, 'printed'), [{ ...installation, hotFolder }], jobs.faultsOf)
      return shop
    },
    order: async (count: number, bytes = 2_000): Promise<readonly ProductionTicket[]> => {
      const tickets = await Promise.all(Array.from({ length: count }, () => world.makeTicket({ bytes })))
      tickets.forEach(jobs.add)
      for (const ticket of tickets) await world.send(ticket)
      return tickets
    },
    /** The shop's own system says something of a job. */
    say: (jobId: string, status: string): void => {
      files += 1
      const path = join(installation.statusFolder, `${String(files).padStart(4, '0')}.json`)
      writeFileSync(`${path}.tmp`, JSON.stringify({ jobId, status }))
      renameSync(`${path}.tmp`, path)
    },
    listen,
    /** The client says by its heartbeat that it takes jobs, or that it does not. */
    untilSaid: (wanted: boolean) =>
      until(
        async () => {
          await listen()
          return isTaking === wanted
        },
        `the operator is told that the client ${wanted ? 'takes jobs' : 'takes none'}`,
      ),
    /** All that was ordered is printed and told; or what is not, and what came twice. */
    settle: async (figure: string): Promise<Verdict> => {
      const isTold = () => jobs.ids().every((jobId) => saidOf(jobId).includes('accepted'))
      await until(async () => {
        await listen()
        return printed().length >= jobs.ids().length && isTold()
      }, 'everything printed and told').catch(() => undefined)
      const missing = jobs.ids().filter((jobId) => !printed().some((each) => each.jobId === jobId))
      const untold = jobs.ids().filter((jobId) => !saidOf(jobId).includes('accepted'))
      return {
        figure: `${figure}: ${jobs.ids().length} jobs printed`,
        faults: [
          ...missing.map((jobId) => `${name}: ${jobId} was never printed`),
          ...untold.map((jobId) => `${name}: nobody was told of ${jobId}`),
          ...(shop?.twice() ?? []).map((jobId) => `${name}: ${jobId} was printed twice`),
          ...(shop?.faults() ?? []).map((fault) => `${name}: ${fault}`),
        ],
      }
    },
    close: async (): Promise<void> => {
      shop?.close()
      await world.close()
    },
  }
}
export type ShopFloor = Awaited<ReturnType<typeof openShopFloor>>
