import { type Static, Type } from 'typebox'
import { Design } from '../design.ts'
import { facilityCauseCodes } from '../facility-causes.ts'
import { components } from '../geometry/component.ts'
import { FacilityId, Id } from '../ids.ts'
import { itemStates } from '../item-states.ts'
import { Currency } from '../money.ts'
import { cancelStates } from '../order-actions.ts'
import { paymentStates, stages } from '../order-states.ts'
import { Charges, shippingMethods } from './charges.ts'
import { shownFinding } from './finding.ts'
import { ItemFiles } from './order-request.ts'
import { Recipient } from './recipient.ts'
import { ReprintLink, ReprintOf } from './reprint.ts'

const strict = { additionalProperties: false } as const

const PrintFileSummary = Type.Object(
  {
    component: Type.Enum(components),
    pages: Type.Integer(),
    size_bytes: Type.Integer(),
    sha256: Type.Optional(Type.String()),
    crc64nvme: Type.Optional(Type.String({ description: 'CRC-64/NVME in base64; with or instead of the sha256' })),
    sheet_width_mm: Type.Number(),
    sheet_height_mm: Type.Number(),
  },
  strict,
)

const count = Type.Integer({ minimum: 0 })

/** A facility that had an item as a job and did not make it. */
const EarlierTry = Type.Object(
  {
    facility_id: FacilityId,
    job_id: Id('job'),
    cause: Type.Enum(facilityCauseCodes, { description: 'why it is made elsewhere' }),
    said: Type.Optional(Type.String({ description: 'the same in the words of the facility' })),
    at: Type.String(),
    receipt_url: Type.Optional(Type.String({ description: 'where to ask for the receipt of what was made for it' })),
  },
  strict,
)

export const OrderItem = Type.Object(
  {
    id: Id('item'),
    sku: Type.String(),
    quantity: Type.Integer(),
    title: Type.Optional(Type.String()),
    status: Type.Enum(itemStates),
    failure: Type.Optional(
      Type.String({ description: 'why the status is failed: a code, or what its facility said where that has none' }),
    ),
    copies: Type.Optional(
      Type.Object(
        { printed: count, packed: count, shipped: count },
        { ...strict, description: 'how far the copies are, from printing on' },
      ),
    ),
    delay: Type.Optional(
      Type.Object(
        { cause: Type.Optional(Type.String()), expected_at: Type.Optional(Type.String()), told_at: Type.String() },
        { ...strict, description: 'its facility will be late; gone once it has left' },
      ),
    ),
    has_unknown_parcel: Type.Optional(
      Type.Boolean({
        description:
          'true: its facility says that all of it left or arrived, and did not say in which parcel, or not of all of them; a shipment may still be added',
      }),
    ),
    pages: Type.Optional(Type.Integer({ description: 'pages of content, once the file was read' })),
    progress: Type.Optional(
      Type.Object(
        { pages_done: Type.Integer(), pages_of_all: Type.Integer() },
        { ...strict, description: 'how far the print files are; only while the status is processing' },
      ),
    ),
    options: Type.Record(Type.String(), Type.String()),
    design: Type.Optional(Design),
    ordered_pages: Type.Optional(Type.Integer({ description: 'pages of content as ordered and charged' })),
    files: Type.Optional(ItemFiles),
    publication: Type.Optional(Id('publication', 'whose content it is')),
    publication_version: Type.Optional(Type.Integer()),
    facility_id: FacilityId,
    job_id: Type.Optional(Id('job')),
    earlier: Type.Optional(Type.Array(EarlierTry, { description: 'facilities that had it before, oldest first' })),
    geometry_url: Type.Optional(Type.String()),
    print_files: Type.Array(PrintFileSummary),
  },
  strict,
)
export type OrderItem = Static<typeof OrderItem>

export const OrderIssue = Type.Object(
  { item_id: Id('item'), at: Type.String(), ...shownFinding },
  { ...strict, description: 'what needs attention: what was found, what was expected, what to do' },
)

/** One parcel. Shipments are only ever added. */
export const Shipment = Type.Object(
  {
    id: Id('shipment'),
    item_id: Id('item'),
    facility_id: FacilityId,
    carrier: Type.String(),
    tracking_number: Type.String(),
    tracking_url: Type.Optional(Type.String()),
    quantity: Type.Integer(),
    shipped_at: Type.String(),
    lost_at: Type.Optional(Type.String({ description: 'it never arrived; its copies are printed again' })),
  },
  strict,
)

const Candidate = Type.Object(
  {
    facility_id: FacilityId,
    distance_km: Type.Integer(),
    can_make: Type.Array(Type.String()),
    chosen: Type.Boolean(),
    reason: Type.String(),
  },
  strict,
)

export const Order = Type.Object(
  {
    id: Id('order'),
    object: Type.Literal('order'),
    is_test: Type.Boolean(),
    reference: Type.Optional(Type.String()),
    reprint_of: Type.Optional(ReprintOf),
    reprints: Type.Optional(Type.Array(ReprintLink, { description: 'orders that print something of this one again' })),
    stage: Type.Enum(stages),
    payment: Type.Enum(paymentStates),
    is_held: Type.Boolean(),
    grace_ends_at: Type.Optional(Type.String({ description: 'until then everything can still be changed' })),
    ends_at: Type.Optional(
      Type.String({ description: 'then it is cancelled: a draft that nobody confirmed, files that never came' }),
    ),
    files_expire_at: Type.Optional(
      Type.String({
        description:
          'of an order that has ended: until then its print files, previews and uploaded files stay at least; a reprint moves it',
      }),
    ),
    files_expired: Type.Optional(
      Type.Boolean({
        description: 'true: they are gone; uploaded files that another order or a publication names stay',
      }),
    ),
    cancel: Type.Optional(
      Type.Object(
        { requested_at: Type.String(), state: Type.Enum(cancelStates) },
        {
          ...strict,
          description:
            'a wish to cancel that went to the facility; after `declined` it may still stop the job, and then says so',
        },
      ),
    ),
    sale: Type.Optional(
      Type.Object(
        {
          checkout_id: Id('checkout'),
          amount: Type.Integer({ description: 'what the customer paid, in minor units' }),
          currency: Currency,
          paid_at: Type.String(),
          refunded: Type.Integer({ description: 'what of it is to go back to the customer in all' }),
        },
        { ...strict, description: 'of an order that a visitor bought and paid at the checkout' },
      ),
    ),
    recipient: Recipient,
    shipping_method: Type.Enum(shippingMethods),
    charges: Type.Optional(Charges),
    items: Type.Array(OrderItem),
    shipments: Type.Array(Shipment, { description: 'the first 700; the event log has every parcel' }),
    issues: Type.Array(OrderIssue),
    routing: Type.Object(
      {
        policy: Type.Enum(['nearest', 'weighted'], { description: 'nearest: of before accounts had policies' }),
        candidates: Type.Array(Candidate),
      },
      { ...strict, description: 'in short; GET /v1/orders/{id}/routing has scores, costs and dates' },
    ),
    metadata: Type.Record(Type.String(), Type.String()),
    created_at: Type.String(),
    updated_at: Type.String(),
  },
  strict,
)
export type Order = Static<typeof Order>
