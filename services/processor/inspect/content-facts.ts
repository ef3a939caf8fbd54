import { type Affine, mapped } from './content/affine.ts'
import type { Marks, Picture } from './content/marks.ts'
import type { PdfPageFacts, RawBox } from './facts.ts'
import type { PageGeometry } from './page-geometry.ts'
import { textFactsOf } from './text-facts.ts'

type ContentFacts = Pick<
  PdfPageFacts,
  | 'coarsestDpi'
  | 'fonts'
  | 'textToSidesMm'
  | 'textBoxes'
  | 'smallestTypePt'
  | 'inkPercent'
  | 'isBlank'
  | 'hasTransparency'
  | 'hasUntaggedRgb'
  | 'needsRaster'
>

/** What the marks of a page mean for a press. Absent: nothing to tell. */
export function contentFactsOf(marks: Marks, geometry: PageGeometry, mayBeCover: boolean): ContentFacts {
  const coarsestDpi = coarsestOf(marks.pictures, geometry)
  const fonts = fontsOf(marks)
  return {
    ...(coarsestDpi === undefined ? {} : { coarsestDpi }),
    ...(fonts === undefined ? {} : { fonts }),
    ...textFactsOf(marks.texts, geometry, mayBeCover),
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
