import type { ObjectNumber } from '../pdf/pdf-writer.ts'
import { PdfName, PdfRef, type PdfValue } from '../pdf/values.ts'

/** No source can hold it: generations count from 0. */
const ownGeneration = -1

/** Points at an object of the file being written, in a value whose other references point into the source. */
export const ownRef = (number: ObjectNumber): PdfRef => new PdfRef(number, ownGeneration)
export const isOwn = (ref: PdfRef): boolean => ref.generation === ownGeneration
export const referTo = (number: ObjectNumber): string => `${number} 0 R`

export const name = (text: string): PdfName => new PdfName(text)
/** A dictionary from its entries; those without a value are left out. */
export const dictOf = (entries: Readonly<Record<string, PdfValue | undefined>>): ReadonlyMap<string, PdfValue> => {
  const dict = new Map<string, PdfValue>()
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) dict.set(key, value)
  return dict
}
