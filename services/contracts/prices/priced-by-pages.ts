import type { Product } from '../catalogue/product.ts'
import { pageRangeOf } from '../geometry/geometry.ts'

/** Whether paper, weight and price depend on how many pages there are: books whose pages are for the customer to choose. */
export function isPricedByPages(product: Product): boolean {
  const { minimum, maximum } = pageRangeOf(product)
  return product.construction.kind === 'book' && minimum !== maximum
}
