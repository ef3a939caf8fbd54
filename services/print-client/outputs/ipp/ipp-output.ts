import { join } from 'node:path'
import type { Clock } from '#chassis/clock.ts'
import { Transient } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import type { ShopStatus } from '#contracts/messages/shop-status.ts'
import { onFolders } from '../../folder-fault.ts'
import type { Output, Possession } from '../output.ts'
import { requireDiskRoom } from '../room.ts'
import { createConnection, type PrinterAddress } from './connection.ts'
import { sendParts } from './hand-over.ts'
import { isCanceled, isWaiting, statusOf } from './job-states.ts'
import { type JobMark, openPartMarks, type PartMark, type PartMarks } from './part-marks.ts'
import { createPrinter, type Printer, type PrinterJob } from './printer.ts'
import { type Seen, whereaboutsOf } from './whereabouts.ts'

export type IppSetting = PrinterAddress & {
  readonly name: string
  readonly staging: string
  readonly stateFolder: string
  readonly log: Log
  readonly clock: Pick<Clock, 'now'>
}

/**
 * A printer that speaks IPP (RFC 8011). Each part of a job is a job of the printer under its own name: the job's id, or `<job>-<part>` where
 * there are several. What was sent is marked on the disk and looked up in the printer's own lists; where neither can tell, the job is held.
 */
export async function createIppOutput(setting: IppSetting): Promise<Output> {
  const { name, staging, stateFolder, clock, log } = setting
  const printer = createPrinter(createConnection(setting))
  const marks = await openPartMarks(join(stateFolder, 'ipp-marks', name), clock.now())
  const tell = { printer, marks, clock }
  await sayWhatItIs(printer, name, log)
  return {
    name,
    kind: 'ipp',
    staging,
    doubt: 'possibly_printed: the printer may have the job, and its memory does not reach back far enough to tell',
    look: (jobId) => look(tell, jobId),
    handOver: (job) => sendParts(tell, job),
    requireRoom: async (sizeBytes) => {
      await requireDiskRoom([stateFolder], sizeBytes)
      const { isAccepting, stateReasons } = await printer.facts()
      if (isAccepting) return
      const why = stateReasons.length === 0 ? '' : `: ${stateReasons.join(', ')}`
      throw new Transient(`The printer of output ${name} takes no jobs now${why}`)
    },
    listen: (jobIds) => listen(tell, jobIds),
    cancel: (jobId) => cancel(tell, jobId),
    forget: async (jobId) => {
      const mark = await onFolders('mark', () => marks.read(jobId))
      if (mark !== undefined) await onFolders('mark', () => marks.write(jobId, { names: [], parts: [] }))
    },
  }
}

/** For whoever sets it up. A printer that is off now is asked again before each job. */
async function sayWhatItIs(printer: Printer, output: string, log: Log): Promise<void> {
  try {
    const { formats, sides, mostCopies, isAccepting } = await printer.facts()
    const takesPdf = formats.includes('application/pdf')
    log[takesPdf ? 'info' : 'warn']({ output, takesPdf, sides, mostCopies, isAccepting }, 'printer_found')
  } catch (error) {
    if (!(error instanceof Transient)) throw error
    log.warn({ err: error, output }, 'printer_not_found')
  }
}

type Tell = { readonly printer: Printer; readonly marks: PartMarks; readonly clock: Pick<Clock, 'now'> }

/** Throws Transient while the printer is not to be asked and its word is needed. */
async function look(tell: Tell, jobId: string): Promise<Possession> {
  const mark = await onFolders('mark', () => tell.marks.read(jobId))
  if (mark === undefined) return listed(tell.printer, jobId)
  if (mark === 'unreadable') return 'cannot_tell'
  const settled = mark.parts.some(isOpen) ? await settle(tell, jobId, mark) : mark
  if (settled.parts.some(isOpen)) return 'cannot_tell'
  const isWhole = settled.names.length > 0 && settled.parts.length === settled.names.length
  return isWhole ? 'has' : 'has_not'
}

const isOpen = ({ printerJobId }: PartMark): boolean => printerJobId === undefined

/** This client never sent it; where its state folder was lost, an earlier life of it may have: then the printer lists it. */
async function listed(printer: Printer, jobId: string): Promise<Possession> {
  try {
    const jobs = await printer.jobs()
    return jobs.some(({ name }) => name === jobId || name.startsWith(`${jobId}-`)) ? 'cannot_tell' : 'has_not'
  } catch (error) {
    if (error instanceof Transient) return 'has_not'
    throw error
  }
}

/** Asks the printer what became of parts that it did not answer for. */
async function settle({ printer, marks, clock }: Tell, jobId: string, mark: JobMark): Promise<JobMark> {
  const { upTimeSeconds } = await printer.facts()
  const now = clock.now()
  const runsSince = upTimeSeconds === undefined ? undefined : new Date(now.getTime() - upTimeSeconds * 1_000)
  const seen: Seen = { jobs: await printer.jobs(), runsSince }
  const parts = mark.parts.flatMap((part) => {
    if (!isOpen(part)) return [part]
    const found = whereaboutsOf(part, seen, now)
    if (found === 'too_soon') throw new Transient(`The printer may still be taking ${part.name}: looked at again soon`)
    if (found === 'never_arrived') return []
    return [found === 'unknown' ? part : { ...part, printerJobId: found }]
  })
  const settled = { ...mark, parts }
  await onFolders('mark', () => marks.write(jobId, settled))
  return settled
}

/** What the printer still knows of the parts; undefined unless all of the job was sent and is known. */
async function partsAt({ printer, marks }: Tell, jobId: string): Promise<readonly PrinterJob[] | undefined> {
  const mark = await onFolders('mark', () => marks.read(jobId))
  if (mark === undefined || mark === 'unreadable' || mark.names.length === 0) return undefined
  const found: PrinterJob[] = []
  for (const { printerJobId, name } of mark.parts) {
    const job = printerJobId === undefined ? undefined : await printer.job(printerJobId)
    // A printer that began to count anew has other jobs under old numbers.
    if (job?.name === name) found.push(job)
  }
  return found.length === mark.names.length ? found : undefined
}

async function listen(tell: Tell, jobIds: readonly string[]): Promise<readonly ShopStatus[]> {
  const found: ShopStatus[] = []
  for (const jobId of jobIds) {
    const parts = await partsAt(tell, jobId)
    const status = parts && statusOf(jobId, parts)
    if (status !== undefined) found.push(status)
  }
  return found
}

/** True only when every part was still waiting, and every one is cancelled now by the printer's own word. */
async function cancel(tell: Tell, jobId: string): Promise<boolean> {
  const parts = await partsAt(tell, jobId)
  if (parts === undefined || !parts.every((part) => isWaiting(part) || isCanceled(part))) return false
  for (const part of parts) if (!isCanceled(part)) await tell.printer.cancel(part.id)
  const after = await partsAt(tell, jobId)
  return after?.every(isCanceled) ?? false
}
