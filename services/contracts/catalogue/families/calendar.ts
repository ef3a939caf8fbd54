import type { Product } from '../product.ts'
import { bookResolution, europeanBleedMm, europeanColour } from './house.ts'

/** Leaves are printed on one side: a cover and twelve months, with or without a leaf behind them. */
const calendar = (name: string, title: string, trimWidthMm: number, trimHeightMm: number): Product => ({
  sku: `calendar-${name}`,
  family: 'calendar',
  title: `Wall calendar ${title}`,
  description: 'Wire-o bound at the top; one leaf a page. Keep the wire’s holes free.',
  trimWidthMm,
  trimHeightMm,
  bleedMm: europeanBleedMm,
  safetyMm: 5,
  construction: {
    kind: 'book',
    binding: 'wire_o',
    pages: { minimum: 13, maximum: 14, multiple: 1 },
    cover: { kind: 'self' },
    headFreeMm: 15,
  },
  resolution: bookResolution,
  fileSets: [['images'], ['interior']],
  options: {},
  colour: europeanColour,
  paper: { interior: '250 gsm silk' },
})

export const calendars: readonly Product[] = [calendar('a4', 'A4', 210, 297), calendar('a3', 'A3', 297, 420)]
