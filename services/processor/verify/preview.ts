import { join } from 'node:path'
import type { ComponentName } from '#contracts/geometry/component.ts'
import type { Bitmap, OpenPage } from '../pdfium/document.ts'
import { imageEngine } from '../pictures/sharp-engine.ts'
import type { ComponentPlan } from '../plan/job-plan.ts'

/** Previews are for people on screens; of many pages smaller ones. */
const largePreviews = 12
/** A page of text around a photo takes PDFium 190 ms at 1200 pixels, 54 at 1000, 32 at 560. A folded sheet shows two pages. */
const longestPx = { folded: 1200, few: 1000, many: 560 } as const
const quality = 82

/** The longer side of a preview. The first page is the one that shops show. */
export function previewPx({ panels = [], pages }: Pick<ComponentPlan, 'panels' | 'pages'>, page: number): number {
  if (panels.length > 1) return longestPx.folded
  return page === 1 || pages.length <= largePreviews ? longestPx.few : longestPx.many
}

/** One page with its longer side in so many pixels. */
export function pictureOf(page: OpenPage, longest: number): Bitmap {
  const { width, height } = page.size()
  const scale = longest / Math.max(width, height)
  return page.render(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)))
}

const whiteFrom = 252

/** Nothing on it but paper. */
export function isBlank({ data, widthPx, heightPx }: Bitmap): boolean {
  for (let at = 0; at < widthPx * heightPx * 4; at += 4) {
    const darkest = Math.min(data[at] ?? 255, data[at + 1] ?? 255, data[at + 2] ?? 255)
    if (darkest < whiteFrom) return false
  }
  return true
}

/** Writes a drawn page as a JPEG into the job folder. */
export async function writePreview(
  folder: string,
  { data, widthPx, heightPx }: Bitmap,
  component: ComponentName,
  page: number,
) {
  const file = `preview-${component}-${page}.jpg`
  await imageEngine()(data, { raw: { width: widthPx, height: heightPx, channels: 4 } })
    .removeAlpha()
    .jpeg({ quality })
    .toFile(join(folder, file))
  return { component, page, file, widthPx, heightPx }
}
