import { PdfFault, type PdfFile, type PdfPage } from '../pdf/pdf-file.ts'
import { openWithPdfium, type PdfiumDocument, PdfiumError } from '../pdfium/document.ts'
import { activeContentOf } from './active-content.ts'
import { realBleeds } from './bleed.ts'
import type { FontUse, Marks } from './content/marks.ts'
import { contentFactsOf } from './content-facts.ts'
import type { Look, PdfFacts, PdfPageFacts } from './facts.ts'
import { factsForPages } from './facts-for-pages.ts'
import { layersOf } from './layers.ts'
import { lookOf } from './look.ts'
import { pageGeometryOf } from './page-geometry.ts'
import { hasOnlyLinks, printedAnnotationsOf } from './printed-annotations.ts'
import { contentReader } from './read-content.ts'

const lookPx = 64
const mostNames = 30
/** Print files are PDF 1.7; the header of kept bytes cannot be taken back. */
const versionBeyondUs = 2
/** For a file that our reader opens and PDFium does not: nothing is known of its colours. */
const unseen: Look = {
  edge: { red: 255, green: 255, blue: 255 },
  mean: { red: 255, green: 255, blue: 255 },
  isBlank: false,
}

/** Everything there is to know of an opened document before it is planned; throws PdfFault for one that never ends. */
export async function describePdf(file: PdfFile, pages: readonly PdfPage[], wasRepaired: boolean): Promise<PdfFacts> {
  const layers = layersOf(file)
  const read = contentReader(file, layers)
  const names = { spots: new Set<string>(), missing: new Set<string>() }
  const described = pages.slice(0, factsForPages).map((page) => {
    const marks = read(page)
    if (marks?.isEndless) throw new PdfFault('RESOURCE_LIMIT', 'a pattern is painted with itself')
    if (marks) gatherNames(marks, names)
    return describePage(file, page, marks)
  })
  const active = activeContentOf(file)
  const seen = await seenByPdfium(file, described)
  const isAppendable =
    !wasRepaired &&
    !file.isEncrypted &&
    Number.parseFloat(file.version) < versionBeyondUs &&
    active.names.length === 0 &&
    !active.hasLinksOut &&
    layers.areAllShown &&
    areChangeable(pages) &&
    pages.every((page) => hasOnlyLinks(file, page)) &&
    file.isWithoutLeftovers() &&
    !file.wasRebuilt
  return {
    kind: 'pdf',
    pageCount: pages.length,
    pages: seen.pages,
    wasEncrypted: file.isEncrypted,
    wasRepaired,
    active: [...active.names],
    look: seen.look,
    isAppendable,
    ...(names.spots.size > 0 ? { spotColours: listed(names.spots) } : {}),
    ...(names.missing.size > 0 ? { missingFonts: listed(names.missing) } : {}),
  }
}

/** An update replaces page objects: each page has to have one, to itself. */
const areChangeable = (pages: readonly PdfPage[]): boolean =>
  new Set(pages.flatMap(({ ref }) => (ref ? [ref.number] : []))).size === pages.length

function describePage(file: PdfFile, page: PdfPage, marks: Marks | undefined): PdfPageFacts {
  const geometry = pageGeometryOf(file, page)
  const printedAnnotations = printedAnnotationsOf(file, page).length
  return { ...geometry, printedAnnotations, ...(marks ? contentFactsOf(marks, geometry) : {}) }
}

function gatherNames({ spots, fonts }: Marks, names: Record<'spots' | 'missing', Set<string>>): void {
  for (const spot of spots) names.spots.add(spot)
  for (const font of fonts.values()) if (isMissing(font)) names.missing.add(font.name)
}

const isMissing = ({ supply }: FontUse): boolean => supply === 'missing'

const listed = (names: ReadonlySet<string>): string[] =>
  [...names]
    .map((name) => name.slice(0, 100))
    .toSorted()
    .slice(0, mostNames)

type Seen = { readonly pages: PdfPageFacts[]; readonly look: Look }

/** Adds what only a rendering tells; nothing where PDFium cannot show the file. */
async function seenByPdfium({ bytes }: PdfFile, pages: readonly PdfPageFacts[]): Promise<Seen> {
  try {
    const opened = await openWithPdfium(bytes)
    return { look: lookOfPage(opened), pages: withPdfium(pages, opened) }
  } catch (error) {
    if (!(error instanceof PdfiumError)) throw error
    return { look: unseen, pages: pages.map(({ needsRaster: _, ...page }) => page) }
  }
}

function withPdfium(pages: readonly PdfPageFacts[], opened: PdfiumDocument): PdfPageFacts[] {
  const bleeds = realBleeds(pages, opened)
  return pages.map((page, index) => {
    const isBleedReal = bleeds.get(index)
    const { needsRaster, ...facts } = page
    return {
      ...facts,
      ...(isBleedReal === undefined ? {} : { isBleedReal }),
      ...(needsRaster && opened.canShow(index + 1) ? { needsRaster } : {}),
    }
  })
}

function lookOfPage(opened: PdfiumDocument): Look {
  if (!opened.canShow(1)) return unseen
  const { width, height } = opened.size(1)
  const heightPx = Math.min(256, Math.max(8, Math.round((lookPx * height) / Math.max(1, width))))
  return lookOf(opened.render(1, lookPx, heightPx, true))
}
