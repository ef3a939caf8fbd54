import type { ItemFiles } from '#contracts/order-api/order-request.ts'
import type { Issue } from '#contracts/parse.ts'
import { itemIssues, sizeIssues } from './check-request.ts'
import type { Item, Order } from './order.ts'
import { pageCountFinding } from './page-count.ts'

/** Every fault of files that come after their order: what is looked at when an order is placed, and the pages that it was placed with. */
export function checkFiles(order: Order, item: Item, files: ItemFiles): Issue[] {
  const { product, quantity, design } = item
  const others = order.items.filter((each) => each !== item)
  const request = { sku: product.sku, quantity, files, ...(design === undefined ? {} : { design }) }
  return [
    ...itemIssues(request, '', () => product).map(belowTheFiles),
    ...sizeIssues({ items: [...others, request] }).map(({ detail }) => ({ pointer: '', detail })),
    ...pageIssues(order, item, files),
  ]
}

/** The body is the files alone; the design was sent before and is named in words. */
function belowTheFiles({ pointer, detail }: Issue): Issue {
  if (pointer.startsWith('/files')) return { pointer: pointer.slice('/files'.length), detail }
  return { pointer: '', detail: `with the item’s own ${pointer.slice(1)}: ${detail}` }
}

/** One image makes one page, where no design says otherwise. */
function pageIssues(order: Order, item: Item, { images }: ItemFiles): Issue[] {
  if (!images || item.design?.pages) return []
  const finding = pageCountFinding(order, item.id, images.length)
  if (!finding) return []
  return [{ pointer: '/images', detail: `must make ${finding.wanted}; found ${finding.found}` }]
}
