import type { Product } from '#contracts/catalogue/product.ts'
import type { HostileFile } from './hostile-file.ts'

/** Products that refuse nothing for its page count or its size, so that every file goes as far as it can. */
const base: Product = {
  sku: 'hostile',
  family: 'photo_book',
  title: 'Whatever comes',
  description: 'A block of any length.',
  trimWidthMm: 148,
  trimHeightMm: 210,
  bleedMm: 3,
  safetyMm: 5,
  construction: {
    kind: 'book',
    binding: 'saddle_stitch',
    pages: { minimum: 1, maximum: 10_000, multiple: 1 },
    cover: { kind: 'self' },
  },
  resolution: { rejectBelowDpi: 1, minimumDpi: 2, goodDpi: 300 },
  fileSets: [['interior']],
  options: {},
  paper: {},
}
const sheet: Product = { ...base, family: 'poster', construction: { kind: 'flat' }, fileSets: [['image']] }

export const productFor = ({ kind }: HostileFile): Product => (kind === 'document' ? base : sheet)
export const roleFor = ({ kind }: HostileFile) => (kind === 'document' ? 'interior' : 'image')
