import type { RawBox } from '../inspect/facts.ts'
import { printedAnnotationsOf } from '../inspect/printed-annotations.ts'
import type { PdfFile, PdfPage } from '../pdf/pdf-file.ts'
import type { ObjectNumber, PdfWriter } from '../pdf/pdf-writer.ts'
import { rectangleOf } from '../pdf/rectangle-of.ts'
import type { PdfStream } from '../pdf/values.ts'
import type { Carrier } from './carrier.ts'
import type { Matrix } from './matrix.ts'
import { numbersIn } from './rectangle.ts'

/** An annotation's appearance as a form of the print file, and where it is drawn. */
export type PaintedAnnotation = { readonly form: ObjectNumber; readonly matrix: Matrix }

/** Writes the appearances of a page's printed annotations as forms, in the order in which they are painted. */
export function paintedAnnotations(page: PdfPage, carrier: Carrier, writer: PdfWriter): PaintedAnnotation[] {
  return printedAnnotationsOf(carrier.file, page).map(({ appearance, rectangle }) => {
    const { dict } = appearance
    const group = carrier.group(dict.get('Group'))
    const entries = [
      '/Type /XObject /Subtype /Form',
      `/Resources ${carrier.resources(dict.get('Resources'))}`,
      ...(group === undefined ? [] : [`/Group ${group}`]),
      carrier.entries(dict, ['Type', 'Subtype', 'Resources', 'Group']),
    ]
    const form = writer.reserve()
    carrier.putData(form, entries.join(' '), appearance)
    return { form, matrix: ontoRectangle(carrier.file, appearance, rectangle) }
  })
}

/** Stretches the appearance's transformed box onto the annotation's rectangle (ISO 32000-1, 12.5.5, algorithm 8.1). */
function ontoRectangle(file: PdfFile, { dict }: PdfStream, rectangle: RawBox): Matrix {
  const box = rectangleOf(file, dict.get('BBox')) ?? { x: 0, y: 0, width: 1, height: 1 }
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersIn(file, dict.get('Matrix'))
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
