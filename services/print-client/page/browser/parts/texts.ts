import { filled } from '#look/words.ts'
import type { JobView } from '../../model/view.ts'
import type { Words } from '../../words/en.ts'
import { oneOf } from '../../words/one-of.ts'

export const copiesText = (count: number, words: Words): string =>
  count === 1 ? words.oneCopy : filled(words.copies, { count })

export const pagesText = (count: number, words: Words): string =>
  count === 1 ? words.onePage : filled(words.pages, { count })

export const partText = (part: string, words: Words): string => oneOf(words, 'part_', part) ?? part

export const titleText = ({ title, product, jobId }: JobView): string => title ?? product ?? jobId

/** The end of an id, where all jobs of a day begin alike: what people read to one another. */
export const shortId = (jobId: string): string => jobId.slice(-6).toUpperCase()

export function stageText({ stage, parcels, quantity }: JobView, words: Words): string {
  const gone = parcels.reduce((sum, parcel) => sum + parcel.quantity, 0)
  if (stage === 'packed' && gone > 0) return filled(words.stage_someShipped, { count: gone, all: quantity })
  return oneOf(words, 'stage_', stage) ?? stage
}

export const millimetres = ({ widthMm, heightMm }: { readonly widthMm: number; readonly heightMm: number }): string =>
  `${rounded(widthMm)} × ${rounded(heightMm)} mm`

const rounded = (value: number): string => String(Math.round(value * 10) / 10)

export const countryText = (country: string, locale: string): string =>
  new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country

/** A day as people say it; the year only where it is another one. */
export const dayOf = (iso: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(iso))

/** A moment of today by its time, another one with its day. */
export function momentOf(iso: string, locale: string, now: Date = new Date()): string {
  const at = new Date(iso)
  const isToday = at.toDateString() === now.toDateString()
  const day = isToday ? {} : ({ day: 'numeric', month: 'short' } as const)
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', ...day }).format(at)
}
