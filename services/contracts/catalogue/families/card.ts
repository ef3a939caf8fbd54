import type { Product } from '../product.ts'
import { bookResolution, europeanBleedMm, europeanColour } from './house.ts'

type Shape = readonly [name: string, title: string, trimWidthMm: number, trimHeightMm: number]

const shapes: readonly Shape[] = [
  ['a6', 'A6', 105, 148],
  ['a5', 'A5', 148, 210],
  ['148x148', '14.8 × 14.8 cm', 148, 148],
]

const common = {
  family: 'card',
  bleedMm: europeanBleedMm,
  safetyMm: 4,
  resolution: bookResolution,
  colour: europeanColour,
  paper: { sheet: '350 gsm' },
} as const

const flat = ([name, title, trimWidthMm, trimHeightMm]: Shape): Product => ({
  ...common,
  options: { finish: { values: ['uncoated', 'matt', 'gloss'], default: 'uncoated' } },
  sku: `card-${name}`,
  title: `Card ${title}`,
  description: 'Flat card or postcard, printed on one side or on both.',
  trimWidthMm,
  trimHeightMm,
  construction: { kind: 'flat', sides: 2 },
  fileSets: [['image'], ['images'], ['interior']],
})

const folded = ([name, title, trimWidthMm, trimHeightMm]: Shape): Product => ({
  ...flat([name, title, trimWidthMm, trimHeightMm]),
  sku: `card-folded-${name}`,
  title: `Folded card ${title}`,
  description: 'Card of four pages, folded on its left side: front, two inside, back.',
  construction: { kind: 'folded' },
  fileSets: [['images'], ['interior']],
})

export const cards: readonly Product[] = [...shapes.map(flat), ...shapes.map(folded)]
