import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { S3Client } from '@aws-sdk/client-s3'
import type { Clock } from '#chassis/clock.ts'
import { ifThere } from '#chassis/if-there.ts'
import type { Log } from '#chassis/log.ts'
import { replaceDurably } from '../journal/durable.ts'
import type { Job, JobState } from '../journal/job.ts'
import type { Journal } from '../journal/journal.ts'
import { claimJob } from './claim.ts'
import type { OneAtATime } from './one-at-a-time.ts'

export type CarryClaims = {
  readonly s3: S3Client
  readonly bucket: string
  readonly facilityId: string
  readonly clientId: string
  readonly stateFolder: string
  readonly journal: Journal
  readonly oneAtATime: OneAtATime
  readonly log: Log
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** Beside the journal: the bucket that holds the claims of all its jobs. */
const claimsPlaceName = 'claims-place'
const atOnce = 8
const firstPauseMilliseconds = 250
const longestPauseMilliseconds = 15_000

/**
 * Puts a claim for every job of the journal where the bucket is another than the last time, as after a fail-over to another region.
 * To be waited for before tickets are taken: no other client of the facility may find such a job unclaimed. Done once a bucket; tries
 * until it is done or `signal` aborts. May run twice, as a claim is put only where none is.
 */
export async function carryClaims(dependencies: CarryClaims): Promise<void> {
  const { stateFolder, clock, log, signal } = dependencies
  const place = await placeOf(dependencies)
  const path = join(stateFolder, claimsPlaceName)
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      if ((await read(path)) === place) return
      await putAll(dependencies)
      return await replaceDurably(path, `${place}\n`)
    } catch (error) {
      log.warn({ err: error, attempt }, 'claims_not_carried')
      await clock.sleep(Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** attempt), signal)
    }
  }
}

/** Names of buckets are unique in the world of AWS; a stand-in is told by its address. */
async function placeOf({ s3, bucket }: CarryClaims): Promise<string> {
  const endpoint = await s3.config.endpoint?.()
  return endpoint ? `${endpoint.protocol}//${endpoint.hostname}:${endpoint.port ?? ''}/${bucket}` : bucket
}

const read = async (path: string): Promise<string | undefined> => (await ifThere(readFile(path, 'utf8')))?.trim()

/** A job that another client claimed is for that client to claim again: taken by us, it would be nobody's. */
async function putAll(dependencies: CarryClaims): Promise<void> {
  const jobs = [...dependencies.journal.jobs()].filter(({ state }) => state !== 'claimed_elsewhere')
  const waiting = jobs.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const job of waiting) await put(dependencies, job)
    }),
  )
  if (jobs.length > 0) dependencies.log.info({ jobs: jobs.length }, 'claims_carried')
}

async function put(dependencies: CarryClaims, { jobId, orderId, itemId, nonce }: Job): Promise<void> {
  const { facilityId, clientId, journal, oneAtATime, clock, log, signal } = dependencies
  if (signal.aborted) throw signal.reason
  const claim = { facilityId, jobId, orderId, itemId, clientId, nonce, at: clock.now() }
  if ((await claimJob(dependencies, claim)) !== 'elsewhere') return
  // Another client took the job's ticket before this one was started, or the order API had it made elsewhere.
  await oneAtATime(jobId, async () => {
    const state = journal.job(jobId)?.state
    log.error({ jobId, state }, 'claimed_elsewhere_meanwhile')
    if (isUnsent(state)) await journal.append({ type: 'claimed_elsewhere', at: clock.now().toISOString(), jobId })
  })
}

/** Surely nobody at the shop has it: it is theirs who claimed it. One that may be on its way out waits for a person. */
const isUnsent = (state: JobState | undefined): boolean =>
  state === 'claiming' || state === 'claimed' || state === 'offered' || state === 'failed'
