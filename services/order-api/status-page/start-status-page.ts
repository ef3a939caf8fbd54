import { repeat } from '#chassis/repeat.ts'
import type { Running } from '#chassis/run.ts'
import { everyMilliseconds } from './judge.ts'
import { type Telling, tellStatus } from './tell-status.ts'

/** Tells every 15 s how the platform is, until `signal` aborts. */
export function startStatusPage({ signal, ...telling }: Telling & { readonly signal: AbortSignal }): Running {
  const work = () => tellStatus(telling)
  const ended = repeat({ name: 'tell_status', everyMilliseconds, signal, log: telling.log, work })
  return { drain: () => ended }
}
