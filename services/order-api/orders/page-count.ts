import type { Finding } from '#contracts/findings.ts'
import { printedPagesOf } from '#contracts/geometry/geometry.ts'
import type { Order } from './order.ts'

/**
 * The finding that a file makes another number of printed pages than was ordered; undefined when it makes as many, or when nothing was
 * said of pages. Where pages have a price they are always said.
 */
export function pageCountFinding(order: Order, itemId: string, pages: number): Finding | undefined {
  const item = order.items.find(({ id }) => id === itemId)
  const ordered = item?.orderedPages
  if (!item || ordered === undefined) return undefined
  const [wanted, found] = [ordered, pages].map((each) => printedPagesOf(item.product, each))
  if (found === wanted) return undefined
  return {
    code: 'PAGE_COUNT_DIFFERS',
    severity: 'reject',
    found: `${pages} pages, printed as ${found}`,
    wanted: `${ordered} pages, printed as ${wanted}, as ordered and charged`,
    why: 'The price was made for that many pages; what is charged is what is printed.',
    action: `Send a file of ${ordered} pages, or place an order with "pages": ${pages}.`,
  }
}
