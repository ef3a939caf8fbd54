import type { SpineRule } from '../../geometry/spine.ts'
import type { Product } from '../product.ts'
import { bookResolution, europeanBleedMm, europeanColour, finish, pdfBook, usBleedMm, usColour } from './house.ts'

type Making = Pick<Product, 'bleedMm' | 'colour' | 'paper'> & { readonly spine: SpineRule }

const inEurope: Making = {
  bleedMm: europeanBleedMm,
  colour: europeanColour,
  spine: { kind: 'paper', gsm: 90, bulk: 1.25, coverCaliperMm: 0.3 },
  paper: { interior: '90 gsm offset', cover: '250 gsm' },
}

/** Lulu's formula: pages / 444 in + 0.06 in (PRINT-FACTS §3). */
const inTheUs: Making = {
  bleedMm: usBleedMm,
  colour: usColour,
  spine: { kind: 'per_page', mmPerPage: 25.4 / 444, plusMm: 0.06 * 25.4 },
  paper: { interior: '60 lb uncoated', cover: '100 lb' },
}

/** A perfect-bound paperback. */
function softcover(
  name: string,
  title: string,
  [trimWidthMm, trimHeightMm]: readonly [number, number],
  { spine, ...making }: Making,
): Product {
  return {
    sku: `softcover-${name}`,
    family: 'softcover_book',
    title: `Softcover book ${title}`,
    description: `Perfect-bound paperback, ${trimWidthMm} × ${trimHeightMm} mm.`,
    trimWidthMm,
    trimHeightMm,
    safetyMm: 12.7,
    construction: {
      kind: 'book',
      binding: 'perfect',
      pages: { minimum: 32, maximum: 800, multiple: 2 },
      spine,
      cover: { kind: 'wraparound' },
    },
    resolution: bookResolution,
    fileSets: pdfBook,
    options: { finish },
    ...making,
  }
}

export const a5Softcover = softcover('a5', 'A5', [148, 210], inEurope)
export const tradeSoftcover = softcover('6x9', '6 × 9 in', [152.4, 228.6], inTheUs)

export const furtherSoftcovers: readonly Product[] = [
  softcover('108x175', 'pocket', [108, 175], inEurope),
  softcover('127x203', '5 × 8 in', [127, 203.2], inTheUs),
  softcover('156x234', 'royal', [156, 234], inEurope),
  softcover('170x244', '17 × 24 cm', [170, 244], inEurope),
  softcover('210x210', '21 × 21 cm', [210, 210], inEurope),
  softcover('210x280', '21 × 28 cm', [210, 280], inEurope),
  softcover('216x279', '8.5 × 11 in', [215.9, 279.4], inTheUs),
  softcover('a4', 'A4', [210, 297], inEurope),
]
