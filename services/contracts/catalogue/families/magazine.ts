import type { Product } from '../product.ts'
import { bookResolution, europeanBleedMm, europeanColour } from './house.ts'

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
  colour: europeanColour,
  paper: { interior: '115 gsm gloss' },
})

export const magazines: readonly Product[] = [
  magazine('a4', 'Magazine A4', 210, 297),
  magazine('a5', 'Magazine A5', 148, 210),
]
export const furtherMagazines: readonly Product[] = [magazine('210x280', 'Magazine 21 × 28 cm', 210, 280)]
