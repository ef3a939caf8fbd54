import type { Family } from '../catalogue/product.ts'

export type TaxClass = 'printed_book' | 'standard'

/**
 * Which rate a product gets. Only bound text is a printed book everywhere: photo books and albums count as pictures in most
 * countries (Combined Nomenclature 4911), cards and calendars as 4909 and 4910, and magazines made to order are no periodicals.
 */
export const taxClassOf: Readonly<Record<Family, TaxClass>> = {
  softcover_book: 'printed_book',
  hardcover_book: 'printed_book',
  magazine: 'standard',
  photo_book: 'standard',
  layflat: 'standard',
  canvas: 'standard',
  poster: 'standard',
  card: 'standard',
  calendar: 'standard',
}
