import type { PdfFile } from '../pdf/pdf-file.ts'
import type { ObjectNumber } from '../pdf/pdf-writer.ts'
import type { PdfDict, PdfRef, PdfStream, PdfValue } from '../pdf/values.ts'

/**
 * Brings what a source page needs into the print file, as text to be put into objects of ours. Two ways: copying into a
 * new file, and keeping where the file begins with the source's own bytes. What is missing for the press is mended on the
 * way: untagged RGB means sRGB, and the standard 14 are embedded.
 */
export type Carrier = {
  readonly file: PdfFile
  /** Any value; `null` where there is none. */
  readonly text: (value: PdfValue | undefined) => string
  /** A resource dictionary, mended; an empty one where there is none. */
  readonly resources: (value: PdfValue | undefined) => string
  /** A transparency group; undefined where there is none. */
  readonly group: (value: PdfValue | undefined) => string | undefined
  /** A dictionary's entries without what is not for printing, and without `/Length` and `leaveOut`. */
  readonly entries: (dict: PdfDict, leaveOut?: readonly string[]) => string
  /** Writes the stream's data, as they are stored, under `number` with `entries`. */
  readonly putData: (number: ObjectNumber, entries: string, stream: PdfStream) => void
  /** How the print file names a source object; undefined where it does not have it. */
  readonly referenceTo: (ref: PdfRef) => string | undefined
}
