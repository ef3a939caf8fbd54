import { join } from 'node:path'
import { openWithPdfium, PdfiumError } from '../pdfium/document.ts'
import { openOriginal } from '../pictures/prepare-picture.ts'
import { imageEngine } from '../pictures/sharp-engine.ts'
import { shownPicture } from '../pictures/shown-picture.ts'
import { type OpenedBytes, openedBytes } from '../ranges/opened-bytes.ts'
import type { ShownPage, SourceFile } from '../sandbox/protocol.ts'
import { pictureOf } from '../verify/preview.ts'
import { shownName } from './shown-name.ts'

/** For a thumbnail beside the findings; a page of text takes PDFium 25 ms at this size. */
const longestPx = 480
const quality = 78
/** Somebody waits: no further page is begun after this. */
const enoughMilliseconds = 700

/** Draws the first pages of the sources as they came, small, into the job folder; fewer where drawing takes long. */
export async function showPages(folder: string, sources: readonly SourceFile[], mostPages: number) {
  const endsAt = performance.now() + enoughMilliseconds
  const opened = openedBytes(folder)
  const shown: ShownPage[] = []
  try {
    for (const [index, source] of sources.entries()) {
      const wanted: Wanted = { folder, source, index, endsAt, mostPages: mostPages - shown.length }
      if (wanted.mostPages < 1 || performance.now() > endsAt) break
      shown.push(...(source.format === 'pdf' ? await documentPages(wanted, opened) : [await picture(wanted)]))
    }
  } finally {
    opened.close()
  }
  return shown
}

type Wanted = {
  readonly folder: string
  readonly source: SourceFile
  readonly index: number
  readonly endsAt: number
  readonly mostPages: number
}

/** The pages up to one that cannot be drawn: an engine that broke on it is of no use for the next. */
async function documentPages({ folder, source, index, endsAt, mostPages }: Wanted, opened: OpenedBytes) {
  const shown: ShownPage[] = []
  try {
    const document = await openWithPdfium(opened.of(source.file))
    const count = Math.min(mostPages, document.pageCount)
    for (let page = 1; page <= count && performance.now() < endsAt; page += 1) {
      const { data, widthPx, heightPx } = document.onPage(page, (open) => pictureOf(open, longestPx))
      const file = shownName(index, page)
      await imageEngine()(data, { raw: { width: widthPx, height: heightPx, channels: 4 } })
        .removeAlpha()
        .jpeg({ quality })
        .toFile(join(folder, file))
      shown.push({ source: index, page, file, widthPx, heightPx })
    }
  } catch (error) {
    // What is wrong with the file is told by its facts.
    if (!(error instanceof PdfiumError)) throw error
  }
  return shown
}

/** Upright, on white, in sRGB. */
async function picture({ folder, source, index }: Wanted): Promise<ShownPage> {
  const original = await openOriginal({ folder, ...source })
  const small = await shownPicture(original, 'none', (whole) =>
    whole.autoOrient().resize(longestPx, longestPx, { fit: 'inside', withoutEnlargement: true }),
  )
  const file = shownName(index, 1)
  const { width, height } = await small
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality })
    .toFile(join(folder, file))
  return { source: index, page: 1, file, widthPx: width, heightPx: height }
}
