import type { Quote as PublicQuote } from '#contracts/order-api/quote.ts'
import { Quote, QuoteRequest } from '#contracts/order-api/quote.ts'
import { parse } from '#contracts/parse.ts'
import { placeTaxOf } from '#pricing/place-tax.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { PricedPart } from '#pricing/price-order.ts'
import { type Quoted, quote } from '#pricing/quote.ts'
import { quoteIdOf } from '#pricing/quote-token.ts'
import { quotedItemOf, quoteHours } from '#pricing/quoted-charges.ts'
import { unacceptable } from '#pricing/refusals.ts'
import type { Principal } from '../auth/principal.ts'
import { checkQuoteRequest } from '../quotes/check-quote-request.ts'
import { readPriceData } from '../quotes/read-price-data.ts'
import { partOfQuote } from '../quotes/requested-part.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes, ApiContext } from './context.ts'
import { responses } from './responses.ts'

/** POST /v1/quotes: what an order would cost, signed. Nothing is stored, and the database is not asked once the data are known. */
export const addQuoteRoute: AddRoutes = (app, context) => {
  app.post('/v1/quotes', {
    config: needs('quotes:write'),
    schema: {
      tags: ['Quotes'],
      summary: 'What an order would cost, by each shipping method',
      description:
        'Prices, tax, shipping with its delivery window, duty terms and parcels. Send `id` as `quote_id` of the order within 24 hours, and it is charged exactly that.',
      body: QuoteRequest,
      response: responses(201, Quote, 'The quote', 400, 401, 403, 422),
    },
    handler: async (request, reply) => {
      const caller = callerOf(request)
      const body = parse('quote', QuoteRequest, request.body)
      const issues = checkQuoteRequest(body)
      if (issues.length > 0) throw unacceptable(issues)
      const data = await readPriceData(context, caller.terms)
      const part = partOfQuote(body, body.currency ?? caller.terms.currency)
      return reply.code(201).send(signedQuote(context, caller, part, data))
    },
  })
}

/** A quote as it is answered. Pure but for its signature. */
export function signedQuote(
  { keyring }: Pick<ApiContext, 'keyring'>,
  caller: Pick<Principal, 'accountId' | 'isTest'>,
  part: PricedPart,
  data: PriceData,
): PublicQuote {
  const quoted = quote(part, data)
  const expiresAt = new Date(data.now.getTime() + quoteHours * 3600 * 1000).toISOString()
  const { jurisdiction } = placeTaxOf(part.destination, data.taxes, '/recipient')
  const id = quoteIdOf(keyring, {
    version: 1,
    accountId: caller.accountId,
    isTest: caller.isTest,
    expiresAt,
    currency: part.currency,
    country: part.destination.country,
    jurisdiction,
    items: part.items.map(quotedItemOf),
    options: [...quoted.options],
  })
  return {
    id,
    object: 'quote',
    is_test: caller.isTest,
    expires_at: expiresAt,
    currency: part.currency,
    ...shown(quoted),
  }
}

const shown = ({ facilities, options, unavailable }: Quoted) => ({
  is_split: facilities.length > 1,
  facilities: facilities.map(({ facility, items }) => ({
    facility_id: facility.id,
    country: facility.country,
    city: facility.city,
    items: [...items],
  })),
  shipping_options: options.map(({ method, charges }) => ({ shipping_method: method, charges })),
  unavailable: unavailable.map(({ method, detail }) => ({ shipping_method: method, detail })),
})
