import { createWordPainter } from '../fonts/word-painter.ts'
import type { PdfWriter } from '../pdf/pdf-writer.ts'
import { PdfRef } from '../pdf/values.ts'
import type { ComponentPlan } from '../plan/job-plan.ts'
import { createArtworkShelf } from '../produce/artwork-shelf.ts'
import type { Job } from '../produce/job.ts'
import { createKeepingCarrier } from '../produce/keeping-carrier.ts'
import { layersEntry } from '../produce/layers.ts'
import type { OpenedPdf } from '../produce/opened-pdfs.ts'
import { createSupplies } from '../produce/supplies.ts'
import { createPageNumbers } from './page-numbers.ts'
import { createPageTree } from './page-tree.ts'
import { createPlacePainter } from './place-painter.ts'
import { createSharedContents } from './shared-contents.ts'
import { writeEnds } from './write-ends.ts'
import { boxTextsOf, writePage } from './write-page.ts'

export type ComponentRequest = {
  readonly plan: ComponentPlan
  readonly job: Job
  /** The source that the file begins with; absent where it is written anew. */
  readonly base: OpenedPdf | undefined
  /** 32 hex digits that go into trailer and metadata. */
  readonly documentId: string
  readonly onPage: () => void
}

/**
 * Writes one print file, or what is appended to its base: a page for each display list, in order, one at a time. No dates
 * of the day and no random ids, so that the same plan gives the same bytes. Gives the signs that could not be set.
 */
export async function writeComponent(request: ComponentRequest, writer: PdfWriter): Promise<readonly string[]> {
  const { plan, job, base, documentId, onPage } = request
  const supplies = createSupplies(writer)
  const kept =
    base && plan.base !== undefined
      ? { source: plan.base, carrier: createKeepingCarrier(base.file, writer, supplies) }
      : undefined
  const shelf = createArtworkShelf(job, plan, { writer, supplies, kept })
  const words = plan.pages.flat().filter((drawing) => drawing.draw === 'words')
  const paintWords = await createWordPainter(words, writer)
  const paintPlace = createPlacePainter()
  const contents = createSharedContents(writer)
  const tools = {
    boxes: boxTextsOf(plan),
    writer,
    supplies,
    shelf,
    opened: job.opened,
    paintWords,
    paintPlace,
    contents,
  }
  const tree = createPageTree(writer)
  const numbers = createPageNumbers(plan, base, writer)
  const missing = new Set<string>()
  for (const drawings of plan.pages) {
    const number = numbers.next(drawings)
    const signs = await writePage(drawings, { number, parent: tree.parentOf(number) }, tools)
    for (const sign of signs) missing.add(sign)
    onPage()
  }
  numbers.clearOthers()
  const root = base?.file.trailer.get('Root')
  const replaced = root instanceof PdfRef && root.generation === 0 ? root.number : undefined
  const ends = { plan, tree: tree.finish(), root: replaced, documentId, layersEntry: layersEntry(shelf.carriers()) }
  writer.finish({ ...writeEnds(ends, writer), id: documentId })
  return [...missing]
}
