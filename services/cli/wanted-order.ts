import { shippingMethods } from '#contracts/order-api/charges.ts'
import { OrderRequest } from '#contracts/order-api/order-request.ts'
import { checkedPages } from './checked-pages.ts'
import type { CommandContext, CommandOption, Given } from './command.ts'
import { filesOf } from './file-roles.ts'
import { usageFault } from './read-arguments.ts'
import { readJson } from './read-json.ts'
import { referenceTo } from './send-file.ts'
import { itemOptions, wantedItem } from './wanted-items.ts'
import { recipientOptions, wantedRecipient } from './wanted-recipient.ts'

export const orderOptions: Readonly<Record<string, CommandOption>> = {
  ...itemOptions,
  title: { value: 'TEXT', text: 'printed on a cover that is made' },
  cover: { value: 'FILE', text: 'your own cover' },
  ...recipientOptions,
  shipping: { value: 'METHOD', text: `${shippingMethods.join(' or ')}; standard without` },
  reference: { value: 'TEXT', text: 'your own order number' },
  body: { value: 'FILE', text: 'the whole order as JSON, as the API takes it; - is stdin' },
}

/** The order that is asked for; its files are uploaded on the way, once everything else is known to be right. */
export async function wantedOrder(context: CommandContext): Promise<OrderRequest> {
  const { given } = context
  const draft = given.has('draft') ? { draft: true } : {}
  const body = given.text('body')
  if (body !== undefined) return { ...(await readJson(body, 'order', OrderRequest)), ...draft }
  if (given.words.length === 0) {
    throw usageFault('No file is named.', 'Name files, or give the whole order with --body order.json.', 'order')
  }
  const item = wantedItem(given, 'order')
  const shipping_method = shippingOf(given)
  const recipient = await wantedRecipient(given)
  const client = await context.client()
  const product = await client.catalogue.get(item.sku, { signal: context.signal })
  const files = await filesOf(product, given.words, given.text('cover'), (name) => referenceTo(context, name))
  // Whoever does not say the pages of a document learns them, and what is wrong with it, before it is ordered.
  const pages = item.pages ?? (files.interior === undefined ? undefined : await checkedPages(context, item.sku, files))
  const [title, reference] = [given.text('title'), given.text('reference')]
  return {
    ...(reference === undefined ? {} : { reference }),
    recipient,
    shipping_method,
    items: [{ ...item, ...(pages === undefined ? {} : { pages }), ...(title === undefined ? {} : { title }), files }],
    ...draft,
  }
}

/** Standard where nothing is said; throws CommandFault (64). */
export function shippingOf(given: Given, command = 'order'): OrderRequest['shipping_method'] {
  const text = given.text('shipping') ?? 'standard'
  const found = shippingMethods.find((method) => method === text)
  if (found) return found
  throw usageFault(`--shipping is ${JSON.stringify(text)}.`, `It is ${shippingMethods.join(' or ')}.`, command)
}
