import { designedPagesOf } from '#contracts/design-issues.ts'
import type { ItemRequest } from '#contracts/order-api/order-request.ts'

type Counted = Pick<ItemRequest, 'pages' | 'design' | 'files'>

/** Pages of content as far as the request tells: said, laid out by a design, or one an image. */
export const contentPagesOf = (item: Counted): number | undefined => item.pages ?? picturedPagesOf(item)

/** Pages that the pictures make, whatever the request says beside. */
export const picturedPagesOf = ({ design, files }: Omit<Counted, 'pages'>): number | undefined =>
  (design && designedPagesOf(design)) ?? files?.images?.length
