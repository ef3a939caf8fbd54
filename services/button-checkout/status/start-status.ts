import { repeat } from '#chassis/repeat.ts'
import type { Running } from '#chassis/run.ts'
import { everyMilliseconds } from './judge.ts'
import { type Telling, tellStatus } from './tell-status.ts'

/** Tells every 30 s how the checkout is, until `signal` aborts. */
export function startStatus(telling: Telling, signal: AbortSignal): Running {
  const work = () => tellStatus(telling)
  const ended = repeat({ name: 'tell_status', everyMilliseconds, signal, log: telling.log, work })
  return { drain: () => ended }
}
