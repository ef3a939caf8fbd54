import { setTimeout as wait } from 'node:timers/promises'

/** Asks until the answer is yes. Throws when `signal` aborts, and when the time is over. */
export async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  signal: AbortSignal,
  { everyMilliseconds = 100, withinSeconds = 300 } = {},
): Promise<void> {
  const end = performance.now() + withinSeconds * 1000
  while (!(await isSo())) {
    signal.throwIfAborted()
    if (performance.now() > end) throw new Error(`${what}: not within ${withinSeconds} s`)
    await wait(everyMilliseconds, undefined, { signal })
  }
}
