import { filled } from '#look/words.ts'
import type { Words } from '../../../words/en.ts'

/** A parcel as it is typed. */
export type ParcelDraft = { readonly carrier: string; readonly number: string; readonly copies: string }
export type ParcelFaults = { readonly carrier?: string; readonly number?: string; readonly copies?: string }

export const copiesIn = (parcels: readonly ParcelDraft[]): number =>
  parcels.reduce((sum, { copies }) => sum + (Number(copies) || 0), 0)

/** What is wrong with the parcels, and how to mend it. */
export function faultsOf(parcels: readonly ParcelDraft[], left: number, words: Words) {
  const found = parcels.map((parcel) => faultsOfOne(parcel, left, words))
  const numbers = parcels.map(({ carrier, number }) => `${carrier.trim()} ${number.trim()}`)
  const isTwice = new Set(numbers).size < numbers.length
  const sum = copiesIn(parcels)
  const fault =
    sum > left ? filled(words.tooManyCopies, { found: sum, count: left }) : isTwice ? words.parcel_twice : undefined
  const isFine = fault === undefined && found.every((each) => Object.values(each).every((one) => one === undefined))
  return { parcels: found, sum: fault, isFine }
}

function faultsOfOne({ carrier, number, copies }: ParcelDraft, left: number, words: Words): ParcelFaults {
  const count = Number(copies)
  const isCount = /^\d+$/.test(copies.trim()) && count >= 1 && count <= left
  return {
    ...(carrier.trim() === '' ? { carrier: words.wantCarrier } : {}),
    ...(number.trim() === '' ? { number: words.wantNumber } : {}),
    ...(isCount ? {} : { copies: filled(words.wantCopies, { count: left }) }),
  }
}

/** True for what `useDraft` may have kept. */
export const isParcels = (value: unknown): value is readonly ParcelDraft[] =>
  Array.isArray(value) && value.length > 0 && value.every(isParcel)

const isParcel = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ['carrier', 'number', 'copies'].every((name) => typeof Reflect.get(value, name) === 'string')
