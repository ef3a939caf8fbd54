import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, systemClock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import { jobOfCancelFile } from '#contracts/messages/job-cancel.ts'
import { JobTicket } from '#contracts/messages/job-ticket.ts'
import { parse } from '#contracts/parse.ts'
import { watchFolder } from '../../services/print-client/report/watch-folder.ts'
import { memoryPath, readMemory, writeMemory } from './memory.ts'
import {
  cancelStep,
  dueStep,
  newShopJob,
  type Pace,
  type ShopJob,
  type ShopStep,
  stepped,
  stopped,
} from './next-steps.ts'

export type ShopFacility = { readonly facilityId: string; readonly hotFolder: string; readonly statusFolder: string }

export type SimulatedShopOptions = {
  readonly facilities: readonly ShopFacility[]
  /** Between two steps of a job. */
  readonly stepMilliseconds?: number
  /** Steps from shipped to delivered. */
  readonly deliverySteps?: number
  readonly log: Log
  readonly clock?: Clock
}

export type SimulatedShop = { readonly close: () => Promise<void> }

const longestPollMilliseconds = 50

/**
 * Plays the shop's own system behind a print client, through the two folders alone: test orders go through
 * printing, printed, packed, shipped and delivered; real orders are left alone. A restart goes on where it was.
 */
export async function startSimulatedShop(options: SimulatedShopOptions): Promise<SimulatedShop> {
  const { facilities, stepMilliseconds = 400, deliverySteps = 5, log, clock = systemClock } = options
  const ending = new AbortController()
  const pollMilliseconds = Math.max(5, Math.min(longestPollMilliseconds, stepMilliseconds / 4))
  const shops: Promise<void>[] = []
  for (const facility of facilities) {
    const { hotFolder, statusFolder, facilityId } = facility
    for (const folder of [hotFolder, statusFolder]) await mkdir(folder, { recursive: true })
    const jobs = await readMemory(memoryPath(facilityId, hotFolder))
    const look = () => workOnce({ facility, jobs, stepMilliseconds, deliverySteps, log, clock })
    shops.push(watchFolder({ folder: hotFolder, look, pollMilliseconds, log, clock, signal: ending.signal }))
  }
  return {
    close: async () => {
      ending.abort()
      await Promise.all(shops)
    },
  }
}

type Shop = Pace & {
  readonly facility: ShopFacility
  readonly jobs: Map<string, ShopJob>
  readonly log: Log
  readonly clock: Clock
}

/** New folders, then due steps, then the memory: a kill before the last repeats a step, which says nothing new. */
async function workOnce(shop: Shop): Promise<void> {
  const { facility, jobs, clock } = shop
  const now = clock.now().getTime()
  const isNew = await findJobs(shop, now)
  let isChanged = (await obeyCancels(shop)) || isNew
  for (const [jobId, job] of jobs) {
    const step = dueStep(jobId, job, now)
    if (step === undefined) continue
    await drop(shop, step)
    jobs.set(jobId, stepped(job, now, shop))
    isChanged = true
  }
  if (isChanged) await writeMemory(memoryPath(facility.facilityId, facility.hotFolder), jobs)
}

/** Remembers new job folders and forgets those that are gone; true when something changed. */
async function findJobs({ facility, jobs, stepMilliseconds, log }: Shop, now: number): Promise<boolean> {
  const names = new Set((await readdir(facility.hotFolder)).filter((name) => name.startsWith('job_')))
  let isChanged = false
  for (const jobId of jobs.keys()) if (!names.has(jobId)) isChanged = jobs.delete(jobId)
  for (const name of names) {
    if (jobs.has(name)) continue
    try {
      const text = await readFile(join(facility.hotFolder, name, 'ticket.json'), 'utf8')
      jobs.set(name, newShopJob(parse('job ticket', JobTicket, JSON.parse(text)), now, stepMilliseconds))
    } catch (error) {
      // One folder that is no job must not stop the shop: it is left alone like a real order.
      log.warn({ err: error, facilityId: facility.facilityId, folder: name }, 'shop_ticket_unreadable')
      jobs.set(name, { isTest: false, quantity: 0, done: 0, nextAtEpochMs: now })
    }
    isChanged = true
  }
  return isChanged
}

/** Stops what was cancelled in time; true when something changed. A file goes once the memory says that its job is over. */
async function obeyCancels(shop: Shop): Promise<boolean> {
  const { facility, jobs } = shop
  let isChanged = false
  for (const name of await readdir(facility.hotFolder)) {
    const jobId = jobOfCancelFile(name)
    const job = jobId === undefined ? undefined : jobs.get(jobId)
    if (jobId === undefined || job === undefined || !job.isTest) continue
    const step = cancelStep(jobId, job)
    if (step === undefined) {
      await rm(join(facility.hotFolder, name), { force: true })
      continue
    }
    await drop(shop, step)
    jobs.set(jobId, stopped(job))
    isChanged = true
  }
  return isChanged
}

/** Written beside and renamed, as the facility handbook asks of every shop. */
async function drop({ facility, log }: Shop, { jobId, fileName, status }: ShopStep): Promise<void> {
  const path = join(facility.statusFolder, fileName)
  await writeFile(`${path}.tmp`, JSON.stringify(status))
  await rename(`${path}.tmp`, path)
  log.info({ jobId, facilityId: facility.facilityId, status: status.status }, 'shop_step')
}
