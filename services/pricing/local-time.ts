import type { OpeningHours } from '#contracts/facility.ts'

/** The day, counted from 1970-01-01, and the time of the day: "15:30". */
export type LocalTime = { readonly day: number; readonly time: string }

/** Tells the time of one place. */
export type Clock = (now: Date) => LocalTime

const dayMilliseconds = 24 * 3600 * 1000
const minuteMilliseconds = 60_000

/** One for each time zone; to make one takes as long as ten decisions. */
const clocks = new Map<string, Clock | undefined>()

export const utcClock: Clock = ofTheMinute((now) => ({
  day: Math.floor(now.getTime() / dayMilliseconds),
  time: now.toISOString().slice(11, 16),
}))

/** The clock of a place where something is open; undefined where nobody knows its time zone. */
export function clockOf({ timeZone }: OpeningHours): Clock | undefined {
  if (!clocks.has(timeZone)) clocks.set(timeZone, makeClock(timeZone))
  return clocks.get(timeZone)
}

function makeClock(timeZone: string): Clock | undefined {
  try {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
    return ofTheMinute((now) => {
      // Swedish writes 2026-11-22 03:20.
      const [date = '', time = ''] = format.format(now).split(' ')
      return { day: Date.parse(date) / dayMilliseconds, time }
    })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** A thousand places are asked in the same minute: all but the first of a time zone hear what the first one heard. */
function ofTheMinute(tell: Clock): Clock {
  let minute = Number.NaN
  let told: LocalTime = { day: 0, time: '' }
  return (now) => {
    const wanted = Math.floor(now.getTime() / minuteMilliseconds)
    if (wanted === minute) return told
    told = tell(now)
    minute = wanted
    return told
  }
}
