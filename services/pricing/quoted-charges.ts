import { type Issue, Refused } from '#chassis/errors.ts'
import type { Keyring } from '#chassis/keyring.ts'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Charges, ShippingMethod } from '#contracts/order-api/charges.ts'
import { isPricedByPages } from '#contracts/prices/priced-by-pages.ts'
import { placeTaxOf } from './place-tax.ts'
import type { PriceData } from './price-data.ts'
import type { PricedItem, PricedPart } from './price-order.ts'
import { type QuoteContent, readQuoteId } from './quote-token.ts'

/** How long a quote is good. */
export const quoteHours = 24

/** Whose quote: an account's, in its live or its test world. */
export type QuoteOwner = { readonly accountId: string; readonly isTest: boolean }

export type QuotedOrder = {
  readonly quoteId: string
  readonly owner: QuoteOwner
  readonly part: PricedPart
  readonly method: ShippingMethod
}

/**
 * What was quoted, for an order that is exactly that. Throws Refused: `quote_invalid` for what is not ours or not theirs, `quote_expired`,
 * `quote_mismatch` with every field that differs.
 */
export function quotedCharges(order: QuotedOrder, data: PriceData, keyring: Keyring): Charges {
  const content = ownQuote(order, keyring)
  if (content.expiresAt <= data.now.toISOString()) {
    throw new Refused('quote_expired', `This quote ended at ${content.expiresAt}; ask for a new one.`)
  }
  const { jurisdiction } = placeTaxOf(order.part.destination, data.taxes, addressPointer)
  const option = content.options.find(({ method }) => method === order.method)
  const issues = [
    ...placeIssues(content, order.part, jurisdiction),
    ...(option
      ? []
      : [differs('/shipping_method', content.options.map(({ method }) => method).join(', '), order.method)]),
    ...itemIssues(content.items, order.part.items.map(quotedItemOf)),
  ]
  if (issues.length === 0 && option) return option.charges
  throw new Refused(
    'quote_mismatch',
    'The order is not what was quoted; ask for a quote of what is to be ordered.',
    issues,
  )
}

/** An item as quotes know it: every option with its value, pages only where they have a price. */
export function quotedItemOf({ sku, quantity, pages, options = {} }: PricedItem): QuoteContent['items'][number] {
  const product = productOf(sku)
  const usual = Object.entries(product?.options ?? {}).map(([name, option]) => [name, option.default])
  const isCounted = pages !== undefined && product !== undefined && isPricedByPages(product)
  return { sku, quantity, ...(isCounted ? { pages } : {}), options: { ...Object.fromEntries(usual), ...options } }
}

const addressPointer = '/recipient/address'

/** Somebody else's quote, and one of the other world, look like one that was never made. */
function ownQuote({ quoteId, owner }: QuotedOrder, keyring: Keyring): QuoteContent {
  const content = readQuoteId(keyring, quoteId)
  if (content && content.accountId === owner.accountId && content.isTest === owner.isTest) return content
  const detail = 'must be the whole id of a quote that was made for this account, in this world (test or live)'
  throw new Refused('quote_invalid', 'This is no quote of yours; send its id unchanged, or ask for a new one.', [
    { pointer: '/quote_id', detail },
  ])
}

function placeIssues(content: QuoteContent, { destination }: PricedPart, jurisdiction: string): Issue[] {
  if (content.country !== destination.country) {
    return [differs(`${addressPointer}/country`, content.country, destination.country)]
  }
  if (content.jurisdiction === jurisdiction) return []
  return [differs(`${addressPointer}/state`, content.jurisdiction, jurisdiction)]
}

function itemIssues(quoted: QuoteContent['items'], ordered: QuoteContent['items']): Issue[] {
  if (quoted.length !== ordered.length) {
    return [differs('/items', `${quoted.length} items`, `${ordered.length}`)]
  }
  return quoted.flatMap((item, index) => {
    const found = ordered[index] ?? item
    const names = [...new Set([...Object.keys(item.options), ...Object.keys(found.options)])]
    return [
      ...(['sku', 'quantity', 'pages'] as const)
        .filter((field) => item[field] !== found[field])
        .map((field) => differs(`/items/${index}/${field}`, item[field], found[field])),
      ...names
        .filter((name) => item.options[name] !== found.options[name])
        .map((name) => differs(`/items/${index}/options/${name}`, item.options[name], found.options[name])),
    ]
  })
}

type Value = string | number | undefined

const differs = (pointer: string, quoted: Value, found: Value): Issue => ({
  pointer,
  detail: `was quoted as ${quoted ?? 'nothing'}; found ${found ?? 'nothing'}`,
})
