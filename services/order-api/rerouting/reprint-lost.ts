import { Refused, Transient } from '#chassis/errors.ts'
import type { ReprintRequest } from '#contracts/order-api/reprint.ts'
import { windowOf } from '#pricing/window-of.ts'
import type { OrderChanger } from '../orders/change-order.ts'
import { makeIdsOfRequest } from '../orders/derived-ids.ts'
import type { Item, Order, Shipment } from '../orders/order.ts'
import { presentOrder } from '../orders/present-order.ts'
import { reprintOrder } from '../orders/reprint.ts'
import { fileIdsOf } from '../orders/sources.ts'
import { mostTries, stepAside } from '../orders/step-aside.ts'
import { fingerprintOf, keptAnswer } from '../store/idempotency.ts'
import { insertOrder } from '../store/insert-order.ts'
import { factsOf, type Rerouting } from './rerouting.ts'
import { settleLoss } from './settle-loss.ts'

export type LostReprints = {
  readonly changer: OrderChanger
  readonly rerouting: Rerouting
  /** Whether a print file is still stored. */
  readonly isStored: (key: string) => Promise<boolean>
}

/**
 * Prints again, at the platform's cost, what an order's lost parcels held. The key of the new order is the parcel's id, so that each is
 * printed again once, whoever asks and however often. What the rules of reprints refuse, as a second loss of the same copies, is told in
 * the log and left to people. A loss is settled after either: whoever dies before is followed by `sweepLost`.
 */
export async function reprintLost(
  lost: LostReprints,
  { id, accountId, isTest, items, shipments }: Order,
): Promise<void> {
  for (const item of items) {
    for (const { shipmentId, settledAt } of item.lost ?? []) {
      const parcel = settledAt === undefined && shipments.find((each) => each.id === shipmentId)
      if (!parcel) continue
      await reprintOnce(lost, { id, accountId, isTest }, item, parcel)
      await settleLoss(lost.changer, { accountId, id }, item, shipmentId)
    }
  }
}

type Owned = Pick<Order, 'id' | 'accountId' | 'isTest'>

async function reprintOnce(lost: LostReprints, owned: Owned, item: Item, parcel: Shipment): Promise<void> {
  const { changer } = lost
  const key = `lost/${parcel.id}`
  const request: ReprintRequest = {
    items: [{ item_id: item.id, quantity: Math.min(parcel.quantity, item.quantity) }],
    reason: `Parcel ${parcel.trackingNumber} of ${parcel.carrier} was lost in the mail`.slice(0, 500),
    fault: 'platform',
  }
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    if (await keptAnswer(changer.database, owned.accountId, key)) return
    const outcome = await tryReprint(lost, owned, request, key)
    if (outcome !== 'overtaken') return tell(lost, owned, parcel, outcome)
    await stepAside(attempt)
  }
  throw new Transient(`Order ${owned.id} is being changed by others`)
}

type Outcome = Awaited<ReturnType<typeof insertOrder>>['outcome'] | { readonly refused: string }

async function tryReprint(lost: LostReprints, owned: Owned, request: ReprintRequest, key: string): Promise<Outcome> {
  const { changer } = lost
  const decided = await decide(lost, owned, request, key).catch((error: unknown) => {
    if (error instanceof Refused) return { refused: error.message }
    throw error
  })
  if ('refused' in decided) return decided
  const { placed } = decided
  const pending = placed.order.items.filter(({ status }) => status === 'pending')
  const inserted = await insertOrder(changer.database, {
    ...decided.placed,
    reprinted: decided.reprinted,
    fileIds: pending.flatMap(({ files = {} }) => fileIdsOf(files).map(({ id }) => id)),
    idempotency: { key, requestSha256: fingerprintOf({ reprintOf: owned.id, ...request }) },
    answer: { status: 201, body: JSON.stringify(presentOrder(placed.order)) },
    ringAt: new Date(Date.parse(placed.order.createdAt) + changer.patienceSeconds * 1000),
  })
  if (inserted.outcome === 'inserted') await changer.ring(placed.tickets)
  return inserted.outcome
}

async function decide(
  { changer, rerouting, isStored }: LostReprints,
  owned: Owned,
  request: ReprintRequest,
  key: string,
) {
  const owner = { accountId: owned.accountId, isTest: owned.isTest }
  const original = await changer.orders.find(owner, owned.id)
  if (!original) throw new Refused('not_found', `There is no order ${owned.id}.`)
  const { terms, data } = await factsOf(rerouting, owned.id)
  const free = (original.reprints ?? []).filter(({ fault }) => fault !== 'publisher')
  const earlier = await Promise.all(free.map(({ orderId }) => changer.orders.find(owner, orderId)))
  const currency = original.charges?.currency ?? terms.currency
  const route = { country: original.recipient.address.country, method: original.shippingMethod, currency }
  return reprintOrder({
    ...{ original, request, terms, data },
    earlier: earlier.filter((order) => order !== undefined),
    madeItemIds: await madeItems(original, request, isStored),
    price: () => undefined,
    windowOf: (facilityId, skus) => windowOf(facilityId, { ...route, skus }, data),
    now: data.now,
    makeId: makeIdsOfRequest(data.now, { ...owner, key }),
  })
}

/** The items whose print files are all still stored: those of others are made again. */
async function madeItems({ items }: Order, { items: wanted }: ReprintRequest, isStored: LostReprints['isStored']) {
  const made = new Set<string>()
  for (const { id, printFiles } of items.filter((item) => wanted.some(({ item_id }) => item_id === item.id))) {
    const there = await Promise.all(printFiles.map(({ key }) => isStored(key)))
    if (there.every(Boolean)) made.add(id)
  }
  return made
}

function tell(
  { changer: { log } }: LostReprints,
  { id: orderId }: Owned,
  { id: shipmentId }: Shipment,
  outcome: Outcome,
) {
  if (outcome === 'inserted' || outcome === 'key_taken') log.info({ orderId, shipmentId }, 'lost_parcel_reprinted')
  else log.error({ orderId, shipmentId, outcome }, 'lost_parcel_not_reprinted')
}
