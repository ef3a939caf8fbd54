import type { Product } from '../product.ts'
import { europeanBleedMm, europeanColour, wallResolution } from './house.ts'

/** Depth of the stretcher bar and the turn-over behind it (PRINT-FACTS §4: 38 + 14). */
const canvasBar = { barDepthMm: 38, wrapMm: 52 } as const

export const canvas = (widthCm: number, heightCm: number): Product => ({
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
  colour: europeanColour,
  paper: { sheet: 'cotton canvas 340 gsm' },
})

export const poster = (name: string, title: string, trimWidthMm: number, trimHeightMm: number): Product => ({
  sku: `poster-${name}`,
  family: 'poster',
  title: `Poster ${title}`,
  description: 'One sheet, printed to the edge on one side, or on both.',
  trimWidthMm,
  trimHeightMm,
  bleedMm: europeanBleedMm,
  safetyMm: 5,
  construction: { kind: 'flat', sides: 2 },
  resolution: wallResolution,
  fileSets: [['image'], ['images']],
  options: { finish: { values: ['matt', 'satin'], default: 'matt' } },
  colour: europeanColour,
  paper: { sheet: '200 gsm silk' },
})

export const furtherCanvases: readonly Product[] = [
  canvas(20, 20),
  canvas(20, 30),
  canvas(30, 30),
  canvas(40, 40),
  canvas(40, 60),
  canvas(50, 50),
  canvas(50, 70),
  canvas(60, 60),
  canvas(60, 80),
]

export const furtherPosters: readonly Product[] = [
  poster('a4', 'A4', 210, 297),
  poster('a1', 'A1', 594, 841),
  poster('a0', 'A0', 841, 1189),
  poster('61x91', '61 × 91 cm', 610, 910),
]
