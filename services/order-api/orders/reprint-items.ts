import { type Issue, Refused } from '#chassis/errors.ts'
import { type ItemState, itemStates } from '#contracts/item-states.ts'
import type { ReprintRequest } from '#contracts/order-api/reprint.ts'
import { wantAllowed } from './allowed.ts'
import type { Item, Order } from './order.ts'
import { sentCopies } from './sent-copies.ts'

/** An item of the original of which copies are printed again. */
export type WantedItem = { readonly item: Item; readonly place: number; readonly quantity: number }

/** So that the original's row stays far below the Data API's 64 KiB. */
const mostLinks = 100

/**
 * What of an order is to be printed again. Throws Refused: `invalid_request` for items and quantities that are not the order's,
 * `action_not_allowed` for what was not printed, or was replaced for free before. `earlier`: the reprints that the order has.
 */
export function wantedItems(
  original: Order,
  request: ReprintRequest,
  earlier: readonly Order[],
): readonly WantedItem[] {
  wantAllowed(original, 'reprint')
  const issues = request.items.flatMap((_, place) => itemIssues(original, request, place))
  if (issues.length > 0) {
    throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', issues)
  }
  const links = (original.reprints ?? []).reduce((sum, { items }) => sum + items.length, 0)
  if (links + request.items.length > mostLinks) {
    throw new Refused('action_not_allowed', `At most ${mostLinks} items of an order are reprinted; place a new order.`)
  }
  return request.items.flatMap(({ item_id, quantity }) => {
    const place = original.items.findIndex(({ id }) => id === item_id)
    const item = original.items[place]
    if (!item) return []
    const wanted = { item, place, quantity: quantity ?? item.quantity }
    wantPrinted(item)
    if (request.fault !== 'publisher') wantLeftToReplace(original, wanted, earlier)
    return [wanted]
  })
}

function itemIssues(original: Order, { items }: ReprintRequest, place: number): Issue[] {
  const { item_id, quantity } = items[place] ?? { item_id: '' }
  const pointer = `/items/${place}`
  const item = original.items.find(({ id }) => id === item_id)
  if (!item) return [{ pointer: `${pointer}/item_id`, detail: `order ${original.id} has no item ${item_id}` }]
  if (items.findIndex((each) => each.item_id === item_id) < place) {
    return [{ pointer: `${pointer}/item_id`, detail: `item ${item_id} is already listed; give each item once` }]
  }
  if (quantity === undefined || quantity <= item.quantity) return []
  const detail = `must be 1 to ${item.quantity}, as many as were ordered; found ${quantity}`
  return [{ pointer: `${pointer}/quantity`, detail }]
}

const rank = (state: ItemState): number => itemStates.indexOf(state)

function wantPrinted({ id, status, keptCopies = 0 }: Item): void {
  if (status === 'failed' ? keptCopies > 0 : rank(status) >= rank('printing')) return
  const words =
    status === 'failed' ? 'its price was given back, so place a new order' : 'it can be reprinted once it was printed'
  throw new Refused('action_not_allowed', `Item ${id} is ${status}: ${words}.`)
}

/** Each copy is replaced for free once, its replacement not at all: whose fault it was is said by those who gain by it. */
function wantLeftToReplace(original: Order, { item, quantity }: WantedItem, earlier: readonly Order[]): void {
  if (original.reprintOf !== undefined && original.reprintOf.fault !== 'publisher') {
    const words = `Order ${original.id} is itself a free replacement. Ask the operator, or reprint at your own cost.`
    throw new Refused('action_not_allowed', words)
  }
  if (item.cancel?.state === 'asked' && rank(item.status) < rank('shipped')) {
    const words = `Its facility was asked not to make item ${item.id}, and it may be paid back: wait for the answer.`
    throw new Refused('action_not_allowed', words)
  }
  const replaced = (original.reprints ?? [])
    .filter(({ fault }) => fault !== 'publisher')
    .reduce((sum, { orderId, items }) => {
      const place = items.findIndex(({ itemId }) => itemId === item.id)
      const reprint = earlier.find(({ id }) => id === orderId)
      return place < 0 ? sum : sum + copiesOf(reprint, place, items[place]?.quantity ?? 0)
    }, 0)
  const paid = item.status === 'failed' ? sentCopies(original, item) + (item.keptCopies ?? 0) : item.quantity
  if (replaced + quantity <= paid) return
  throw new Refused(
    'action_not_allowed',
    `Of ${paid} copies of item ${item.id}, ${replaced} were replaced for free; ${quantity} more cannot be. Ask the operator, or reprint at your own cost.`,
  )
}

/** What was cancelled or failed was not replaced, but for copies that had left. A reprint's items stand in the order of its link. */
function copiesOf(reprint: Order | undefined, place: number, quantity: number): number {
  const item = reprint?.items[place]
  if (!reprint || !item) return quantity
  const isClosed = reprint.stage === 'cancelled' || reprint.stage === 'rejected'
  return isClosed || item.status === 'failed' ? sentCopies(reprint, item) : quantity
}
