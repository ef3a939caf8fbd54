import type { Product } from '#contracts/catalogue/product.ts'
import type { Work } from '../row.ts'

/** A product without a cover of its own, so that there is one print file, as the peers make one. */
const book = (trimWidthMm: number, trimHeightMm: number, role: 'images' | 'interior', goodDpi: number): Product => ({
  sku: 'benchmark',
  family: 'photo_book',
  title: 'Benchmark',
  description: 'A block without a cover.',
  trimWidthMm,
  trimHeightMm,
  bleedMm: 3,
  safetyMm: 5,
  construction: {
    kind: 'book',
    binding: 'saddle_stitch',
    pages: { minimum: 1, maximum: 12_000, multiple: 1 },
    cover: { kind: 'self' },
  },
  resolution: { rejectBelowDpi: 30, minimumDpi: 72, goodDpi },
  fileSets: [[role]],
  options: {},
  paper: {},
})

/** The photos have 470 dpi on the page: more than one and a half times 300, less than that of 400. */
const reducing = 300
const keeping = 400

/** 90 × 60 cm: the catalogue's canvas lying, good from 200 dpi on, so that 245 dpi are kept. */
const canvas: Product = {
  ...book(900, 600, 'images', 200),
  family: 'canvas',
  bleedMm: 0,
  construction: { kind: 'canvas', barDepthMm: 38, wrapMm: 52 },
  fileSets: [['image']],
  options: { wrap: { values: ['mirror'], default: 'mirror' } },
}

export function productFor(work: Work): Product {
  switch (work) {
    case 're-encoded':
      return book(210, 280, 'images', reducing)
    case 'passed':
    case 'passed-unchecked':
      return book(210, 280, 'images', keeping)
    case 'cmyk':
      return { ...book(210, 280, 'images', reducing), colour: { pictures: 'cmyk', outputIntent: 'FOGRA39' } }
    case 'magazine':
    case 'large':
    case 'pages':
      return book(210, 297, 'interior', reducing)
    case 'canvas':
      return canvas
    default: {
      const never: never = work
      return never
    }
  }
}
