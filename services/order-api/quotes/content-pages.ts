import type { Product } from '#contracts/catalogue/product.ts'
import { designedPagesOf } from '#contracts/design-issues.ts'
import { pageRangeOf } from '#contracts/geometry/geometry.ts'
import type { ItemRequest } from '#contracts/order-api/order.ts'

/** Whether paper, weight and price depend on how many pages there are. */
export function isPricedByPages(product: Product): boolean {
  const { minimum, maximum } = pageRangeOf(product)
  return product.construction.kind === 'book' && minimum !== maximum
}

/** Pages of content as far as the request tells: said, laid out by a design, or one an image. */
export const contentPagesOf = (item: Pick<ItemRequest, 'pages' | 'design' | 'files'>): number | undefined =>
  item.pages ?? picturedPagesOf(item)

/** Pages that the pictures make, whatever the request says beside. */
export const picturedPagesOf = ({ design, files }: Pick<ItemRequest, 'design' | 'files'>): number | undefined =>
  (design && designedPagesOf(design)) ?? files?.images?.length
