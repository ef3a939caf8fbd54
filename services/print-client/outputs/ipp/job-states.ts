import type { ShopStatus } from '#contracts/messages/shop-status.ts'
import type { PrinterJob } from './printer.ts'

/** States of a job at a printer (RFC 8011, 5.3.7). */
export const jobStates = {
  pending: 3,
  held: 4,
  processing: 5,
  stopped: 6,
  canceled: 7,
  aborted: 8,
  completed: 9,
} as const

/**
 * What the states of a job's parts at the printer mean for the job, as PRINT-FACTS §5 has it; undefined while nothing has begun, and for
 * states that nobody knows. `parts` holds all of them. Pure.
 */
export function statusOf(jobId: string, parts: readonly PrinterJob[]): ShopStatus | undefined {
  const inState = (state: number): readonly PrinterJob[] => parts.filter((part) => part.state === state)
  const aborted = inState(jobStates.aborted)
  const canceled = inState(jobStates.canceled)
  if (aborted.length > 0) return { jobId, status: 'failed', cause: causeOf('aborted at the printer', aborted) }
  if (canceled.length > 0) {
    // Only when nothing of it was made is it as if it had not been ordered.
    if (canceled.length === parts.length)
      return { jobId, status: 'cancelled', cause: causeOf('cancelled at the printer', canceled) }
    return { jobId, status: 'failed', cause: causeOf('cancelled in part at the printer', canceled) }
  }
  const stopped = inState(jobStates.stopped)
  if (stopped.length > 0) return { jobId, status: 'delayed', cause: causeOf('the printer has stopped', stopped) }
  const completed = inState(jobStates.completed)
  const faulty = completed.filter(({ reasons }) => reasons.includes('job-completed-with-errors'))
  if (faulty.length > 0)
    return { jobId, status: 'delayed', cause: causeOf('look at the sheets, the printer ended', faulty) }
  if (completed.length === parts.length) return { jobId, status: 'printed' }
  return completed.length > 0 || inState(jobStates.processing).length > 0 ? { jobId, status: 'printing' } : undefined
}

function causeOf(what: string, parts: readonly PrinterJob[]): string {
  const reasons = [...new Set(parts.flatMap((part) => part.reasons))].filter((reason) => reason !== 'none')
  const words = `${what}: ${parts.map(({ name }) => name).join(', ')}`
  return (reasons.length === 0 ? words : `${words} (${reasons.join(', ')})`).slice(0, 300)
}

/** Nothing of it was printed, and nothing will be. */
export const isCanceled = ({ state }: PrinterJob): boolean => state === jobStates.canceled
/** Nothing of it is printed yet. */
export const isWaiting = ({ state }: PrinterJob): boolean => state === jobStates.pending || state === jobStates.held
