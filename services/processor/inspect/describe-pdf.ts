import { PdfFault, type PdfFile, type PdfPage } from '../pdf/pdf-file.ts'
import { scanForActiveContent } from './active-content.ts'
import { keepOfAlike } from './alike.ts'
import type { FontUse, Marks } from './content/marks.ts'
import { contentFactsOf } from './content-facts.ts'
import type { PdfFacts, PdfPageFacts } from './facts.ts'
import { factsForPages } from './facts-for-pages.ts'
import { layersOf } from './layers.ts'
import { pageGeometryOf } from './page-geometry.ts'
import { hasOnlyLinks, isDrawnByViewers, printedAnnotationsOf } from './printed-annotations.ts'
import { contentReader } from './read-content.ts'
import { seenByPdfium } from './seen-by-pdfium.ts'

const mostNames = 30
/** A cover is one sheet, or front and back; a card's artwork has two sides. */
const mostCoverPages = 2
/** Print files are PDF 1.7; the header of kept bytes cannot be taken back. */
const versionBeyondUs = 2

export type HowToDescribe = {
  readonly wasRepaired: boolean
  /** Colours of the first page, which cost an engine; without them the page counts as plain white. */
  readonly needsLook: boolean
}

/** Everything there is to know of an opened document before it is planned; throws PdfFault for one that never ends. */
export async function describePdf(file: PdfFile, pages: readonly PdfPage[], how: HowToDescribe): Promise<PdfFacts> {
  const { wasRepaired, needsLook } = how
  const layers = layersOf(file)
  const read = contentReader(file, layers)
  const names = { spots: new Set<string>(), missing: new Set<string>() }
  const activeScan = scanForActiveContent(file)
  const kept = keepOfAlike<PdfPageFacts>()
  const described = pages.slice(0, factsForPages).map((page) => {
    const marks = read(page)
    activeScan.look(page.ref, page.dict)
    activeScan.look(page.dict.get('Contents'), marks && file.stream(page.dict.get('Contents')))
    if (marks?.isEndless) throw new PdfFault('RESOURCE_LIMIT', 'a pattern is painted with itself')
    if (marks) gatherNames(marks, names)
    return kept(describePage(file, page, marks, pages.length <= mostCoverPages))
  })
  const active = activeScan.rest()
  const seen = await seenByPdfium(file, described, needsLook)
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
    // Another tool may write it in a way that PDFium reads.
    ...(seen.isBeyondPdfium && !wasRepaired ? { wantsRepair: true } : {}),
    isAppendable,
    ...(names.spots.size > 0 ? { spotColours: listed(names.spots) } : {}),
    ...(names.missing.size > 0 ? { missingFonts: listed(names.missing) } : {}),
  }
}

/** An update replaces page objects: each page has to have one, to itself. */
const areChangeable = (pages: readonly PdfPage[]): boolean =>
  new Set(pages.flatMap(({ ref }) => (ref ? [ref.number] : []))).size === pages.length

function describePage(file: PdfFile, page: PdfPage, marks: Marks | undefined, mayBeCover: boolean): PdfPageFacts {
  const geometry = pageGeometryOf(file, page)
  const printedAnnotations = printedAnnotationsOf(file, page).length
  const content = marks ? contentFactsOf(marks, geometry, mayBeCover) : {}
  // Marks that viewers invent are in no file: a picture of what they show is printed.
  return { ...geometry, printedAnnotations, ...content, ...(isDrawnByViewers(file, page) ? { needsRaster: true } : {}) }
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
