import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Static } from 'typebox'
import type { CatalogueGeometry } from '#contracts/order-api/catalogue.ts'
import { openWithPdfium } from '../../services/processor/pdfium/document.ts'

const run = promisify(execFile)
const pointsPerMm = 72 / 25.4
const boxNames = ['Media', 'Bleed', 'Trim'] as const

/** Left, bottom, right, top in points. */
type Corners = readonly [number, number, number, number]
/** What a reader says of a file: the boxes of every page, in the order of the pages. */
export type PageBoxes = readonly Readonly<Record<(typeof boxNames)[number], Corners>>[]

type Component = Static<typeof CatalogueGeometry>['components'][number]

/** The boxes that every page of a component must have, from the geometry endpoint's millimetres. */
export function wantedBoxes(component: Component): PageBoxes[number] {
  const corners = ({ x_mm, y_mm, width_mm, height_mm }: Component['trim_box']): Corners => [
    x_mm * pointsPerMm,
    y_mm * pointsPerMm,
    (x_mm + width_mm) * pointsPerMm,
    (y_mm + height_mm) * pointsPerMm,
  ]
  return { Media: corners(component.media_box), Bleed: corners(component.bleed_box), Trim: corners(component.trim_box) }
}

/** Faults of a file against a component: pages missing, or a corner off by more than `tolerancePt`. Empty when it agrees. */
export function boxFaults(pages: PageBoxes, component: Component, tolerancePt: number): string[] {
  const wanted = wantedBoxes(component)
  const count = pages.length === component.pages ? [] : [`${pages.length} pages instead of ${component.pages}`]
  const corners = pages.flatMap((page, index) =>
    boxNames.flatMap((name) =>
      page[name].every((value, place) => Math.abs(value - (wanted[name][place] ?? 0)) <= tolerancePt)
        ? []
        : [`page ${index + 1}: ${name}Box ${page[name].join(' ')} instead of ${wanted[name].join(' ')}`],
    ),
  )
  return [...count, ...corners]
}

/** As PDFium reads them. */
export async function boxesByPdfium(path: string): Promise<PageBoxes> {
  const document = await openWithPdfium(await readFile(path))
  return Array.from({ length: document.pageCount }, (_, index) => {
    const corners = (name: (typeof boxNames)[number]): Corners => {
      const box = document.box(index + 1, name)
      return box ? [box.x, box.y, box.x + box.width, box.y + box.height] : [0, 0, 0, 0]
    }
    return { Media: corners('Media'), Bleed: corners('Bleed'), Trim: corners('Trim') }
  })
}

/** As poppler's pdfinfo reads them; it prints two decimals. */
export async function boxesByPdfinfo(path: string): Promise<PageBoxes> {
  const { stdout } = await run('pdfinfo', ['-box', '-f', '1', '-l', '-1', path], { maxBuffer: 16 * 1024 * 1024 })
  const pages: Record<string, Corners>[] = []
  for (const [, page, name, numbers] of stdout.matchAll(/^Page\s+(\d+) (\w+)Box:\s+(.+)$/gm)) {
    const [left = 0, bottom = 0, right = 0, top = 0] = (numbers ?? '').trim().split(/\s+/).map(Number)
    const index = Number(page) - 1
    pages[index] = { ...pages[index], [name ?? '']: [left, bottom, right, top] }
  }
  const none: Corners = [0, 0, 0, 0]
  return pages.map(({ Media = none, Bleed = none, Trim = none }) => ({ Media, Bleed, Trim }))
}

/** What qpdf has to complain about; empty when it finds nothing wrong. */
export async function qpdfFaults(path: string): Promise<string> {
  return run('qpdf', ['--check', path]).then(
    () => '',
    (error: unknown) => String(error),
  )
}

/** Whether a program of this name is on the machine. */
export async function isInstalled(program: 'pdfinfo' | 'pdftotext' | 'qpdf'): Promise<boolean> {
  return run(program, [program === 'qpdf' ? '--version' : '-v']).then(
    () => true,
    () => false,
  )
}
