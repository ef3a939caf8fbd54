import { expect } from 'vitest'
import type { Product } from '#contracts/catalogue/product.ts'
import type { Box } from '#contracts/geometry/box.ts'
import { geometryOf } from '#contracts/geometry/geometry.ts'
import { pointsOf } from '#contracts/geometry/lengths.ts'
import { openWithPdfium } from '../../services/processor/pdfium/document.ts'
import { independently } from './processor-inspection.ts'
import type { ProcessorWorld, Ready, SourceSpec } from './processor-world.ts'

/** Has print files made in the world of a processor, and looks at them with tools that did not make them. */
export function makerOf(world: ProcessorWorld) {
  /** Ready, with the exact sheets of the catalogue. */
  async function made(sku: Product | string, sources: readonly SourceSpec[], more = {}): Promise<Ready> {
    const ticket = await world.ticket(sku, sources, more)
    await world.send(ticket)
    const answer = await world.answer(ticket.ticketId)
    expect(answer).toMatchObject({ outcome: 'ready' })
    if (answer.outcome !== 'ready') throw new Error('not ready')
    await expectExact(world, answer, ticket.product)
    return answer
  }
  async function pixels(answer: Ready, component: string, widthPx: number, page = 1) {
    const file = answer.printFiles.find((each) => each.component === component)
    const document = await openWithPdfium(await world.stored(file?.key ?? ''))
    const { width, height } = document.size(page)
    const heightPx = Math.round((widthPx * height) / width)
    const { data } = document.render(page, widthPx, heightPx)
    const at = (x: number, y: number) => [...data.subarray((y * widthPx + x) * 4, (y * widthPx + x) * 4 + 3)]
    return { data, widthPx, heightPx, at }
  }
  return { made, pixels }
}

export type Maker = ReturnType<typeof makerOf>

type Told = { readonly findings: readonly { readonly code: string; readonly severity: string }[] }

/** True of every picture and document that these tests draw: no profile, fonts by name, words near an edge. */
const ofTheFixtures = ['PROFILE_ASSUMED_SRGB', 'FONT_EMBEDDED_STANDARD14', 'TEXT_NEAR_TRIM', 'METADATA_STRIPPED']
/** Codes of findings, but for those that are true of everything that these tests draw. */
export const codesOf = ({ findings }: Told) =>
  [...new Set(findings.map(({ code }) => code))].filter((code) => !ofTheFixtures.includes(code)).toSorted()

/** Every print file has the sizes and boxes of the catalogue's geometry, to 0.01 pt, by PDFium and by the tools there are. */
async function expectExact(
  world: ProcessorWorld,
  answer: Ready,
  product: Parameters<typeof geometryOf>[0],
): Promise<void> {
  const geometry = geometryOf(product, answer.pages)
  expect(answer.printFiles.map(({ component }) => component)).toEqual(geometry.components.map((each) => each.component))
  for (const component of geometry.components) {
    const file = answer.printFiles.find((each) => each.component === component.component)
    const pdf = await world.stored(file?.key ?? '')
    expect(file).toMatchObject({ pages: component.pages, sizeBytes: pdf.length, trimBox: component.trimBox })
    const document = await openWithPdfium(pdf)
    expect(document.pageCount).toBe(component.pages)
    for (const page of [1, component.pages]) {
      expectBox(document.box(page, 'Media'), component.bleedBox)
      expectBox(document.box(page, 'Bleed'), component.bleedBox)
      expectBox(document.box(page, 'Trim'), component.trimBox)
    }
    expect((await independently('qpdf', pdf)) ?? 'No syntax or stream encoding errors').toContain(
      'No syntax or stream encoding errors',
    )
    const info = await independently('pdfinfo', pdf)
    if (info) expect(info).toContain(`Pages:           ${component.pages}`)
  }
}

function expectBox(found: ReturnType<Awaited<ReturnType<typeof openWithPdfium>>['box']>, wanted: Box): void {
  expect(found?.x).toBeCloseTo(pointsOf(wanted.xMm), 2)
  expect(found?.y).toBeCloseTo(pointsOf(wanted.yMm), 2)
  expect(found?.width).toBeCloseTo(pointsOf(wanted.widthMm), 2)
  expect(found?.height).toBeCloseTo(pointsOf(wanted.heightMm), 2)
}
