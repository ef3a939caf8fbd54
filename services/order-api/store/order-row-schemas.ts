import { Type } from 'typebox'
import { Product } from '#contracts/catalogue/product.ts'
import { Design } from '#contracts/design.ts'
import { facilityCauseCodes } from '#contracts/facility-causes.ts'
import { Finding } from '#contracts/findings.ts'
import { itemStates } from '#contracts/item-states.ts'
import { Preview, PrintFile } from '#contracts/messages/process-report.ts'
import { Currency } from '#contracts/money.ts'
import { cancelStates } from '#contracts/order-actions.ts'
import { Charges, shippingMethods } from '#contracts/order-api/charges.ts'
import { ItemFiles } from '#contracts/order-api/order-request.ts'
import { PlaceExactness } from '#contracts/order-api/order-routing.ts'
import { Recipient } from '#contracts/order-api/recipient.ts'
import { reprintFaults } from '#contracts/order-api/reprint.ts'
import { RoutingPolicy } from '#contracts/order-api/routing.ts'
import { paymentStates, stages } from '#contracts/order-states.ts'

// What the tables of orders hold, a schema a row: whatever is read is held against it.
const text = Type.String()
const texts = Type.Record(text, text)

const score = Type.Integer()
const Scores = Type.Object({ distance: score, cost: score, date: score, load: score, quality: score })

const OrderDoc = Type.Object({
  reference: Type.Optional(text),
  reprintOf: Type.Optional(Type.Object({ orderId: text, fault: Type.Enum(reprintFaults), reason: text })),
  reprints: Type.Optional(
    Type.Array(
      Type.Object({
        orderId: text,
        fault: Type.Enum(reprintFaults),
        items: Type.Array(Type.Object({ itemId: text, quantity: Type.Integer() })),
      }),
    ),
  ),
  isConfirmed: Type.Optional(Type.Boolean()),
  sale: Type.Optional(
    Type.Object({
      ...{ checkoutId: text, provider: text, paymentReference: text, paidAt: text },
      ...{ amountMinor: Type.Integer(), currency: Currency, refundedMinor: Type.Integer() },
    }),
  ),
  recipient: Recipient,
  recipientChangedAt: Type.Optional(text),
  shippingMethod: Type.Enum(shippingMethods),
  metadata: texts,
  billing: Type.Object({
    mode: Type.Enum(['prepaid', 'invoice', 'sale', 'facility', 'platform']),
    limitMinor: Type.Union([Type.Integer(), Type.Null()]),
  }),
  charges: Type.Optional(Charges),
  graceMinutes: Type.Integer(),
  dueAt: Type.Optional(text),
  graceEndsAt: Type.Optional(text),
  onRejectedFiles: Type.Enum(['reject', 'wait']),
  cancel: Type.Optional(Type.Object({ requestedAt: text, state: Type.Enum(cancelStates) })),
  refundedItemIds: Type.Array(text),
  candidates: Type.Array(
    Type.Object({
      facilityId: text,
      distanceKm: Type.Integer(),
      canMake: Type.Array(text),
      isChosen: Type.Boolean(),
      reason: text,
      costMinor: Type.Optional(Type.Integer()),
      currency: Type.Optional(Currency),
      promisedBy: Type.Optional(text),
      loadDays: Type.Optional(Type.Number()),
      scores: Type.Optional(Scores),
      total: Type.Optional(Type.Integer()),
    }),
  ),
  unnamedCandidates: Type.Optional(Type.Object({ makeNothing: Type.Integer(), others: Type.Integer() })),
  placeExactness: Type.Optional(PlaceExactness),
  routing: Type.Optional(RoutingPolicy),
})

export const OrderRow = Type.Object({
  accountId: text,
  id: text,
  version: Type.Integer(),
  eventCount: Type.Integer(),
  stage: Type.Enum(stages),
  payment: Type.Enum(paymentStates),
  isTest: Type.Boolean(),
  isHeld: Type.Boolean(),
  filesExpireAt: Type.Optional(text),
  filesGoneAt: Type.Optional(text),
  createdAt: text,
  updatedAt: text,
  doc: OrderDoc,
})

const EarlierTry = Type.Object({
  ...{ facilityId: text, jobId: text, at: text, cause: Type.Enum(facilityCauseCodes) },
  ...{ words: Type.Optional(text), reportKey: Type.Optional(text), receiptKey: Type.Optional(text) },
  cancelTicketId: Type.Optional(text),
})
const TakeBack = Type.Object({
  ...{ cause: Type.Enum(facilityCauseCodes), at: text, ticketId: Type.Optional(text) },
  state: Type.Enum(['claiming', 'left', 'asked', 'declined']),
})

export const ItemRow = Type.Object({
  id: text,
  status: Type.Enum(itemStates),
  doc: Type.Object({
    quantity: Type.Integer(),
    title: Type.Optional(text),
    product: Product,
    options: texts,
    design: Type.Optional(Design),
    orderedPages: Type.Optional(Type.Integer()),
    files: Type.Optional(ItemFiles),
    publication: Type.Optional(Type.Object({ id: text, version: Type.Integer() })),
    facilityId: text,
    processTicketId: text,
    jobId: Type.Optional(text),
    productionTicketId: Type.Optional(text),
    earlier: Type.Optional(Type.Array(EarlierTry)),
    takeBack: Type.Optional(TakeBack),
    copies: Type.Optional(
      Type.Object({ printed: Type.Optional(Type.Integer()), packed: Type.Optional(Type.Integer()) }),
    ),
    leavesBy: Type.Optional(text),
    delay: Type.Optional(Type.Object({ at: text, cause: Type.Optional(text), expectedAt: Type.Optional(text) })),
    lost: Type.Optional(Type.Array(Type.Object({ shipmentId: text, at: text, settledAt: Type.Optional(text) }))),
    cancel: Type.Optional(Type.Object({ ticketId: text, state: Type.Enum(['asked', 'accepted', 'declined']) })),
    failure: Type.Optional(text),
    keptCopies: Type.Optional(Type.Integer()),
    pages: Type.Optional(Type.Integer()),
    progress: Type.Optional(Type.Object({ pagesDone: Type.Integer(), pagesOfAll: Type.Integer() })),
    printFiles: Type.Array(PrintFile),
    previews: Type.Array(Preview),
    reportKey: Type.Optional(text),
    receiptKey: Type.Optional(text),
  }),
})

export const IssueRow = Type.Object({ itemId: text, at: text, ticketId: Type.Optional(text), finding: Finding })

export const ShipmentRow = Type.Object({
  id: text,
  itemId: text,
  facilityId: text,
  carrier: text,
  trackingNumber: text,
  trackingUrl: Type.Optional(text),
  quantity: Type.Integer(),
  shippedAt: text,
})
