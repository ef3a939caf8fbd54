import { randomUUID } from 'node:crypto'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import { pageRangeOf } from '#contracts/geometry/geometry.ts'
import type { Order } from '#contracts/order-api/order.ts'
import type { ItemFiles, ItemRequest } from '#contracts/order-api/order-request.ts'
import type { Recipient } from '#contracts/order-api/recipient.ts'
import { isPricedByPages } from '#contracts/prices/priced-by-pages.ts'
import type { Api } from './api.ts'
import { factsOf } from './file-facts.ts'
import type { PlannedItem, PlannedOrder } from './planned-order.ts'
import { uploadFile } from './upload.ts'

const uploadsAtOnce = 4

/** Uploads what the order is made of and places it; `uploaded` hears the share that is done, 0 to 1. */
export async function placeOrder(
  api: Api,
  planned: PlannedOrder,
  recipient: Recipient,
  uploaded: (share: number) => void,
): Promise<Order> {
  const paths = [...new Set(planned.items.flatMap(({ files }) => files.map(({ path }) => path)))]
  const ids = new Map<string, string>()
  const waiting = [...paths]
  const work = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      ids.set(path, await uploadFile(api, path))
      uploaded(ids.size / paths.length)
    }
  }
  await Promise.all(Array.from({ length: uploadsAtOnce }, work))
  const items = await Promise.all(planned.items.map((item) => requestOf(item, ids)))
  return api.placeOrder({ recipient, shipping_method: 'standard', items }, randomUUID())
}

async function requestOf({ sku, title, files }: PlannedItem, ids: ReadonlyMap<string, string>): Promise<ItemRequest> {
  const roles: ItemFiles = {}
  for (const { role, path } of files) {
    const id = ids.get(path) ?? ''
    if (role === 'images') roles.images = [...(roles.images ?? []), id]
    else roles[role] = id
  }
  const pages = await pagesOf(sku, files)
  return {
    ...{ sku, quantity: 1, files: roles },
    ...(title === undefined ? {} : { title }),
    ...(pages === undefined ? {} : { pages }),
  }
}

/** The pages that the price is made of, where a PDF has them. Of one that cannot be read here the platform says what is wrong with it. */
async function pagesOf(sku: string, files: PlannedItem['files']): Promise<number | undefined> {
  const product = productOf(sku)
  const interior = files.find(({ role }) => role === 'interior')
  if (!product || !interior || !isPricedByPages(product)) return undefined
  const facts = await factsOf(interior.path)
  const { minimum, maximum } = pageRangeOf(product)
  return facts.kind === 'pdf' ? Math.min(maximum, Math.max(minimum, facts.pages)) : minimum
}
