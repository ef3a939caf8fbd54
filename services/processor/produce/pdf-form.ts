import { deflateSync } from 'node:zlib'
import { decodePDFRawStream, PDFArray, PDFDict, PDFName, type PDFObject, PDFRawStream } from '@cantoo/pdf-lib'
import { numbersText } from '../assemble/pdf-text.ts'
import { type ObjectNumber, type PdfWriter, referTo } from '../assemble/pdf-writer.ts'
import type { RawBox } from '../inspect/facts.ts'
import { type PrintedAnnotation, printedAnnotationsOf } from '../source/annotations.ts'
import { entryOf, numbersOf, type PdfPage, type PdfSource, rectangleOf } from '../source/pdf-source.ts'
import type { Carrier } from './carry.ts'

/** The whole of user space that a page may paint on: the placement's own clip decides what is seen. */
const boundingBox = ({ x, y, width, height }: RawBox): string => `[${numbersText([x, y, x + width, y + height])}]`

type Into = {
  readonly writer: PdfWriter
  readonly carrier: Carrier
  /** Forms of this source written so far, by what they were made of. */
  readonly forms: Map<string, ObjectNumber>
}

/**
 * Writes one source page as a Form XObject in the page's own user space, with its printed annotations painted in.
 * A form keeps tiling and shading patterns in place under any matrix; a changed content stream would not (PRINT-FILES §2).
 */
export function writePageForm(source: PdfSource, page: PdfPage, media: RawBox, into: Into): ObjectNumber {
  const form = writeContent(source, page, media, into)
  const annotations = printedAnnotationsOf(source, page)
  return annotations.length === 0 ? form : writeWithAnnotations(form, annotations, media, into)
}

/** Pages that show the same content share one form: many copies of a long stream would fill the disk. */
function writeContent(source: PdfSource, page: PdfPage, media: RawBox, into: Into): ObjectNumber {
  const values = ['Contents', 'Resources', 'Group'].map((name) => page.dictionary.get(PDFName.of(name)))
  const key = [...values, page.inherited.get('Resources'), boundingBox(media)].join('\n')
  const known = into.forms.get(key)
  if (known !== undefined) return known
  const number = writeForm(source, page, media, into)
  into.forms.set(key, number)
  return number
}

function writeForm(source: PdfSource, page: PdfPage, media: RawBox, { writer, carrier }: Into): ObjectNumber {
  const resources = page.dictionary.get(PDFName.of('Resources')) ?? page.inherited.get('Resources')
  const group = source.context.lookup(page.dictionary.get(PDFName.of('Group')))
  const entries = [
    `/Type /XObject /Subtype /Form /BBox ${boundingBox(media)}`,
    `/Resources ${source.context.lookup(resources) instanceof PDFDict ? carrier.carry(resources) : '<< >>'}`,
    ...(group instanceof PDFDict ? [`/Group ${carrier.carry(group)}`] : []),
  ].join(' ')
  const number = writer.reserve()
  const contents = entryOf(source, page, 'Contents')
  if (contents instanceof PDFRawStream) {
    writer.putStream(number, `${entries} ${filtersOf(contents, carrier)}`, contents.contents)
  } else {
    writer.putStream(number, `${entries} /Filter /FlateDecode`, deflateSync(joined(contents)))
  }
  return number
}

/** The entries that say how the data are packed; the data go over as they are. */
function filtersOf(stream: PDFRawStream, carrier: Carrier): string {
  const keys = stream.dict.keys().map((key) => key.decodeText())
  return carrier.carryEntries(
    stream.dict,
    keys.filter((key) => key !== 'Filter' && key !== 'DecodeParms'),
  )
}

/** Several content streams are one, with a break between them; a token may not span two (ISO 32000-1, 7.8.2). */
function joined(contents: PDFObject | undefined): Buffer {
  if (!(contents instanceof PDFArray)) return Buffer.alloc(0)
  const parts = Array.from({ length: contents.size() }, (_, place) => contents.lookup(place))
  return Buffer.concat(
    parts.flatMap((part) =>
      part instanceof PDFRawStream ? [Buffer.from(decodePDFRawStream(part).decode()), Buffer.from('\n')] : [],
    ),
  )
}

function writeWithAnnotations(
  form: ObjectNumber,
  annotations: readonly PrintedAnnotation[],
  media: RawBox,
  { writer, carrier }: Into,
): ObjectNumber {
  const names: string[] = [`/Page ${referTo(form)}`]
  const content: string[] = ['/Page Do']
  for (const [place, { appearance, rectangle }] of annotations.entries()) {
    const number = writer.reserve()
    const entries = carrier.carryEntries(appearance.dict, ['Type', 'Subtype'])
    writer.putStream(number, `/Type /XObject /Subtype /Form ${entries}`, appearance.contents)
    names.push(`/Note${place} ${referTo(number)}`)
    content.push(`q ${numbersText(ontoRectangle(appearance, rectangle))} cm /Note${place} Do Q`)
  }
  const number = writer.reserve()
  const entries = `/Type /XObject /Subtype /Form /BBox ${boundingBox(media)} /Resources << /XObject << ${names.join(' ')} >> >>`
  writer.putStream(number, entries, Buffer.from(content.join('\n'), 'latin1'))
  return number
}

/** Stretches the appearance's transformed box onto the annotation's rectangle (ISO 32000-1, 12.5.5, algorithm 8.1). */
function ontoRectangle(appearance: PDFRawStream, rectangle: RawBox): readonly number[] {
  const box = rectangleOf(appearance.dict.lookup(PDFName.of('BBox'))) ?? { x: 0, y: 0, width: 1, height: 1 }
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersOf(appearance.dict.lookup(PDFName.of('Matrix')))
  const corners = [box.x, box.x + box.width].flatMap((x) =>
    [box.y, box.y + box.height].map((y) => [a * x + c * y + e, b * x + d * y + f] as const),
  )
  const left = Math.min(...corners.map(([x]) => x))
  const bottom = Math.min(...corners.map(([, y]) => y))
  const width = Math.max(...corners.map(([x]) => x)) - left || 1
  const height = Math.max(...corners.map(([, y]) => y)) - bottom || 1
  const scaleX = rectangle.width / width
  const scaleY = rectangle.height / height
  return [scaleX, 0, 0, scaleY, rectangle.x - left * scaleX, rectangle.y - bottom * scaleY]
}
