import type { SpineRule } from '../../geometry/spine.ts'
import type { Construction, Product } from '../product.ts'
import { bookResolution, europeanBleedMm, europeanColour, finish, pdfBook, usBleedMm, usColour } from './house.ts'
import { europeanCasewrap } from './photo-book.ts'

type Cover = Extract<Construction, { kind: 'book' }>['cover']
type Making = Pick<Product, 'bleedMm' | 'colour' | 'paper'> & { readonly cover: Cover }

const mostPages = 800
const inchMm = 25.4
/** Boards and cloth at the spine, which a thin block hides behind. */
const boardsMm = 7.1
const stepInch = 1 / 16

/** Lulu's table (PRINT-FACTS §3): three bands, then the block and its boards to the nearest 1/16 in; the thickest has its own. */
const caseSpine: SpineRule = {
  kind: 'bands',
  bands: [
    { toPages: 84, widthMm: 0.25 * inchMm },
    { toPages: 140, widthMm: 0.5 * inchMm },
    { toPages: 168, widthMm: 0.625 * inchMm },
    ...steppedBands(169, mostPages - 1),
    { toPages: mostPages, widthMm: 2.125 * inchMm },
  ],
}

function steppedBands(from: number, to: number) {
  const steps = new Map<number, number>()
  for (let pages = from; pages <= to; pages += 1) {
    steps.set(Math.round((pages / 444 + boardsMm / inchMm) / stepInch), pages)
  }
  return [...steps].map(([step, toPages]) => ({ toPages, widthMm: step * stepInch * inchMm }))
}

const inEurope: Making = {
  bleedMm: europeanBleedMm,
  colour: europeanColour,
  cover: europeanCasewrap,
  paper: { interior: '90 gsm offset', cover: '150 gsm gloss, laminated' },
}

/** 3/4 in of wrap and 1/8 in of bleed beyond the trim (PRINT-FACTS §4). */
const inTheUs: Making = {
  bleedMm: usBleedMm,
  colour: usColour,
  cover: { kind: 'casewrap_margin', beyondTrimMm: 0.875 * inchMm, safetyMm: 19 },
  paper: { interior: '60 lb uncoated', cover: '80 lb coated, laminated' },
}

/** A book of text between boards. */
function hardcover(
  name: string,
  title: string,
  [trimWidthMm, trimHeightMm]: readonly [number, number],
  { cover, ...making }: Making,
): Product {
  return {
    sku: `hardcover-${name}`,
    family: 'hardcover_book',
    title: `Hardcover book ${title}`,
    description: `Boards in a printed casewrap, ${trimWidthMm} × ${trimHeightMm} mm.`,
    trimWidthMm,
    trimHeightMm,
    safetyMm: 12.7,
    construction: {
      kind: 'book',
      binding: 'casewrap',
      pages: { minimum: 24, maximum: mostPages, multiple: 2 },
      spine: caseSpine,
      cover,
      hasGutter: true,
    },
    resolution: bookResolution,
    fileSets: pdfBook,
    options: { finish },
    ...making,
  }
}

export const hardcovers: readonly Product[] = [
  hardcover('a5', 'A5', [148, 210], inEurope),
  hardcover('6x9', '6 × 9 in', [152.4, 228.6], inTheUs),
  hardcover('a4', 'A4', [210, 297], inEurope),
]
