import type { Construction, Product } from '../product.ts'
import { bookResolution, europeanBleedMm, europeanColour, finish, pictureBook } from './house.ts'

type Book = Extract<Construction, { kind: 'book' }>
type Hardcover = Pick<Product, 'sku' | 'family' | 'title' | 'description' | 'trimWidthMm' | 'trimHeightMm' | 'paper'> &
  Pick<Book, 'binding' | 'pages' | 'spine'>

/** Boards in a printed sheet, measured as Gelato publishes it (PRINT-FACTS §4). */
export const europeanCasewrap: Book['cover'] = {
  kind: 'casewrap',
  wrapMm: 17,
  edgeMm: 3,
  jointMm: 8,
  boardWidthDeltaMm: -7,
  boardHeightDeltaMm: 5,
  safetyMm: 19,
}

const hardcover = ({ binding, pages, spine, ...product }: Hardcover): Product => ({
  ...product,
  bleedMm: europeanBleedMm,
  safetyMm: 10,
  construction: { kind: 'book', binding, pages, spine, cover: europeanCasewrap },
  resolution: bookResolution,
  fileSets: pictureBook,
  options: { finish },
  colour: europeanColour,
})

const photoBook = (name: string, title: string, trimWidthMm: number, trimHeightMm: number): Product =>
  hardcover({
    sku: `photobook-${name}`,
    family: 'photo_book',
    title: `Photo book ${title}`,
    description: 'Hardcover, printed casewrap; one photo a page, or a finished PDF.',
    trimWidthMm,
    trimHeightMm,
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
    paper: { interior: '170 gsm silk', cover: '150 gsm gloss, laminated' },
  })

const layflat = (name: string, title: string, trimWidthMm: number, trimHeightMm: number): Product =>
  hardcover({
    sku: `layflat-${name}`,
    family: 'layflat',
    title: `Layflat album ${title}`,
    description: 'Hardcover album that opens flat: a picture may run across two facing pages without a loss.',
    trimWidthMm,
    trimHeightMm,
    binding: 'layflat',
    pages: { minimum: 16, maximum: 120, multiple: 2 },
    // Two sheets of 170 gsm silk glued back to back are 0.33 mm a leaf, and the boards of the case 3 mm each.
    spine: {
      kind: 'bands',
      bands: [
        { toPages: 24, widthMm: 10 },
        { toPages: 40, widthMm: 13 },
        { toPages: 60, widthMm: 16 },
        { toPages: 80, widthMm: 20 },
        { toPages: 100, widthMm: 23 },
        { toPages: 120, widthMm: 26 },
      ],
    },
    paper: { interior: '2 × 170 gsm silk', cover: '150 gsm gloss, laminated' },
  })

export const photoBooks: readonly Product[] = [
  photoBook('210x280', '21 × 28 cm', 210, 280),
  photoBook('210x210', '21 × 21 cm', 210, 210),
]

export const furtherPhotoBooks: readonly Product[] = [
  photoBook('297x210', '29.7 × 21 cm', 297, 210),
  photoBook('216x216', '21.6 × 21.6 cm', 216, 216),
  photoBook('305x305', '30.5 × 30.5 cm', 305, 305),
]

export const layflats: readonly Product[] = [
  layflat('210x210', '21 × 21 cm', 210, 210),
  layflat('297x210', '29.7 × 21 cm', 297, 210),
]
