import { randomUUID } from 'node:crypto'
import type { ItemFiles, ItemRequest, Order } from '#contracts/order-api/order.ts'
import type { Recipient } from '#contracts/order-api/recipient.ts'
import type { Api } from './api.ts'
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
  const items = planned.items.map((item) => requestOf(item, ids))
  return api.placeOrder({ recipient, shipping_method: 'standard', items }, randomUUID())
}

function requestOf({ sku, title, files }: PlannedItem, ids: ReadonlyMap<string, string>): ItemRequest {
  const roles: ItemFiles = {}
  for (const { role, path } of files) {
    const id = ids.get(path) ?? ''
    if (role === 'images') roles.images = [...(roles.images ?? []), id]
    else roles[role] = id
  }
  return { sku, quantity: 1, ...(title === undefined ? {} : { title }), files: roles }
}
