import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { triesOf } from '#contracts/catalogue/tries-of.ts'
import { productAt } from '#contracts/facility.ts'
import type { PreflightTicket } from '#contracts/messages/preflight-ticket.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import type { PreflightRequest } from '#contracts/order-api/preflight.ts'
import type { Issue } from '#contracts/parse.ts'
import type { PriceData } from '#pricing/price-data.ts'
import { routeOrder } from '#pricing/routing/route-order.ts'
import type { Principal } from '../auth/principal.ts'
import type { MakeId } from '../orders/make-id.ts'
import { sourcesOf } from '../orders/sources.ts'

export type MadeAt = { readonly product?: Product; readonly facilityId?: string }

/**
 * The product that is asked about, as the facility makes it to which an order to this country would go; without a country as it stands
 * in the catalogue. Issues where nobody makes it. The request was checked before.
 */
export function madeAt(
  { sku, country }: PreflightRequest,
  currency: CurrencyCode,
  data: PriceData | undefined,
): MadeAt | readonly Issue[] {
  const product = sku === undefined ? undefined : productOf(sku)
  if (!product) return {}
  if (country === undefined || !data) return { product }
  const part = { items: [{ sku: product.sku, quantity: 1 }], destination: { country }, currency }
  const facility = routeOrder(part, 'standard', data).facilityOf.get(product.sku)
  const own = facility && productAt(facility, product)
  if (facility && own) return { product: own, facilityId: facility.id }
  const detail = `no open facility makes ${product.sku} at the moment; choose another product, or leave out the country`
  return [{ pointer: '/sku', detail }]
}

/** The ticket that asks a processor what would become of the files; self-contained, and without a word about any person. */
export function preflightTicketOf(
  request: PreflightRequest,
  { accountId, isTest }: Pick<Principal, 'accountId' | 'isTest'>,
  { product }: MadeAt,
  { now, makeId }: { readonly now: Date; readonly makeId: MakeId },
): PreflightTicket {
  const { title, design, files, options = {} } = request
  const preflightId = makeId('preflight')
  const defaults = Object.entries(product?.options ?? {}).map(([name, option]) => [name, option.default] as const)
  return {
    type: 'preflight',
    ticketId: makeId('ticket'),
    preflightId,
    accountId,
    isTest,
    issuedAt: now.toISOString(),
    ...(product === undefined ? {} : { product }),
    ...(title === undefined ? {} : { title }),
    options: { ...Object.fromEntries(defaults), ...options },
    ...(design === undefined ? {} : { design }),
    sources: sourcesOf(accountId, files),
    tries: triesOf(Object.keys(files)),
    outputPrefix: `preflights/${accountId}/${preflightId}/`,
  }
}
