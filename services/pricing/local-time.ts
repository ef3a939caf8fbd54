import type { OpeningHours } from '#contracts/facility.ts'

/** To make one takes as long as ten decisions. */
const clocks = new WeakMap<OpeningHours, Intl.DateTimeFormat | 'unknown'>()

/** Date and time of the day where a facility is; undefined where nobody knows its time zone. */
export function localTimeOf(
  opening: OpeningHours,
  now: Date,
): { readonly date: string; readonly time: string } | undefined {
  const clock = clocks.get(opening) ?? clockOf(opening.timeZone)
  clocks.set(opening, clock)
  if (clock === 'unknown') return undefined
  // Swedish writes 2026-11-22 03:20.
  const [date = '', time = ''] = clock.format(now).split(' ')
  return { date, time }
}

function clockOf(timeZone: string): Intl.DateTimeFormat | 'unknown' {
  try {
    return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  } catch (error) {
    if (error instanceof RangeError) return 'unknown'
    throw error
  }
}
