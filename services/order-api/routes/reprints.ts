import { Type } from 'typebox'
import { Refused, Transient } from '#chassis/errors.ts'
import { Order } from '#contracts/order-api/order.ts'
import { ReprintRequest } from '#contracts/order-api/reprint.ts'
import { parse } from '#contracts/parse.ts'
import { windowOf } from '#pricing/window-of.ts'
import type { Principal } from '../auth/principal.ts'
import { makeIdsOfRequest } from '../orders/derived-ids.ts'
import type { Order as OwnOrder } from '../orders/order.ts'
import { type ReprintedOrder, reprintOrder } from '../orders/reprint.ts'
import { fileIdsOf } from '../orders/sources.ts'
import { mostTries, stepAside } from '../orders/step-aside.ts'
import { chargesFor } from '../quotes/charges-for.ts'
import { pricedPartOf } from '../quotes/priced-part-of.ts'
import { readPriceData } from '../quotes/read-price-data.ts'
import { fingerprintOf } from '../store/idempotency.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes, ApiContext } from './context.ts'
import { type Answer, IdempotencyHeaders, idempotencyKey, replay, sendAnswer } from './idempotent.ts'
import { responses } from './responses.ts'
import { takeOrder } from './take-order.ts'
import { wantedOrder } from './wanted-order.ts'

const IdPath = Type.Object({ id: Type.String({ maxLength: 60 }) })

/** POST /v1/orders/:id/reprints: what was printed, once more. */
export const addReprintRoutes: AddRoutes = (app, context) => {
  app.post('/v1/orders/:id/reprints', {
    config: needs('orders:write'),
    schema: {
      tags: ['Orders'],
      summary: 'Print items of an order again',
      description:
        'Makes a new order with the same recipient, product and files. Nothing is charged where the facility or the platform is at fault. Safe to retry with the same Idempotency-Key.',
      params: IdPath,
      headers: IdempotencyHeaders,
      body: ReprintRequest,
      response: responses(201, Order, 'The new order', 400, 401, 402, 403, 404, 409, 410, 422),
    },
    handler: async (request, reply) => {
      const { id } = parse('path', IdPath, request.params)
      const key = idempotencyKey(request.headers['idempotency-key'])
      const wish = parse('reprint', ReprintRequest, request.body)
      return sendAnswer(reply, await reprint(context, callerOf(request), { id, key, wish }))
    },
  })
}

type Asked = { readonly id: string; readonly key: string; readonly wish: ReprintRequest }

/** Decided on the original as it is read, and written onto that version of it; decided again when it was changed meanwhile. */
async function reprint(context: ApiContext, principal: Principal, { id, key, wish }: Asked): Promise<Answer> {
  const requestSha256 = fingerprintOf({ reprintOf: id, ...wish })
  const before = () => replay(context, principal, key, requestSha256)
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    // First: what was reprinted may not be reprinted again, and a retry asks for no second one.
    const kept = await before()
    if (kept) return kept
    const original = await wantedOrder(context.changer.orders, principal, id)
    const decided = await decide(context, principal, original, { wish, key }).catch(async (refusal: unknown) => {
      // Its twin may have come first, and may be why it is refused.
      const keptNow = refusal instanceof Refused ? await before() : undefined
      if (keptNow) return keptNow
      throw refusal
    })
    if ('body' in decided) return decided
    const fileIds = fileIdsOfAll(decided)
    const taken = await takeOrder(context, principal, { ...decided, fileIds, key, requestSha256 })
    if (taken.outcome === 'taken') return taken.answer
    if (taken.missing.length > 0) throw filesGone(taken.missing)
    await stepAside(attempt)
  }
  throw new Transient(`Order ${id} is being changed by others`)
}

const filesGone = (missing: readonly string[]): Refused =>
  new Refused(
    'files_expired',
    `The print files are gone, and so are the uploaded files ${missing.join(', ')}; place a new order with them.`,
  )

async function decide(
  context: ApiContext,
  principal: Principal,
  original: OwnOrder,
  { wish: request, key }: Pick<Asked, 'wish' | 'key'>,
): Promise<ReprintedOrder> {
  const { accountId, isTest, terms } = principal
  const owner = { accountId, isTest }
  const data = await readPriceData(context, terms)
  const currency = original.charges?.currency ?? terms.currency
  const route = { country: original.recipient.address.country, method: original.shippingMethod, currency }
  return reprintOrder({
    original,
    earlier: await earlierReprints(context, owner, original),
    request,
    terms,
    data,
    madeItemIds: await madeItems(context, original, request),
    price: (order) =>
      chargesFor({ owner, part: pricedPartOf(order, currency), method: order.shippingMethod }, data, context.keyring),
    windowOf: (facilityId, skus) => windowOf(facilityId, { ...route, skus }, data),
    now: data.now,
    makeId: makeIdsOfRequest(data.now, { ...owner, key }),
  })
}

/** Those that were free: only they are counted. Asked for together they travel together. */
async function earlierReprints(
  { changer }: ApiContext,
  owner: Parameters<typeof wantedOrder>[1],
  { reprints = [] }: OwnOrder,
) {
  const free = reprints.filter(({ fault }) => fault !== 'publisher')
  const found = await Promise.all(free.map(({ orderId }) => changer.orders.find(owner, orderId)))
  return found.filter((order) => order !== undefined)
}

/** The wanted items whose print files are all still stored. */
async function madeItems(
  { uploads, printFilesBucket }: ApiContext,
  { items, filesGoneAt }: OwnOrder,
  request: ReprintRequest,
) {
  const wanted = items.filter(({ id }) => request.items.some(({ item_id }) => item_id === id))
  const made = new Set<string>()
  // What is said to be gone may still be there for an hour or a day.
  if (filesGoneAt !== undefined) return made
  for (const { id, printFiles } of wanted) {
    const there = await Promise.all(printFiles.map(({ key }) => uploads.isThere(printFilesBucket, key)))
    if (there.every(Boolean)) made.add(id)
  }
  return made
}

/** What must be fetched again must be the account's own. */
const fileIdsOfAll = ({ placed }: ReprintedOrder): readonly string[] =>
  placed.order.items
    .filter(({ status }) => status === 'pending')
    .flatMap(({ files = {} }) => fileIdsOf(files).map(({ id }) => id))
