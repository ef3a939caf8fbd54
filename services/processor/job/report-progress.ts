import type { Clock } from '#chassis/clock.ts'
import type { Progress } from '../sandbox/protocol.ts'

/** People who wait look every few seconds; each report is a message and a statement. */
const leastMilliseconds = 2_000

/** Passes on how far a job is, at most once every two seconds and never backwards. A report that is lost is not missed. */
export function createProgressReporter(
  clock: Clock,
  send: (progress: { readonly pagesDone: number; readonly pagesOfAll: number }) => Promise<void>,
): (progress: Progress) => void {
  let sentAt = Number.NEGATIVE_INFINITY
  let farthest = 0
  return ({ pagesDone, pagesOfAll }) => {
    const now = clock.now().getTime()
    if (pagesDone <= farthest || now - sentAt < leastMilliseconds) return
    sentAt = now
    farthest = pagesDone
    // Whoever waits sees the next one; the job goes on.
    send({ pagesDone, pagesOfAll }).catch(() => undefined)
  }
}
