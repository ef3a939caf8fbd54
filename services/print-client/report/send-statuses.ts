import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import type { QueueWriter } from '#chassis/queue-writer.ts'
import type { Journal } from '../journal/journal.ts'

export type SendOptions = {
  readonly journal: Journal
  readonly writer: QueueWriter
  readonly queueUrl: string
  readonly log: Log
  readonly clock: Clock
  readonly signal: AbortSignal
}

export type StatusSender = {
  /** Resolves when nothing is on its way any more; call it after the signal aborted. */
  readonly stopped: () => Promise<void>
}

const firstPauseMilliseconds = 250
const longestPauseMilliseconds = 15_000

/**
 * Sends what the journal's outbox holds, now and from now on: a job's statuses one after another, jobs side by side,
 * for ever. A status that is sent twice carries the same statusId.
 */
export function sendStatuses({ journal, writer, queueUrl, log, clock, signal }: SendOptions): StatusSender {
  const sending = new Map<string, Promise<void>>()

  const sendOne = async (jobId: string): Promise<boolean> => {
    const status = journal.job(jobId)?.outbox[0]
    if (status === undefined) return false
    await writer.send(queueUrl, status)
    await journal.append({ type: 'sent', at: clock.now().toISOString(), jobId, statusId: status.statusId })
    log.debug({ jobId, status: status.status, statusId: status.statusId }, 'status_sent')
    return true
  }

  const sendAll = async (jobId: string): Promise<void> => {
    let faults = 0
    while (!signal.aborted) {
      try {
        if (!(await sendOne(jobId))) break
        faults = 0
      } catch (error) {
        log.warn({ err: error, jobId, attempt: faults }, 'status_waits')
        await clock.sleep(Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** faults), signal)
        faults += 1
      }
    }
  }

  const start = (jobId: string): void => {
    if (sending.has(jobId) || signal.aborted) return
    const work = sendAll(jobId).finally(() => {
      sending.delete(jobId)
      // A status that came between the last look and here would wait for the next one.
      if (journal.job(jobId)?.outbox.length) start(jobId)
    })
    sending.set(jobId, work)
  }

  journal.onChange((job) => {
    if (job.outbox.length > 0) start(job.jobId)
  })
  for (const job of journal.jobs()) if (job.outbox.length > 0) start(job.jobId)
  return { stopped: async () => void (await Promise.all(sending.values())) }
}
