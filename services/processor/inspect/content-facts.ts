import { type Affine, mapped } from './content/affine.ts'
import type { Marks, Picture } from './content/marks.ts'
import type { PdfPageFacts, RawBox } from './facts.ts'
import type { PageGeometry } from './page-geometry.ts'

type ContentFacts = Pick<
  PdfPageFacts,
  | 'coarsestDpi'
  | 'fonts'
  | 'textToEdgeMm'
  | 'inkPercent'
  | 'isBlank'
  | 'hasTransparency'
  | 'hasUntaggedRgb'
  | 'needsRaster'
>

/** What the marks of a page mean for a press. Absent: nothing to tell. */
export function contentFactsOf(marks: Marks, geometry: PageGeometry): ContentFacts {
  const coarsestDpi = coarsestOf(marks.pictures, geometry)
  const fonts = fontsOf(marks)
  const textToEdgeMm = nearestText(marks.texts, geometry)
  return {
    ...(coarsestDpi === undefined ? {} : { coarsestDpi }),
    ...(fonts === undefined ? {} : { fonts }),
    ...(textToEdgeMm === undefined ? {} : { textToEdgeMm }),
    ...(marks.inkPercent > 0 ? { inkPercent: marks.inkPercent } : {}),
    ...(marks.isMarked || !marks.isReadable ? {} : { isBlank: true }),
    ...(marks.hasTransparency ? { hasTransparency: true } : {}),
    ...(marks.hasUntaggedRgb ? { hasUntaggedRgb: true } : {}),
    // Our copy shows every layer and follows every stream; where that is not what viewers show, a picture of it is printed.
    ...(marks.hasHiddenLayer || !marks.isReadable ? { needsRaster: true } : {}),
  }
}

/** Smaller pictures (logos, icons, rules) are often coarse on purpose. */
const countsFromShareOfPage = 0.08

function coarsestOf(pictures: readonly Picture[], { media, crop, trim, userUnit }: PageGeometry): number | undefined {
  const visible = trim ?? crop
  const dpis = pictures.flatMap(({ at, widthPx, heightPx }) => {
    const [width, height] = sidesOf(at)
    if (width * height < countsFromShareOfPage * media.width * media.height) return []
    if (!meet(mapped({ x: 0, y: 0, width: 1, height: 1 }, at), visible)) return []
    return [(72 / userUnit) * Math.min(widthPx / width, heightPx / height)]
  })
  const coarsest = Math.min(...dpis)
  return Number.isFinite(coarsest) && coarsest > 0 ? coarsest : undefined
}

/** Width and height of what the unit square becomes, along its own sides. */
const sidesOf = ([a, b, c, d]: Affine): [number, number] => [Math.hypot(a, b), Math.hypot(c, d)]

const meet = (one: RawBox, other: RawBox): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height

function fontsOf({ fonts }: Marks): PdfPageFacts['fonts'] {
  const supplies = new Set([...fonts.values()].map(({ supply }) => supply))
  if (supplies.has('missing')) return 'missing'
  if (supplies.has('standard')) return 'standard'
  return supplies.has('embedded') ? 'embedded' : undefined
}

const millimetresPerPoint = 25.4 / 72

/**
 * Distance of the nearest line of text to the edge of the visible box; 0 for text that the edge cuts. What lies outside
 * altogether (marks, job names) does not count. Lines reach from their first to their last glyph, by the widths in the
 * font (only to where they begin, where it has none), and by parts of the type size upwards and downwards.
 */
function nearestText(texts: readonly RawBox[], { crop, trim, userUnit }: PageGeometry): number | undefined {
  const visible = trim ?? crop
  let nearest = Number.POSITIVE_INFINITY
  for (const text of texts) {
    const left = text.x - visible.x
    const bottom = text.y - visible.y
    const right = visible.width - left - text.width
    const top = visible.height - bottom - text.height
    if (left > visible.width || right > visible.width || bottom > visible.height || top > visible.height) continue
    nearest = Math.min(nearest, Math.max(0, Math.min(left, bottom, right, top)))
  }
  return Number.isFinite(nearest) ? Math.round(nearest * userUnit * millimetresPerPoint * 10) / 10 : undefined
}
