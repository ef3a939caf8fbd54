import type { PdfiumDocument } from '../pdfium/document.ts'

const mostCompared = 5
const widthPx = 120
const clearLevels = 64
/** Finer differences come from edges that fall between pixels. */
const clearShare = 0.01

/** Pages, by index, that look clearly different in two documents; the first one and up to four more are looked at. */
export function pagesThatDiffer(one: PdfiumDocument, other: PdfiumDocument): ReadonlySet<number> {
  const count = Math.min(one.pageCount, other.pageCount)
  const step = Math.max(1, Math.floor(count / mostCompared))
  const indices = Array.from({ length: Math.min(count, mostCompared) }, (_, place) => place * step)
  return new Set(indices.filter((index) => differ(one, other, index + 1)))
}

function differ(one: PdfiumDocument, other: PdfiumDocument, page: number): boolean {
  const pictures = [pictureOf(one, page), pictureOf(other, page)] as const
  const [first, second] = pictures
  if (!first || !second) return first !== second
  if (first.length !== second.length) return true
  let different = 0
  for (let at = 0; at < first.length; at += 4) {
    if ([0, 1, 2].some((channel) => Math.abs((first[at + channel] ?? 0) - (second[at + channel] ?? 0)) > clearLevels))
      different += 1
  }
  return different > (first.length / 4) * clearShare
}

function pictureOf(document: PdfiumDocument, page: number): Buffer | undefined {
  try {
    const { width, height } = document.size(page)
    const heightPx = Math.min(4 * widthPx, Math.max(8, Math.round((widthPx * height) / Math.max(1, width))))
    return document.render(page, widthPx, heightPx, true).data
  } catch {
    // PDFium does not show this page at all.
    return undefined
  }
}
