import type { Step } from './check-files.ts'

/** What is over by then needs no word in between: its answer says it all. */
const quietMilliseconds = 1_000
/** Well within the patience that a heard word buys (order-api, preflights/apply-result.ts). */
const againMilliseconds = 30_000

/** Tells how far long work is: its step when it changes, and now and then that somebody is still at it. Call `end` when it is over. */
export function createStepReporter(send: (step: Step) => Promise<void>) {
  let step: Step = 'fetching'
  let isSlow = false
  let again: NodeJS.Timeout | undefined
  const tell = (): void => {
    // Whoever waits hears the next one; the work goes on.
    send(step).catch(() => undefined)
  }
  const first = setTimeout(() => {
    isSlow = true
    again = setInterval(tell, againMilliseconds)
    tell()
  }, quietMilliseconds)
  return {
    at: (now: Step): void => {
      step = now
      if (isSlow) tell()
    },
    end: (): void => {
      clearTimeout(first)
      clearInterval(again)
    },
  }
}
