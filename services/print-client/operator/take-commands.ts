import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import { parse } from '#contracts/parse.ts'
import { jobFolder } from '../hand-over/job-folder.ts'
import type { Job } from '../journal/job.ts'
import type { Journal } from '../journal/journal.ts'
import type { Places } from '../places.ts'
import { newStatus } from '../report/new-status.ts'
import type { OneAtATime } from '../take/one-at-a-time.ts'
import { Command } from './command.ts'

export type TakeCommandsDependencies = {
  readonly facilityId: string
  readonly bootId: string
  readonly places: Places
  readonly journal: Journal
  readonly oneAtATime: OneAtATime
  readonly carryLater: (jobId: string) => void
  readonly log: Log
  readonly clock: Clock
}

/** Obeys every command file and removes it. A command for a job that does not wait changes nothing, so twice is once. */
export async function takeCommands(dependencies: TakeCommandsDependencies): Promise<void> {
  const { places } = dependencies
  const names = (await readdir(places.commands)).filter((name) => name.endsWith('.json')).sort()
  for (const name of names) {
    const path = join(places.commands, name)
    const text = await readFile(path, 'utf8')
    await obey(dependencies, name, text)
    await rm(path)
  }
}

async function obey(dependencies: TakeCommandsDependencies, name: string, text: string): Promise<void> {
  const { journal, oneAtATime, log } = dependencies
  const read = readCommand(text)
  if (read === undefined) {
    log.error({ file: name }, 'command_unreadable')
    return
  }
  const { command, jobId } = read
  await oneAtATime(jobId, async () => {
    const job = journal.job(jobId)
    if (job === undefined || !isWaiting(job)) log.warn({ jobId, command, state: job?.state }, 'command_ignored')
    else if (command === 'release') await release(dependencies, jobId)
    else await drop(dependencies, job)
  })
}

function readCommand(text: string): Command | undefined {
  try {
    return parse('command', Command, JSON.parse(text))
  } catch {
    // Not written by `release` or `drop`: said above, and no reason to stop.
    return undefined
  }
}

/** Only what stands still may be decided by a person. */
export const isWaiting = ({ state }: Job): boolean => state === 'held' || state === 'failed'

/** A person answers for it that the job was not printed: it starts again from its files. */
async function release(dependencies: TakeCommandsDependencies, jobId: string): Promise<void> {
  const { places, journal, bootId, clock, carryLater, log } = dependencies
  const folder = jobFolder(places, jobId)
  await folder.make()
  await folder.reopen()
  await journal.append({ type: 'released', at: clock.now().toISOString(), jobId, bootId })
  log.info({ jobId }, 'job_released')
  carryLater(jobId)
}

async function drop(dependencies: TakeCommandsDependencies, job: Job): Promise<void> {
  const { places, journal, facilityId, clock, log } = dependencies
  const { jobId } = job
  const now = clock.now()
  const cause = 'dropped by the facility'
  const status = newStatus(facilityId, job, now, { status: 'cancelled', cause })
  await journal.append({ type: 'dropped', at: now.toISOString(), jobId, cause, status })
  log.info({ jobId }, 'job_dropped')
  await jobFolder(places, jobId).remove()
}
