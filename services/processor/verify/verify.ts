import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Box, pointsOf } from '#contracts/geometry/box.ts'
import type { RawBox } from '../inspect/facts.ts'
import { lookOf } from '../inspect/look.ts'
import { openWithPdfium, type PdfiumDocument } from '../pdfium/document.ts'
import type { ComponentPlan, JobPlan } from '../plan/job-plan.ts'
import type { Output, PreviewFile } from '../sandbox/protocol.ts'
import { writePreview } from './preview.ts'
import { activeIn } from './scan-objects.ts'

/** Boxes are exact to this (points); PDFium keeps 32-bit numbers, good for 0.0002 pt at two metres. */
const exactWithinPt = 0.01
const previewedPages = 8

/** Opens each print file anew with another parser and compares it with what was planned; draws previews on the way. */
export async function verify(
  folder: string,
  { outputs, plan }: { readonly outputs: readonly Output[]; readonly plan: JobPlan },
) {
  const faults: string[] = []
  const previews: PreviewFile[] = []
  for (const output of outputs) {
    const wanted = plan.components.find(({ component }) => component === output.component)
    const bytes = await readFile(join(folder, output.file))
    const document = await openWithPdfium(bytes)
    const found = wanted ? structureFaults(document, output, wanted) : ['not in the plan']
    const active = activeIn(bytes)
    if (active.length > 0) found.push(`active content: ${active.join(', ')}`)
    if (found.length === 0) {
      const pictures = await drawPreviews(folder, document, output)
      previews.push(...pictures.previews)
      if (wanted?.isFirstPageInked && pictures.isFirstBlank) found.push('the first page is blank')
    }
    faults.push(...found.map((fault) => `${output.component}: ${fault}`))
  }
  return { faults: faults.slice(0, 50), previews }
}

function structureFaults(document: PdfiumDocument, output: Output, wanted: ComponentPlan): string[] {
  if (document.pageCount !== output.pages) return [`${document.pageCount} pages instead of ${output.pages}`]
  const sheet = { xMm: 0, yMm: 0, widthMm: wanted.sheetWidthMm, heightMm: wanted.sheetHeightMm }
  const names = ['Media', 'Bleed', 'Trim'] as const
  const boxes = [sheet, sheet, wanted.trimBox]
  const numbers = Array.from({ length: document.pageCount }, (_, index) => index + 1)
  return numbers.flatMap((page) => {
    const found = document.boxes(page, names)
    return names.flatMap((name, index) => {
      const box = boxes[index]
      return box && isAt(found[index], box) ? [] : [`page ${page}: ${name}Box is not as planned`]
    })
  })
}

function isAt(found: RawBox | undefined, wanted: Box): boolean {
  if (!found) return false
  const pairs = [
    [found.x, wanted.xMm],
    [found.y, wanted.yMm],
    [found.width, wanted.widthMm],
    [found.height, wanted.heightMm],
  ] as const
  return pairs.every(([points, millimetres]) => Math.abs(points - pointsOf(millimetres)) <= exactWithinPt)
}

async function drawPreviews(folder: string, document: PdfiumDocument, output: Output) {
  const previews: PreviewFile[] = []
  let isFirstBlank = false
  for (let page = 1; page <= Math.min(previewedPages, output.pages); page += 1) {
    const { bitmap, file } = await writePreview(folder, document, output.component, page)
    previews.push(file)
    if (page === 1) isFirstBlank = lookOf(bitmap).isBlank
  }
  return { previews, isFirstBlank }
}
