import { join } from 'node:path'
import type { Clock } from '#chassis/clock.ts'
import { Transient } from '#chassis/errors.ts'
import { onFolders } from '../../folder-fault.ts'
import { JobRefused } from '../job-refused.ts'
import type { StagedJob } from '../output.ts'
import { Unanswered } from './connection.ts'
import type { JobMark, PartMarks } from './part-marks.ts'
import { type PrintPart, partNames, printPlan } from './print-plan.ts'
import { NotTaken, type Printer } from './printer.ts'
import { witnessIn } from './whereabouts.ts'

export type HandOverDependencies = {
  readonly printer: Printer
  readonly marks: PartMarks
  readonly clock: Pick<Clock, 'now'>
}

/**
 * Sends the parts of a job that the printer has not got, one after another. Each is marked on the disk before its first byte and again
 * with the printer's number for it, so that a part is sent again only when it is certain that the printer never took it.
 */
export async function sendParts(
  dependencies: HandOverDependencies,
  { jobId, ticket, folder }: StagedJob,
): Promise<void> {
  const { printer, marks } = dependencies
  const plan = printPlan(ticket, await printer.facts())
  if ('refusal' in plan) throw new JobRefused(plan.refusal)
  const known = await onFolders('mark', () => marks.read(jobId))
  if (known === 'unreadable') throw new Transient(`What was sent of ${jobId} cannot be read`)
  let mark: JobMark = { names: [...partNames(ticket)], parts: known?.parts ?? [] }
  for (const part of plan.parts) {
    const earlier = mark.parts.find(({ name }) => name === part.name)
    if (earlier?.printerJobId !== undefined) continue
    if (earlier !== undefined) throw new Transient(`Nobody knows yet what became of ${part.name} at the printer`)
    mark = await sendPart(dependencies, jobId, mark, part, folder)
  }
}

async function sendPart(
  { printer, marks, clock }: HandOverDependencies,
  jobId: string,
  before: JobMark,
  { name, file, template }: PrintPart,
  folder: string,
): Promise<JobMark> {
  const save = (mark: JobMark): Promise<void> => onFolders('mark', () => marks.write(jobId, mark))
  const listed = await printer.jobs()
  const witness = witnessIn(listed)
  const started = {
    name,
    startedAt: clock.now().toISOString(),
    earlierIds: listed.filter((job) => job.name === name).map(({ id }) => id),
    ...(witness === undefined ? {} : { witness }),
  }
  await save({ ...before, parts: [...before.parts, started] })
  try {
    const printerJobId = await printer.print(name, template, join(folder, file))
    const sent = { ...before, parts: [...before.parts, { ...started, printerJobId }] }
    await save(sent)
    return sent
  } catch (error) {
    const isSurelyNot = error instanceof NotTaken || error instanceof Unanswered
    if (isSurelyNot) await save(before)
    if (!(error instanceof NotTaken)) throw error
    if (!error.isForGood) throw new Transient(error.message, { cause: error })
    await withdraw(printer, before)
    await save({ ...before, parts: [] })
    throw new JobRefused(error.message.slice(0, 300), { cause: error })
  }
}

/** A cover without its book is of no use to anybody. */
async function withdraw(printer: Printer, { parts }: JobMark): Promise<void> {
  for (const { printerJobId } of parts) if (printerJobId !== undefined) await printer.cancel(printerJobId)
}
