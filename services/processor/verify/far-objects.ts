import type { RawBox } from '../inspect/facts.ts'
import type { ByteSource } from '../pdf/byte-source.ts'
import { isWithoutLeftovers } from '../pdf/leftovers.ts'
import { OpenDocument } from '../pdf/open-document.ts'
import { openPdf } from '../pdf/open-pdf.ts'
import { boxEntryOf, pagesOf } from '../pdf/pages.ts'
import { judgedBoxes } from './page-boxes.ts'
import { type RawObject, rawObjects, valueAt } from './raw-objects.ts'

const headBytes = 40

/**
 * Every object of a print file whose base lies far away. What is in the data of streams is not fetched: the base's own table
 * tells where objects are, once it is certain that nothing lies outside of them; what was appended is looked through byte
 * by byte as usual. Throws RangeError for a base that has more in it than its table tells.
 */
export function* farObjects(bytes: ByteSource, base: ByteSource): Generator<RawObject> {
  const document = new OpenDocument(base)
  if (document.wasRebuilt || document.isEncrypted || !isWithoutLeftovers(document))
    throw new RangeError('bytes that belong to no object')
  for (const place of document.store.table.places()) {
    const head = /^\s*(\d{1,10})\s+\d{1,5}\s+obj/.exec(base.read(place, place + headBytes).toString('latin1'))
    const at = place + (head?.[0].length ?? 0) - 'obj'.length
    const read = head && valueAt(base, at + 'obj'.length)
    if (!read) throw new RangeError('an object that cannot be read')
    yield { number: Number(head[1]), at, ...read }
  }
  yield* rawObjects(bytes, base.size)
}

/** Boxes of all pages without opening any: the renderer reads all pictures of each page that it opens. */
export function farBoxes(bytes: ByteSource): readonly (readonly (RawBox | undefined)[])[] {
  const file = openPdf(bytes)
  return pagesOf(file).pages.map((page) => judgedBoxes.map((name) => boxEntryOf(file, page, `${name}Box`)))
}
