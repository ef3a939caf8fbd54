import { type ItemEvent, type ItemState, itemStates, itemTransitions } from '#contracts/item-states.ts'
import type { Decision } from '#contracts/order-states.ts'
import { advance } from './advance.ts'
import { type Change, type Decide, unchanged } from './change.ts'
import { giveBack } from './give-back.ts'
import { keepReplaced } from './keep-replaced.ts'
import type { Item, Order, OrderIssue, Shipment } from './order.ts'
import { settleCancel } from './settle-cancel.ts'

/** Something that happened to one item, with what it brings along. */
export type ItemNews = {
  readonly itemId: string
  readonly event: ItemEvent
  /** Shown in the order's event log. */
  readonly data?: Readonly<Record<string, unknown>>
  /** Facts that the item takes over when the event moves it or is noted. */
  readonly facts?: Partial<Item>
  readonly issues?: readonly OrderIssue[]
  readonly shipment?: Shipment
  /** The process ticket that this is about: the item may have had another file since. */
  readonly ofProcessTicketId?: string
  /** It is about something that is over: recorded, and nothing more. */
  readonly isOvertaken?: boolean
  /** The tickets that this answers. */
  readonly answersTicketIds?: readonly string[]
  /** The ticket that is being worked on. */
  readonly patience?: Change['patience']
}

/** Orders in these stages take no more changes: news is recorded and nothing else. */
const closed = ['cancelled', 'rejected'] as const

type ItemDecision = Decision<ItemState>

/** Applies news to an order by the transition table; late or impossible news is recorded and changes nothing. */
export function applyItemEvent(news: ItemNews): Decide {
  return (order, context) => {
    const decision = decideOn(order, news)
    const recorded = record(order, news, decision, context.makeId('event'))
    if (!isState(decision) && decision !== 'noted') return recorded
    const change = { ...recorded, ...taken(order, news, decision) }
    if (decision === 'noted') return settleCancel(change, context)
    const paid = decision === 'failed' ? priceBack(change, news, context) : change
    return settleCancel(advance(paid, context), context)
  }
}

/** A failed item costs nothing, unless the publisher is to send another file for it, or has its copies from elsewhere. */
function priceBack(change: Change, { itemId }: ItemNews, { makeId }: Parameters<Decide>[1]): Change {
  const { onRejectedFiles, stage } = change.order
  const isWaitedFor = onRejectedFiles === 'wait' && (stage === 'preflight' || stage === 'awaiting_files')
  return isWaitedFor ? change : giveBack(keepReplaced(change, itemId), [itemId], makeId)
}

function decideOn(order: Order, news: ItemNews): ItemDecision {
  const item = order.items.find(({ id }) => id === news.itemId)
  if (!item) return 'impossible'
  if (closed.some((stage) => stage === order.stage)) return 'late'
  if (news.ofProcessTicketId !== undefined && news.ofProcessTicketId !== item.processTicketId) return 'late'
  if (news.isOvertaken) return 'late'
  if (news.event === 'cancel_declined' && !isAsked(item)) return 'late'
  return itemTransitions[news.event][item.status]
}

/** No wish that the order knows of: it was answered before. */
const isAsked = ({ cancel, takeBack }: Item): boolean => cancel?.state === 'asked' || takeBack?.state === 'asked'

function record(order: Order, news: ItemNews, decision: ItemDecision, eventId: string): Change {
  const isTaken = isState(decision) || decision === 'noted'
  return {
    ...unchanged(order),
    // A parcel that left the house is a fact, whatever the order thought of the job.
    newShipments: news.shipment && decision !== 'impossible' ? [news.shipment] : [],
    events: [
      {
        id: eventId,
        type: isTaken ? `item.${news.event}` : `item.${decision}`,
        data: { item_id: news.itemId, ...(isTaken ? {} : { event: news.event }), ...news.data },
      },
    ],
    answeredTicketIds: news.answersTicketIds ?? [],
    ...(news.patience ? { patience: news.patience } : {}),
  }
}

const isState = (decision: string): decision is ItemState => itemStates.some((state) => state === decision)

function taken(
  order: Order,
  news: ItemNews,
  decision: ItemState | 'noted',
): Pick<Change, 'order' | 'changedItemIds' | 'newIssues'> {
  const newIssues = news.issues ?? []
  if (decision === 'noted' && news.facts === undefined) return { order, changedItemIds: [], newIssues }
  const status = decision === 'noted' ? {} : { status: decision }
  const items = order.items.map((item) => (item.id === news.itemId ? { ...item, ...news.facts, ...status } : item))
  return { order: { ...order, items }, changedItemIds: [news.itemId], newIssues }
}
