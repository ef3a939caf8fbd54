import type { Product } from '#contracts/catalogue/product.ts'
import type { Facts } from '../../services/processor/inspect/facts.ts'
import { sizeAsSeen } from './size-as-seen.ts'

const millimetresPerPoint = 25.4 / 72
const bleedMm = 3

const block: Product = {
  sku: 'corpus',
  family: 'photo_book',
  title: 'Corpus',
  description: 'Takes whatever comes.',
  trimWidthMm: 100,
  trimHeightMm: 100,
  bleedMm,
  safetyMm: 0,
  construction: {
    kind: 'book',
    binding: 'saddle_stitch',
    pages: { minimum: 1, maximum: 12_000, multiple: 1 },
    cover: { kind: 'self' },
  },
  resolution: { rejectBelowDpi: 1, minimumDpi: 2, goodDpi: 300 },
  fileSets: [['interior']],
  options: {},
  paper: {},
}

/** A product of the size of the first page as it is seen, or of the picture at 100 dpi. */
export function fittingProduct(facts: Facts): Product {
  if (facts.kind === 'image') {
    const isTurned = facts.orientation >= 5
    const [width, height] = isTurned ? [facts.heightPx, facts.widthPx] : [facts.widthPx, facts.heightPx]
    // Without a bleed nothing of the picture is cut off.
    const picture: Product = { ...block, bleedMm: 0, construction: { kind: 'flat' }, fileSets: [['image']] }
    return sized(picture, (width / 100) * 25.4, (height / 100) * 25.4)
  }
  const page = facts.kind === 'pdf' ? facts.pages[0] : undefined
  if (!page) return block
  const { width, height } = sizeAsSeen(page)
  return sized(block, width * millimetresPerPoint, height * millimetresPerPoint)
}

const leastMm = 5
/** What a PDF page can be (200 inches), bleed included. */
const mostMm = 5000

/** A tiny page is made larger as a whole, for in a product of other proportions it would be cropped; lines have no area. */
function sized(product: Product, widthMm: number, heightMm: number): Product {
  const shorterMm = Math.min(widthMm, heightMm)
  const larger = shorterMm > 0 ? Math.max(1, leastMm / shorterMm) : 1
  const held = (millimetres: number): number => Math.min(mostMm, Math.max(leastMm, millimetres * larger))
  return { ...product, trimWidthMm: held(widthMm), trimHeightMm: held(heightMm) }
}
