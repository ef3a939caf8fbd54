import { Refused } from '#chassis/errors.ts'
import type { Keyring } from '#chassis/keyring.ts'
import type { Charges } from '#contracts/order-api/charges.ts'
import { Order } from '#contracts/order-api/order.ts'
import { OrderRequest } from '#contracts/order-api/order-request.ts'
import { parse } from '#contracts/parse.ts'
import type { PriceData } from '#pricing/price-data.ts'
import { unacceptable } from '#pricing/refusals.ts'
import { isCheckout } from '../auth/is-checkout.ts'
import type { Principal } from '../auth/principal.ts'
import { whyMissing } from '../files/why-missing.ts'
import { makeIdsOfRequest } from '../orders/derived-ids.ts'
import { type Placed, placeOrder } from '../orders/place-order.ts'
import { paidIssues, saleIssues } from '../orders/sale.ts'
import { fileIdsOf } from '../orders/sources.ts'
import { withContents } from '../orders/with-contents.ts'
import { chargesFor } from '../quotes/charges-for.ts'
import { readPriceData } from '../quotes/read-price-data.ts'
import { partOfOrder } from '../quotes/requested-part.ts'
import { fingerprintOf } from '../store/idempotency.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes, ApiContext } from './context.ts'
import { type Answer, IdempotencyHeaders, idempotencyKey, replay, sendAnswer } from './idempotent.ts'
import { responses } from './responses.ts'
import { takeOrder } from './take-order.ts'

/** POST /v1/orders: one order a key, for ever. */
export const addPlaceOrderRoute: AddRoutes = (app, context) => {
  app.post('/v1/orders', {
    config: needs('orders:write'),
    schema: {
      tags: ['Orders'],
      summary: 'Place an order',
      headers: IdempotencyHeaders,
      body: OrderRequest,
      response: responses(201, Order, 'The order was taken', 400, 401, 402, 403, 409, 422),
    },
    handler: async (request, reply) => {
      const principal = callerOf(request)
      const key = idempotencyKey(request.headers['idempotency-key'])
      const answer = await place(context, principal, key, parse('order', OrderRequest, request.body))
      return sendAnswer(reply, answer)
    },
  })
}

async function place(context: ApiContext, principal: Principal, key: string, request: OrderRequest): Promise<Answer> {
  const now = context.now()
  const { accountId, isTest, terms } = principal
  wantSeller(request, principal)
  const requestSha256 = fingerprintOf(request)
  const data = { ...(await readPriceData(context, terms)), now }
  const found = await withContents(context.database, principal, request)
  const result = attempt(() => {
    const issues = [...saleIssues(request, key, now), ...('issues' in found ? found.issues : [])]
    if (issues.length > 0 || 'issues' in found) return { issues }
    const price = () => priceOf(found.request, principal, data, context.keyring)
    const makeId = makeIdsOfRequest(now, { accountId, isTest, key })
    return placeOrder({ ...found, accountId, isTest, terms, price, data, now, makeId })
  })
  if ('refusal' in result) {
    // What was taken once stays taken, also when no facility is open at the time of the retry, or the quote is over.
    const kept = await replay(context, principal, key, requestSha256)
    if (kept) return kept
    throw result.refusal
  }
  const fileIds = request.items.flatMap(({ files = {} }) => fileIdsOf(files).map(({ id }) => id))
  const taken = await takeOrder(context, principal, { placed: result.placed, fileIds, key, requestSha256 })
  if (taken.outcome === 'taken') return taken.answer
  throw unacceptable(await whyMissing(context.database, accountId, missing(request, taken.missing)))
}

/** Nobody else says that something was paid. */
function wantSeller({ sale }: OrderRequest, principal: Principal): void {
  if (!sale || isCheckout(principal)) return
  const detail = 'is for the platform’s own checkout (scope checkout:act); leave it out'
  throw new Refused('insufficient_scope', `The field sale ${detail}.`, [{ pointer: '/sale', detail }])
}

/** A sale is held against the time of its payment: it may be placed long after that. */
function priceOf(request: OrderRequest, owner: Principal, data: PriceData, keyring: Keyring): Charges | undefined {
  const { sale, quote_id: quoteId, shipping_method: method } = request
  const part = partOfOrder(request, owner.terms.currency)
  const then = sale ? { ...data, now: new Date(sale.paid_at) } : data
  const charges = chargesFor({ owner, part, method, quoteId }, then, keyring)
  const issues = sale && charges ? paidIssues(sale, charges) : []
  if (issues.length > 0) throw unacceptable(issues)
  return charges
}

/** What was placed, or why not. */
function attempt(
  place: () => ReturnType<typeof placeOrder>,
): { readonly placed: Placed } | { readonly refusal: Refused } {
  try {
    const result = place()
    return 'issues' in result ? { refusal: unacceptable(result.issues) } : result
  } catch (error) {
    if (error instanceof Refused) return { refusal: error }
    throw error
  }
}

function missing(request: OrderRequest, ids: readonly string[]) {
  return request.items.flatMap(({ files = {} }, index) =>
    fileIdsOf(files)
      .filter(({ id }) => ids.includes(id))
      .map(({ id, pointer }) => ({ id, pointer: `/items/${index}/files${pointer}` })),
  )
}
