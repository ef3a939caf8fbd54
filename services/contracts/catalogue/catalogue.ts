import type { Product } from './product.ts'

const bookResolution = { rejectBelowDpi: 72, minimumDpi: 150, goodDpi: 300 } as const
/** Canvas and posters are looked at from farther away (PRINT-FACTS §2). */
const wallResolution = { rejectBelowDpi: 40, minimumDpi: 100, goodDpi: 150 } as const
const bookFiles: Product['fileSets'] = [['interior'], ['interior', 'cover']]
const europeanBleedMm = 3
const usBleedMm = 3.175
const finish = { values: ['matt', 'gloss'], default: 'matt' }
/** Depth of the stretcher bar and the turn-over behind it (PRINT-FACTS §4: 38 + 14). */
const canvasBar = { barDepthMm: 38, wrapMm: 52 } as const

const canvas = (widthCm: number, heightCm: number): Product => ({
  sku: `canvas-${widthCm}x${heightCm}`,
  family: 'canvas',
  title: `Canvas ${widthCm} × ${heightCm} cm`,
  description: 'Cotton canvas on a 38 mm stretcher bar; the image runs around the edges.',
  trimWidthMm: widthCm * 10,
  trimHeightMm: heightCm * 10,
  bleedMm: 0,
  safetyMm: 10,
  construction: { kind: 'canvas', ...canvasBar },
  resolution: wallResolution,
  fileSets: [['image']],
  options: { wrap: { values: ['mirror', 'image', 'black', 'white'], default: 'mirror' } },
  paper: { sheet: 'cotton canvas 340 gsm' },
})

const poster = (name: string, title: string, trimWidthMm: number, trimHeightMm: number): Product => ({
  sku: `poster-${name}`,
  family: 'poster',
  title,
  description: 'One sheet, printed on one side to the edge.',
  trimWidthMm,
  trimHeightMm,
  bleedMm: europeanBleedMm,
  safetyMm: 5,
  construction: { kind: 'flat' },
  resolution: wallResolution,
  fileSets: [['image']],
  options: { finish: { values: ['matt', 'satin'], default: 'matt' } },
  paper: { sheet: '200 gsm silk' },
})

const magazine = (name: string, title: string, trimWidthMm: number, trimHeightMm: number): Product => ({
  sku: `magazine-${name}`,
  family: 'magazine',
  title,
  description: 'Saddle-stitched; the first and last leaf of the file are the cover.',
  trimWidthMm,
  trimHeightMm,
  bleedMm: europeanBleedMm,
  safetyMm: 5,
  construction: {
    kind: 'book',
    binding: 'saddle_stitch',
    pages: { minimum: 8, maximum: 64, multiple: 4 },
    cover: { kind: 'self' },
  },
  resolution: bookResolution,
  fileSets: [['interior']],
  options: {},
  paper: { interior: '115 gsm gloss' },
})

const photoBook = (name: string, title: string, trimWidthMm: number, trimHeightMm: number): Product => ({
  sku: `photobook-${name}`,
  family: 'photo_book',
  title,
  description: 'Hardcover, printed casewrap; one photo a page, or a finished PDF.',
  trimWidthMm,
  trimHeightMm,
  bleedMm: europeanBleedMm,
  safetyMm: 10,
  construction: {
    kind: 'book',
    binding: 'casewrap',
    pages: { minimum: 24, maximum: 300, multiple: 2 },
    // Gelato makes 34 pages with a 6 mm spine; the widths past it follow from 170 gsm silk at 0.9 bulk.
    spine: {
      kind: 'bands',
      bands: [
        { toPages: 68, widthMm: 6 },
        { toPages: 100, widthMm: 9 },
        { toPages: 140, widthMm: 12 },
        { toPages: 180, widthMm: 15 },
        { toPages: 240, widthMm: 20 },
        { toPages: 300, widthMm: 25 },
      ],
    },
    cover: { kind: 'casewrap', wrapMm: 17, edgeMm: 3, jointMm: 8, boardWidthDeltaMm: -7, boardHeightDeltaMm: 5 },
  },
  resolution: bookResolution,
  fileSets: [['images'], ['images', 'cover'], ['interior'], ['interior', 'cover']],
  options: { finish },
  paper: { interior: '170 gsm silk', cover: '150 gsm gloss, laminated' },
})

/** What this installation sells. Sizes and page ranges: PRINT-FACTS §1. */
export const catalogue: readonly Product[] = [
  {
    sku: 'softcover-a5',
    family: 'softcover_book',
    title: 'Softcover book A5',
    description: 'Perfect-bound paperback, 148 × 210 mm.',
    trimWidthMm: 148,
    trimHeightMm: 210,
    bleedMm: europeanBleedMm,
    safetyMm: 12.7,
    construction: {
      kind: 'book',
      binding: 'perfect',
      pages: { minimum: 32, maximum: 500, multiple: 2 },
      spine: { kind: 'paper', gsm: 90, bulk: 1.25, coverCaliperMm: 0.3 },
      cover: { kind: 'wraparound' },
    },
    resolution: bookResolution,
    fileSets: bookFiles,
    options: { finish },
    paper: { interior: '90 gsm offset', cover: '250 gsm' },
  },
  {
    sku: 'softcover-6x9',
    family: 'softcover_book',
    title: 'Softcover book 6 × 9 in',
    description: 'Perfect-bound paperback, 152.4 × 228.6 mm.',
    trimWidthMm: 152.4,
    trimHeightMm: 228.6,
    bleedMm: usBleedMm,
    safetyMm: 12.7,
    construction: {
      kind: 'book',
      binding: 'perfect',
      pages: { minimum: 32, maximum: 800, multiple: 2 },
      spine: { kind: 'per_page', mmPerPage: 25.4 / 444, plusMm: 0.06 * 25.4 },
      cover: { kind: 'wraparound' },
    },
    resolution: bookResolution,
    fileSets: bookFiles,
    options: { finish },
    paper: { interior: '60 lb uncoated', cover: '100 lb' },
  },
  magazine('a4', 'Magazine A4', 210, 297),
  magazine('a5', 'Magazine A5', 148, 210),
  photoBook('210x280', 'Photo book 21 × 28 cm', 210, 280),
  photoBook('210x210', 'Photo book 21 × 21 cm', 210, 210),
  canvas(30, 40),
  canvas(60, 90),
  poster('a3', 'Poster A3', 297, 420),
  poster('a2', 'Poster A2', 420, 594),
  poster('50x70', 'Poster 50 × 70 cm', 500, 700),
]

/** The product with this sku, or undefined. */
export function productOf(sku: string): Product | undefined {
  return catalogue.find((product) => product.sku === sku)
}
