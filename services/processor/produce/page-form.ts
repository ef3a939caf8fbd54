import { deflateSync } from 'node:zlib'
import { numbersText } from '../assemble/pdf-text.ts'
import type { RawBox } from '../inspect/facts.ts'
import type { PdfFile, PdfPage } from '../pdf/pdf-file.ts'
import type { ObjectNumber, PdfWriter } from '../pdf/pdf-writer.ts'
import type { PdfStream, PdfValue } from '../pdf/values.ts'
import type { Carrier } from './carrier.ts'
import { keptText } from './kept-text.ts'
import { referTo } from './own-object.ts'
import { paintedAnnotations } from './painted-annotations.ts'
import { mediaBoxOf } from './rectangle.ts'

/** Forms of one source written so far, by what they were made of. */
export type WrittenForms = {
  readonly numbers: Map<string, ObjectNumber>
  /** Those of the page before, which most pages share: in the source, and in the print file. */
  resources: { readonly source: string; readonly carried: string } | undefined
}

export const noForms = (): WrittenForms => ({ numbers: new Map(), resources: undefined })

const mostContentBytes = 256 << 20
/** Contents that are joined are packed again: half the time of the best packing for a few hundredths more. */
const level = 3

/**
 * Writes one source page as a Form XObject in the page's own user space, with its printed annotations painted in.
 * A form keeps tiling and shading patterns in place under any matrix; a changed content stream would not (PRINT-FILES §2).
 */
export function writePageForm(page: PdfPage, carrier: Carrier, writer: PdfWriter, forms: WrittenForms): ObjectNumber {
  const box = boxText(mediaBoxOf(carrier.file, page))
  const content = writeContent(page, box, carrier, writer, forms)
  const painted = paintedAnnotations(page, carrier, writer)
  if (painted.length === 0) return content
  const number = writer.reserve()
  const names = painted.map((note, place) => `/Note${place} ${referTo(note.form)}`).join(' ')
  const entries = `/Type /XObject /Subtype /Form /BBox ${box} /Resources << /XObject << /Page ${referTo(content)} ${names} >> >>`
  const drawn = painted.map(({ matrix }, place) => `q ${numbersText(matrix)} cm /Note${place} Do Q`)
  writer.putStream(number, entries, Buffer.from(['/Page Do', ...drawn].join('\n'), 'latin1'))
  return number
}

/** The whole of user space that a page may paint on: the placement's own clip decides what is seen. */
const boxText = ({ x, y, width, height }: RawBox): string => `[${numbersText([x, y, x + width, y + height])}]`

/** Pages that show the same content share one form: many copies of a long stream would fill the disk. */
function writeContent(page: PdfPage, box: string, carrier: Carrier, writer: PdfWriter, forms: WrittenForms) {
  const resources = page.dict.get('Resources') ?? page.inherited.get('Resources')
  const text = keptText(resources ?? null)
  const [contents, own] = [page.dict.get('Contents'), page.dict.get('Group')].map((value) => keptText(value ?? null))
  const key = `${contents}\n${text}\n${own}\n${box}`
  const known = forms.numbers.get(key)
  if (known !== undefined) return known
  const group = carrier.group(page.dict.get('Group'))
  if (forms.resources?.source !== text) forms.resources = { source: text, carried: carrier.resources(resources) }
  const entries = [
    `/Type /XObject /Subtype /Form /BBox ${box} /Resources ${forms.resources.carried}`,
    ...(group === undefined ? [] : [`/Group ${group}`]),
  ].join(' ')
  const number = writer.reserve()
  const streams = contentsOf(carrier.file, page.dict.get('Contents'))
  const [only] = streams
  if (only && streams.length === 1) carrier.putData(number, `${entries} ${filtersOf(only, carrier)}`, only)
  else
    writer.putStream(number, `${entries} /Filter /FlateDecode`, deflateSync(joined(carrier.file, streams), { level }))
  forms.numbers.set(key, number)
  return number
}

function contentsOf(file: PdfFile, value: PdfValue | undefined): PdfStream[] {
  const single = file.stream(value)
  return single ? [single] : (file.array(value) ?? []).flatMap((part) => file.stream(part) ?? [])
}

/** The entries that say how the data are packed; the data go over as they are. */
function filtersOf({ dict }: PdfStream, carrier: Carrier): string {
  const keys = [...dict.keys()].filter((key) => key !== 'Filter' && key !== 'DecodeParms')
  return carrier.entries(dict, keys)
}

/** Several content streams are one, with a break between them; a token may not span two (ISO 32000-1, 7.8.2). */
const joined = (file: PdfFile, streams: readonly PdfStream[]): Buffer =>
  Buffer.concat(streams.flatMap((stream) => [file.decoded(stream, mostContentBytes), Buffer.from('\n')]))
