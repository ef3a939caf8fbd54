import { randomUUID } from 'node:crypto'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Refused } from '#chassis/errors.ts'
import type { ClientConfig } from '../config.ts'
import { writeDurably } from '../journal/durable.ts'
import type { Job } from '../journal/job.ts'
import { readJobs } from '../journal/journal.ts'
import { isWaiting } from './take-commands.ts'

/** What may stand behind `--config FILE` on the command line; nothing runs the client. */
export type OperatorCommand = { readonly name: 'jobs' } | { readonly name: 'release' | 'drop'; readonly jobId: string }

/**
 * Shows the jobs that are not finished, or leaves a decision for the client in its state folder: a running client
 * takes it within a second, a stopped one at its next start. Gives the text for the operator; throws Refused.
 */
export async function runOperatorCommand(config: ClientConfig, command: OperatorCommand): Promise<string> {
  const jobs = await readJobs(config.stateFolder)
  if (command.name === 'jobs') return listOf(jobs)
  const { name, jobId } = command
  const job = jobs.find((each) => each.jobId === jobId)
  if (job === undefined) throw new Refused('unknown_job', `The journal knows no job ${jobId}`)
  if (!isWaiting(job))
    throw new Refused('job_not_waiting', `Job ${jobId} is ${job.state}; only held and failed jobs wait`)
  const folder = join(config.stateFolder, 'commands')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${Date.now()}-${randomUUID()}.json`)
  await writeDurably(`${path}.next`, JSON.stringify({ command: name, jobId }))
  await rename(`${path}.next`, path)
  return `${name} ${jobId}: left for the client; see its log, or \`jobs\`\n`
}

function listOf(jobs: readonly Job[]): string {
  const open = jobs.filter((job) => !['handed_over', 'claimed_elsewhere', 'dropped'].includes(job.state))
  const lines = open.map((job) => `${job.jobId}  ${job.state.padEnd(9)}  ${job.at}  ${job.cause ?? ''}`.trimEnd())
  return `${[...lines, `${open.length} open, ${jobs.length - open.length} finished or elsewhere`].join('\n')}\n`
}
