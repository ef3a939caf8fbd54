import type { TextMark } from './content/marks.ts'
import type { PdfPageFacts, RawBox } from './facts.ts'
import type { PageGeometry } from './page-geometry.ts'

type TextFacts = Pick<PdfPageFacts, 'textToSidesMm' | 'smallestTypePt' | 'textBoxes'>

/** As many lines as a cover may have; of more, the first. */
const mostBoxes = 200
/** Smaller type is there for machines: nobody was ever meant to read it. */
const leastReadablePt = 1
const none = Number.POSITIVE_INFINITY

/**
 * Where text stands, and how small its smallest is. Lines reach from their first to their last glyph, by the widths in the
 * font (only to where they begin, where it has none), and by parts of the type size upwards and downwards. What lies
 * outside the visible box altogether (marks, job names) does not count. `boxes` are wanted of covers only.
 */
export function textFactsOf(texts: readonly TextMark[], geometry: PageGeometry, wantsBoxes: boolean): TextFacts {
  const { crop, trim, userUnit } = geometry
  const visible = trim ?? crop
  const sides = { left: none, bottom: none, right: none, top: none }
  let smallest = none
  const boxes: RawBox[] = []
  for (const { x, y, width, height, size } of texts) {
    const left = x - visible.x
    const bottom = y - visible.y
    const right = visible.width - left - width
    const top = visible.height - bottom - height
    if (left > visible.width || right > visible.width || bottom > visible.height || top > visible.height) continue
    sides.left = Math.min(sides.left, left)
    sides.bottom = Math.min(sides.bottom, bottom)
    sides.right = Math.min(sides.right, right)
    sides.top = Math.min(sides.top, top)
    if (size !== undefined && size * userUnit >= leastReadablePt) smallest = Math.min(smallest, size * userUnit)
    if (wantsBoxes && boxes.length < mostBoxes) boxes.push({ x, y, width, height })
  }
  if (!Number.isFinite(sides.left)) return {}
  const millimetres = (units: number): number => rounded(Math.max(0, units) * userUnit * millimetresPerPoint)
  return {
    textToSidesMm: {
      left: millimetres(sides.left),
      bottom: millimetres(sides.bottom),
      right: millimetres(sides.right),
      top: millimetres(sides.top),
    },
    ...(Number.isFinite(smallest) ? { smallestTypePt: rounded(smallest) } : {}),
    ...(boxes.length > 0 ? { textBoxes: boxes } : {}),
  }
}

const millimetresPerPoint = 25.4 / 72
const rounded = (value: number): number => Math.round(value * 10) / 10
