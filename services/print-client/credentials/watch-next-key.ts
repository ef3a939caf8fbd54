import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import { repeat } from '#chassis/repeat.ts'
import { type NextKeyDependencies, takeNextKey } from './take-next-key.ts'

/** Keys change once a month: there is no hurry. */
const everyMilliseconds = 3_600_000

/** Looks for the next access key at the start and every hour, until `signal` aborts. */
export const watchNextKey = (
  dependencies: NextKeyDependencies & { readonly log: Log; readonly clock: Clock },
): Promise<void> => {
  const { log, clock, signal } = dependencies
  const work = async (): Promise<void> => void (await takeNextKey(dependencies))
  return repeat({ name: 'next_access_key', everyMilliseconds, signal, log, clock, work })
}
