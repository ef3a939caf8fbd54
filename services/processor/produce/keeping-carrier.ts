import type { PdfFile } from '../pdf/pdf-file.ts'
import type { PdfWriter } from '../pdf/pdf-writer.ts'
import type { PdfDict } from '../pdf/values.ts'
import type { Carrier } from './carrier.ts'
import { keptReference, keptText, keyText, without } from './kept-text.ts'
import { isCarried } from './left-behind.ts'
import { mendedGroup } from './mended-resources.ts'
import { createMender } from './mender.ts'
import type { Supplies } from './supplies.ts'

/**
 * For a print file that begins with the source's own bytes: references stay as they are, and only objects that have to be
 * mended are written, under their own numbers.
 */
export function createKeepingCarrier(file: PdfFile, writer: PdfWriter, supplies: Supplies): Carrier {
  const mend = createMender(file, writer, supplies)
  const entries = (dict: PdfDict, leaveOut: readonly string[] = []): string =>
    [...without(dict, leaveOut)]
      .filter(([key, value]) => isCarried(key, value, 'plain', true))
      .map(([key, value]) => `${keyText(key)} ${keptText(key === 'Resources' ? mend(value) : value)}`)
      .join(' ')
  return {
    file,
    text: (value) => (value === undefined ? 'null' : keptText(value)),
    resources: (value) => (value !== undefined && file.dict(value) ? keptText(mend(value)) : '<< >>'),
    group: (value) => {
      const group = mendedGroup(value, file, supplies) ?? value
      return group !== undefined && file.dict(group) ? keptText(group) : undefined
    },
    entries,
    putData: (number, dictionary, stream) =>
      writer.putStreamFrom(number, dictionary, file.bytes, stream.start, stream.length),
    referenceTo: keptReference,
  }
}
