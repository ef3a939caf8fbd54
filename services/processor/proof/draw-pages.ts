import type { Log } from '#chassis/log.ts'
import { firstPagesShown, pageWidthsPx, pictureWidthsPx } from '#contracts/messages/proof-ticket.ts'
import type { Facts } from '../inspect/facts.ts'
import { type DrawnThumbnail, type SourceFile, ThumbnailAnswer } from '../sandbox/protocol.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { SandboxError } from '../sandbox/sandbox-error.ts'
import { readThumbnail } from '../thumbnail/read-thumbnail.ts'
import type { SeenContent } from './judge-offers.ts'

/** What is drawn after this is left out, and a page that takes longer is the last one: pictures are a courtesy, findings are not. */
const usualLimits = { allMilliseconds: 20_000, pageMilliseconds: 8_000 } as const
/** Nothing can be drawn in less. */
const leastMilliseconds = 250

type Wanted = { readonly source: SourceFile; readonly page: number; readonly shownAs: number }
export type DrawnPage = Wanted & { readonly place: number; readonly drawn: DrawnThumbnail }

/** Pages of what was looked into; `facts` of each file. */
export type Content = SeenContent & { readonly files: readonly SourceFile[] }

export const widthsOf = ({ kind }: Pick<Content, 'kind'>): readonly number[] =>
  kind === 'picture' ? pictureWidthsPx : pageWidthsPx

/**
 * Draws the pages that are shown into the converter's folder, in their order, as far as time goes. A page that cannot be drawn is left out;
 * a converter that breaks on one draws no further.
 */
export async function drawPages(
  converter: Sandbox,
  content: Content,
  log: Log,
  { allMilliseconds, pageMilliseconds }: Readonly<Record<keyof typeof usualLimits, number>> = usualLimits,
): Promise<readonly DrawnPage[]> {
  const endsAt = performance.now() + allMilliseconds
  const widthsPx = [...widthsOf(content)]
  const pages: DrawnPage[] = []
  try {
    for (const [place, wanted] of wantedPages(content).entries()) {
      const leftMilliseconds = endsAt - performance.now()
      if (leftMilliseconds < leastMilliseconds) break
      const { source, page } = wanted
      const drawn = await converter.ask(
        { task: 'thumbnail', source, page, edit: {}, place, widthsPx },
        ThumbnailAnswer,
        Math.min(pageMilliseconds, leftMilliseconds),
      )
      if (drawn.kind === 'drawn') pages.push({ ...wanted, place, drawn })
    }
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error
    log.warn({ err: error, reason: error.reason, drawn: pages.length }, 'pages_not_shown')
  }
  return pages
}

/** The first pages and the last one: of a document, or of an archive of pictures. */
function wantedPages({ files, facts }: Content): readonly Wanted[] {
  const pages = files.flatMap(({ file, format, label }, index): Omit<Wanted, 'shownAs'>[] => {
    const source = { file, format, label }
    return Array.from({ length: pageCountOf(facts[index]) }, (_, at) => ({ source, page: at + 1 }))
  })
  const all = pages.map((each, index) => ({ ...each, shownAs: index + 1 }))
  return all.length <= firstPagesShown ? all : [...all.slice(0, firstPagesShown), ...all.slice(-1)]
}

const pageCountOf = (facts: Facts | undefined): number =>
  facts === undefined || facts.kind === 'unreadable' ? 0 : facts.kind === 'pdf' ? facts.pageCount : 1

/** The pictures of a page, as they lie in the folder of a converter that has ended. Throws SandboxError. */
export const readPage = (folder: string, { drawn, place }: DrawnPage, widthsPx: readonly number[]) =>
  readThumbnail(folder, drawn, { place, widthsPx })
