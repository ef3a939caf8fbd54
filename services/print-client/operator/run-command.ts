import { randomUUID } from 'node:crypto'
import { mkdir, rename } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { Refused } from '#chassis/errors.ts'
import type { ClientConfig } from '../config.ts'
import { actionsOf, stateOf } from '../desk/see-job.ts'
import { writeDurably } from '../journal/durable.ts'
import type { Job } from '../journal/job.ts'
import { readJobs } from '../journal/journal.ts'
import type { Command } from './command.ts'

/** What may stand behind `--config FILE` on the command line; nothing runs the client. */
export type OperatorCommand =
  | { readonly name: 'jobs' }
  | { readonly name: 'release' | 'drop' | 'accept'; readonly jobId: string }
  | { readonly name: 'reject'; readonly jobId: string; readonly cause: string }

/**
 * Shows the jobs that are not finished, or leaves a decision for the client in its state folder: a running client
 * takes it within a second, a stopped one at its next start. Gives the text for the operator; throws Refused.
 */
export async function runOperatorCommand(
  { stateFolder }: Pick<ClientConfig, 'stateFolder'>,
  command: OperatorCommand,
): Promise<string> {
  const jobs = await readJobs(stateFolder)
  if (command.name === 'jobs') return listOf(jobs)
  const { name, jobId } = command
  const job = jobs.find((each) => each.jobId === jobId)
  if (job === undefined) throw new Refused('unknown_job', `The journal knows no job ${jobId}`)
  const actions = actionsOf(job)
  if (!actions.includes(name)) {
    const allowed = actions.length === 0 ? 'nothing is to be decided' : `possible now: ${actions.join(', ')}`
    throw new Refused('job_not_waiting', `Job ${jobId} is ${job.state}; ${allowed}`)
  }
  const cause = command.name === 'reject' ? { cause: command.cause } : {}
  await leave(stateFolder, { command: name, jobId, ...cause, by: `${userInfo().username} at the terminal` })
  return `${name} ${jobId}: left for the client; see its log, or \`jobs\`\n`
}

/** Whole or not there: the client takes it at once. */
async function leave(stateFolder: string, command: Command): Promise<void> {
  const folder = join(stateFolder, 'commands')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${Date.now()}-${randomUUID()}.json`)
  await writeDurably(`${path}.next`, JSON.stringify(command))
  await rename(`${path}.next`, path)
}

function listOf(jobs: readonly Job[]): string {
  const isOpen = (job: Job): boolean => !['in_the_shop', 'over', 'elsewhere'].includes(stateOf(job))
  const open = jobs.filter(isOpen)
  const lines = open.map((job) => `${job.jobId}  ${job.state.padEnd(9)}  ${job.at}  ${job.cause ?? ''}`.trimEnd())
  return `${[...lines, `${open.length} open, ${jobs.length - open.length} finished or elsewhere`].join('\n')}\n`
}
