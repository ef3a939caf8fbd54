import type { Issue } from '#contracts/parse.ts'

/** Of values that may be anything: what is none of what is asked for is left to the schema. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

/** Places of what stands further up as well. */
export const twice = (values: readonly unknown[]): number[] =>
  values.flatMap((value, place) => (value !== undefined && values.indexOf(value) < place ? [place] : []))

export const issue = (pointer: string, detail: string): Issue => ({ pointer, detail })

/** A time zone that this machine does not know: every promised day would fail. */
export function zoneFaults(opening: unknown): Issue[] {
  if (!isRecord(opening) || typeof opening.timeZone !== 'string') return []
  try {
    new Intl.DateTimeFormat('en', { timeZone: opening.timeZone })
    return []
  } catch {
    return [issue('/opening/timeZone', `"${opening.timeZone}" is no IANA time zone, such as Europe/Amsterdam`)]
  }
}
