import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { JobTicket } from '#contracts/messages/job-ticket.ts'
import { parse } from '#contracts/parse.ts'
import { forgetData } from '../../local/platform/folders.ts'
import type { Platform, PlatformOptions } from '../../local/platform/platform.ts'
import { startPlatform } from '../../local/platform/start-platform.ts'
import { type Customer, createCustomer } from './customer.ts'

/** Compiled code of earlier runs: a platform starts in a third of the time. */
const cacheFolder = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'printcloud-journeys')

/** For journeys that lose a queue: `shipped` is the last word then, which is asked for again until it came. */
export const neverDelivered = 10_000_000

/** A job folder as the facility's shop finds it. */
export type JobFolder = { readonly facilityId: string; readonly jobId: string; readonly path: string }

/** A whole platform in a folder of its own, with a customer of its test account. */
export type Journey = {
  readonly dataFolder: string
  /** The platform as it runs now. */
  readonly platform: () => Platform
  readonly customer: Customer
  /** What lies in the hot folders of all facilities. */
  readonly jobFolders: () => Promise<JobFolder[]>
  /** The tickets of all those job folders. */
  readonly tickets: () => Promise<JobTicket[]>
  /** Stops the platform and starts it again on the same data. */
  readonly startAgain: () => Promise<void>
  /** Stops everything and removes what it left, the database outside the folder too. */
  readonly end: () => Promise<void>
}

/** Starts a platform for one test file; call `end` in afterAll. Nothing is left when the start fails. */
export async function startJourney(options: Partial<PlatformOptions> = {}): Promise<Journey> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'printcloud-journey-'))
  const start = () => startPlatform({ port: 0, shopStepMilliseconds: 100, cacheFolder, ...options, dataFolder })
  const remove = async () => {
    // For a look into logs and folders after a failure.
    if (process.env.JOURNEY_KEEP) return
    await forgetData(dataFolder)
    await rm(dataFolder, { recursive: true, force: true })
  }
  let platform: Platform
  try {
    platform = await start()
  } catch (error) {
    await remove()
    throw error
  }
  return {
    dataFolder,
    platform: () => platform,
    customer: createCustomer(() => platform.local.baseUrl, platform.local.secretKey),
    jobFolders: () => jobFoldersIn(platform.local.hotFolders),
    tickets: async () =>
      Promise.all((await jobFoldersIn(platform.local.hotFolders)).map(({ path }) => readTicket(path))),
    startAgain: async () => {
      await platform.close()
      platform = await start()
    },
    end: async () => {
      try {
        await platform.close()
      } finally {
        await remove()
      }
    },
  }
}

async function jobFoldersIn(hotFolders: Readonly<Record<string, string>>): Promise<JobFolder[]> {
  const perFacility = Object.entries(hotFolders).map(async ([facilityId, folder]) =>
    (await readdir(folder)).map((jobId) => ({ facilityId, jobId, path: join(folder, jobId) })),
  )
  return (await Promise.all(perFacility)).flat()
}

/** The ticket of a job folder, checked as the shop's own system would. */
export async function readTicket(folder: string): Promise<JobTicket> {
  return parse('job ticket', JobTicket, JSON.parse(await readFile(join(folder, 'ticket.json'), 'utf8')))
}
