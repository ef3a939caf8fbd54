import { repeat } from '#chassis/repeat.ts'
import type { Running } from '#chassis/run.ts'
import { type KeySweep, sweepFacilityKeys } from './sweep-facility-keys.ts'

/** Keys are moved on within days; who is shut out loses theirs within this. */
const everyMilliseconds = 60_000

/** Keeps the keys of print clients moving until `signal` aborts. */
export function startFacilityKeys(sweep: KeySweep, signal: AbortSignal): Running {
  const { log } = sweep
  const work = () => sweepFacilityKeys(sweep)
  const sweeping = repeat({ name: 'sweep_facility_keys', everyMilliseconds, signal, log, work })
  return { drain: () => sweeping }
}
