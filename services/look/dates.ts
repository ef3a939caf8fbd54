const atUtc = { timeZone: 'UTC' } as const
const day = { weekday: 'short', day: 'numeric', month: 'short' } as const

/** A day such as 2026-11-24, as people write it: "Tue 24 Nov". */
export const dayText = (date: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { ...day, ...atUtc }).format(new Date(`${date.slice(0, 10)}T00:00:00Z`))

/** From one day to another: "24 – 27 Nov"; one day where both are the same. */
export function daysText(earliest: string, latest: string, locale: string): string {
  const [from, to] = [earliest, latest].map((each) => new Date(`${each.slice(0, 10)}T00:00:00Z`))
  if (!from || !to) return ''
  return new Intl.DateTimeFormat(locale, { ...day, ...atUtc }).formatRange(from, to)
}

/** A moment, in UTC and saying so: pages are made on a server that does not know the reader's zone. */
export const momentText = (iso: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', ...atUtc }).format(new Date(iso))
