import type { Finding } from '#contracts/findings.ts'
import { printedPagesOf } from '#contracts/geometry/geometry.ts'
import type { Item, Order } from './order.ts'

/** The finding that a file has other pages than were ordered; undefined when it has as many, or nothing was said or charged of pages. */
export function pageCountFinding(order: Order, itemId: string, pages: number): Finding | undefined {
  const item = order.items.find(({ id }) => id === itemId)
  const wanted = item && orderedPrintedPages(order, item)
  if (!item || wanted === undefined) return undefined
  const found = printedPagesOf(item.product, pages)
  if (found === wanted) return undefined
  const ordered = item.orderedPages ?? wanted
  return {
    code: 'PAGE_COUNT_DIFFERS',
    severity: 'reject',
    found: `${pages} pages, printed as ${found}`,
    wanted: `${ordered} pages, printed as ${wanted}, as ordered and charged`,
    why: 'The price was made for that many pages; what is charged is what is printed.',
    action: `Send a file of ${ordered} pages, or place an order with "pages": ${pages}.`,
  }
}

/** Printed pages that an item was ordered with: as it was said, or as pages were charged; undefined where the price knows no pages. */
export function orderedPrintedPages({ items, charges }: Order, item: Item): number | undefined {
  if (item.orderedPages !== undefined) return printedPagesOf(item.product, item.orderedPages)
  const line = charges?.lines.find(({ item: place }) => items[place] === item)
  return line && line.unit.pages !== 0 ? line.printed_pages : undefined
}
