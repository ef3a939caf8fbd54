import { textOf } from '../pdf/serialise.ts'
import { type PdfDict, PdfName, type PdfRef, PdfStream, type PdfValue } from '../pdf/values.ts'
import { isOwn, referTo } from './own-object.ts'

/** A reference that holds in a file which begins with the source's own bytes. */
export const keptReference = (ref: PdfRef): string =>
  isOwn(ref) ? referTo(ref.number) : `${ref.number} ${ref.generation} R`

/** A source's value as it stands, with references of ours in between. */
export const keptText = (value: PdfValue): string =>
  value instanceof PdfStream ? 'null' : textOf(value, keptReference)

export const keyText = (key: string): string => textOf(new PdfName(key), keptReference)

export const without = (dict: PdfDict, keys: readonly string[]): PdfDict =>
  new Map([...dict].filter(([key]) => !keys.includes(key)))
