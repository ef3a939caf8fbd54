import type { Product } from '#contracts/catalogue/product.ts'
import type { Design } from '#contracts/design.ts'
import type { FacilityCauseCode } from '#contracts/facility-causes.ts'
import type { Finding } from '#contracts/findings.ts'
import type { ItemState } from '#contracts/item-states.ts'
import type { Preview, PrintFile } from '#contracts/messages/process-report.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import type { CancelState } from '#contracts/order-actions.ts'
import type { Charges } from '#contracts/order-api/charges.ts'
import type { ItemFiles, OrderRequest } from '#contracts/order-api/order-request.ts'
import type { PlaceExactness } from '#contracts/order-api/order-routing.ts'
import type { Recipient } from '#contracts/order-api/recipient.ts'
import type { ReprintFault } from '#contracts/order-api/reprint.ts'
import type { RoutingPolicy } from '#contracts/order-api/routing.ts'
import type { PaymentState, Stage } from '#contracts/order-states.ts'
import type { Candidate, Unnamed } from '#pricing/routing/candidate.ts'

/** An order as order-api knows it: the API's view plus what only we need (sources, keys of print files). */
export type Order = {
  readonly accountId: string
  readonly id: string
  /** Counts the changes; a change is only saved onto the version that it was decided on. */
  readonly version: number
  readonly eventCount: number
  readonly isTest: boolean
  readonly isHeld: boolean
  /** It was a draft. */
  readonly isConfirmed?: boolean
  readonly stage: Stage
  readonly payment: PaymentState
  readonly reference?: string
  /** The order that this one prints again, and why. */
  readonly reprintOf?: { readonly orderId: string; readonly fault: ReprintFault; readonly reason: string }
  /** That a visitor bought it at the checkout and paid. */
  readonly sale?: PaidSale
  /** What of this order is printed again. */
  readonly reprints?: readonly Reprint[]
  readonly recipient: Recipient
  readonly recipientChangedAt?: string
  readonly shippingMethod: OrderRequest['shipping_method']
  readonly metadata: Readonly<Record<string, string>>
  readonly candidates: readonly Candidate[]
  /** How many more were looked at when it was routed, and the policy of then; absent for orders of before there were any. */
  readonly unnamedCandidates?: Unnamed
  /** How well the recipient's place was known then; absent for orders of before this was kept. */
  readonly placeExactness?: PlaceExactness
  readonly routing?: RoutingPolicy
  readonly billing: Billing
  /** What it costs; absent for a test order that nobody could price. */
  readonly charges?: Charges
  /** How long it waits after preflight, from the account's terms when it was placed. */
  readonly graceMinutes: number
  readonly graceEndsAt?: string
  readonly onRejectedFiles: 'reject' | 'wait'
  /** A wish to cancel that went to the facility. */
  readonly cancel?: { readonly requestedAt: string; readonly state: CancelState }
  /** Whose price was given back. */
  readonly refundedItemIds: readonly string[]
  /** When it is looked at again by itself: the end of its grace, of a wait for files, of a draft. */
  readonly dueAt?: string
  readonly items: readonly Item[]
  readonly issues: readonly OrderIssue[]
  readonly shipments: readonly Shipment[]
  /** Of an order that has ended: until when its files stay at least, and since when they are gone. */
  readonly filesExpireAt?: string
  readonly filesGoneAt?: string
  readonly createdAt: string
  readonly updatedAt: string
}

export type PaidSale = {
  readonly checkoutId: string
  readonly provider: string
  readonly paymentReference: string
  readonly amountMinor: number
  readonly currency: CurrencyCode
  readonly paidAt: string
  /** What of it is to go back to the customer in all. */
  readonly refundedMinor: number
}

/**
 * Who pays the order: the customer out of a balance or on an invoice, a visitor at the checkout, or whoever's fault it is that it is printed
 * again. A limit of null: no balance is kept for it.
 */
export type Billing = {
  readonly mode: 'prepaid' | 'invoice' | 'sale' | 'facility' | 'platform'
  readonly limitMinor: number | null
}

/** Another order that prints something of this one again. */
export type Reprint = {
  readonly orderId: string
  readonly fault: ReprintFault
  readonly items: readonly { readonly itemId: string; readonly quantity: number }[]
}

export type Item = {
  readonly id: string
  readonly status: ItemState
  readonly quantity: number
  readonly title?: string
  /** As the chosen facility makes it. */
  readonly product: Product
  readonly options: Readonly<Record<string, string>>
  /** As it was ordered; checked then. */
  readonly design?: Design
  /** Pages of content as ordered: what the price was made of. */
  readonly orderedPages?: number
  /** Absent until they come: order now, file later. */
  readonly files?: ItemFiles
  /** Whose content that is. */
  readonly publication?: { readonly id: string; readonly version: number }
  readonly facilityId: string
  readonly processTicketId: string
  readonly jobId?: string
  readonly productionTicketId?: string
  /** Who had it before, oldest first: it is made elsewhere now. */
  readonly earlier?: readonly EarlierTry[]
  readonly takeBack?: TakeBack
  /** Of the job that is made now, where its facility counted them before all were through. */
  readonly copies?: { readonly printed?: number; readonly packed?: number }
  /** When it should have left its first facility, for what the buyer was promised; moved by what it waited for before it was released. */
  readonly leavesBy?: string
  /** What its facility said last of being late. */
  readonly delay?: { readonly at: string; readonly cause?: string; readonly expectedAt?: string }
  /** Parcels of it that were lost in the mail. Settled: it was printed again, or people were told why not. */
  readonly lost?: readonly { readonly shipmentId: string; readonly at: string; readonly settledAt?: string }[]
  /** A wish to cancel this item's job, and what its facility said to it. */
  readonly cancel?: { readonly ticketId: string; readonly state: 'asked' | 'accepted' | 'declined' }
  readonly failure?: string
  /** Of a failed item: copies whose price was kept, as they were being printed again for free. It is the copies or their price. */
  readonly keptCopies?: number
  readonly pages?: number
  /** While print files are made. */
  readonly progress?: { readonly pagesDone: number; readonly pagesOfAll: number }
  readonly printFiles: readonly PrintFile[]
  readonly previews: readonly Preview[]
  readonly reportKey?: string
  readonly receiptKey?: string
}

/** A facility that had an item as a job and does not make it, with what was made for it. */
export type EarlierTry = {
  readonly facilityId: string
  readonly jobId: string
  readonly cause: FacilityCauseCode
  /** As the facility said it. */
  readonly words?: string
  readonly at: string
  readonly reportKey?: string
  readonly receiptKey?: string
  /** Asks it to end the job, when it was its own word that it does not make it. */
  readonly cancelTicketId?: string
}

/**
 * A wish of ours to have a job back. `claiming`: its claim is about to be put, or was: whoever finds it so goes on. `left`: a print client
 * has the job, and it stays there. `asked`: a print client has it and was asked; `declined`: and said no.
 */
export type TakeBack = {
  readonly cause: FacilityCauseCode
  readonly at: string
  readonly state: 'claiming' | 'left' | 'asked' | 'declined'
  readonly ticketId?: string
}

/** `ticketId`: the process ticket whose files were looked into; they may have been replaced since. */
export type OrderIssue = {
  readonly itemId: string
  readonly at: string
  readonly ticketId?: string
  readonly finding: Finding
}

export type Shipment = {
  readonly id: string
  readonly itemId: string
  readonly facilityId: string
  readonly carrier: string
  readonly trackingNumber: string
  readonly trackingUrl?: string
  readonly quantity: number
  readonly shippedAt: string
}

/** Work asked of someone else, to be written with the change that asks it. `queue` is 'process' or a facility id. */
export type Ticket = {
  readonly id: string
  readonly itemId: string
  readonly kind: 'process' | 'production' | 'cancel'
  readonly queue: string
  readonly body: unknown
}

export type NewEvent = { readonly id: string; readonly type: string; readonly data: Readonly<Record<string, unknown>> }
