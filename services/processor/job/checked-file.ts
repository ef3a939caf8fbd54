import type { PreflightAnswer } from '#contracts/messages/preflight-result.ts'
import type { Facts } from '../inspect/facts.ts'
import { pdfSizeMm, visibleBoxOf } from '../plan/pdf-size.ts'
import type { RoledFile } from './unpack-archives.ts'

/** From this EXIF orientation on a picture lies on its side. */
const firstOnSide = 5
const hundredths = (millimetres: number): number => Math.round(millimetres * 100) / 100

/** What a person would say of a file: pages and their size, or pixels. */
export function checkedFileOf(
  { label: file, format }: RoledFile,
  facts: Facts | undefined,
): PreflightAnswer['files'][number] {
  if (facts?.kind === 'image') {
    const { widthPx, heightPx, orientation } = facts
    const [width, height] = orientation >= firstOnSide ? [heightPx, widthPx] : [widthPx, heightPx]
    return { file, format, widthPx: width, heightPx: height }
  }
  if (facts?.kind !== 'pdf') return { file, format }
  const [first] = facts.pages
  const size = first && pdfSizeMm(first, visibleBoxOf(first))
  return {
    ...{ file, format, pages: facts.pageCount },
    ...(size ? { pageWidthMm: hundredths(size.width), pageHeightMm: hundredths(size.height) } : {}),
  }
}

/** Pages of content, whatever is made of them; undefined where nobody can tell. */
export function contentPagesOf(files: readonly RoledFile[], facts: readonly Facts[]): number | undefined {
  const role = (['interior', 'images', 'image'] as const).find((each) => files.some((file) => file.role === each))
  const content = facts.filter((_, index) => files[index]?.role === role)
  const [first] = content
  if (!first || content.some(({ kind }) => kind === 'unreadable')) return undefined
  const pages = first.kind === 'pdf' ? first.pageCount : content.length
  return pages > 0 ? pages : undefined
}
