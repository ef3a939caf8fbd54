import type { OrderProgress, OrderView } from '#contracts/checkout/order-view.ts'
import { actionRules } from '#contracts/order-actions.ts'
import type { SaleStanding } from '#contracts/order-api/sales.ts'
import type { Stage } from '#contracts/order-states.ts'
import { boughtAttempt } from './bought.ts'
import { cancelledByCustomer } from './cancel.ts'
import type { Checkout } from './checkout.ts'
import { shownCharges } from './shown-charges.ts'

/** From then on the page says that passing the order on takes longer than it should. */
const delayedAfterMilliseconds = 5 * 60_000

const progressOfStage: Readonly<Record<Stage, OrderProgress>> = {
  draft: 'received',
  awaiting_files: 'waiting_for_file',
  preflight: 'preparing',
  awaiting_payment: 'preparing',
  grace: 'preparing',
  released: 'preparing',
  in_production: 'in_production',
  partially_shipped: 'partially_shipped',
  shipped: 'shipped',
  delivered: 'delivered',
  cancelled: 'cancelled',
  rejected: 'refused',
}

/** What order-api was just heard to say, where that is newer than what the checkout remembers. */
export type Heard = { readonly sale: SaleStanding; readonly at: string }

/**
 * An order as its customer sees it. Undefined where nothing was bought. Nothing of attempts, payment references, quotes, margins or accounts is in it.
 */
export function orderViewOf(checkout: Checkout, now: Date, heard?: Heard): OrderView | undefined {
  const attempt = boughtAttempt(checkout)
  const progress = progressOf(checkout, heard?.sale ?? checkout.sale)
  if (!attempt || !progress) return undefined
  const { frozen } = attempt
  const sale = heard?.sale ?? checkout.sale
  return {
    object: 'order_view',
    checkout_id: checkout.id,
    is_test: checkout.isTest,
    progress,
    is_delayed: checkout.state === 'paid' && isLate(checkout, now),
    title: frozen.title,
    product_title: frozen.productTitle,
    seller: frozen.seller,
    ...(frozen.thumbnailPath === undefined ? {} : { thumbnail_path: frozen.thumbnailPath }),
    quantity: frozen.cart.quantity,
    options: frozen.cart.options,
    recipient: frozen.buyer,
    shipping_method: frozen.method,
    charges: shownCharges(frozen.charges),
    ...refundedOf(checkout, sale),
    earliest: frozen.earliest,
    latest: frozen.latest,
    shipments: sale?.shipments ?? [],
    ...rightsOf(checkout, sale),
    ...(checkout.invoice ? { invoice_number: checkout.invoice.number } : {}),
    ordered_at: checkout.paidAt ?? attempt.createdAt,
    language: checkout.language,
    ...(sale ? { known_at: heard?.at ?? sale.updated_at } : {}),
  }
}

function progressOf({ state, refusal }: Checkout, sale: SaleStanding | undefined): OrderProgress | undefined {
  switch (state) {
    case 'open':
    case 'expired':
      return undefined
    case 'paying':
      return 'payment_pending'
    case 'paid':
      return 'received'
    case 'ordered':
      return sale ? progressOfStage[sale.stage] : 'received'
    case 'refused':
      return refusal?.code === cancelledByCustomer ? 'cancelled' : 'refused'
    default:
      return state satisfies never
  }
}

const isLate = ({ paidAt }: Checkout, now: Date): boolean =>
  paidAt !== undefined && now.getTime() - Date.parse(paidAt) > delayedAfterMilliseconds

/** What goes back: as decided here, or as order-api says before it was decided here. */
function refundedOf({ refunds, attempts }: Checkout, sale: SaleStanding | undefined): Pick<OrderView, 'refunded'> {
  const decided = refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const amount = Math.max(decided, sale?.refunded ?? 0)
  const currency = attempts.at(-1)?.frozen.charges.currency
  return amount > 0 && currency !== undefined ? { refunded: { amount, currency } } : {}
}

/** Of a wish that nobody declined. */
const wishOf = (sale: SaleStanding | undefined) =>
  sale?.stage === 'cancelled' ? ('accepted' as const) : ('asked' as const)

type Rights = Pick<OrderView, 'may_cancel' | 'may_change_address' | 'cancel'>

/** Before order-api has it, both are ours to decide; afterwards its table of actions is held against the last stage that was heard of. */
function rightsOf(checkout: Checkout, sale: SaleStanding | undefined): Rights {
  const { state, cancelWish, submittingSince } = checkout
  const own = cancelWish && (cancelWish.declinedAt === undefined ? wishOf(sale) : 'declined')
  const asked = sale?.cancel?.state ?? own
  const cancel = asked === undefined ? {} : { cancel: asked }
  const isSettled = asked !== undefined
  if (state === 'paid') {
    const may_cancel = submittingSince === undefined ? 'yes' : 'asks_facility'
    return {
      may_cancel: isSettled ? 'no' : may_cancel,
      may_change_address: !isSettled && submittingSince === undefined,
      ...cancel,
    }
  }
  if (state !== 'ordered' || !sale) return { may_cancel: 'no', may_change_address: false, ...cancel }
  return {
    may_cancel: isSettled ? 'no' : actionRules.cancel[sale.stage],
    may_change_address: asked !== 'asked' && actionRules.change_recipient[sale.stage] === 'yes',
    ...cancel,
  }
}
