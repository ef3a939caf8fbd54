import { type Static, Type } from 'typebox'
import { Design } from '../design.ts'
import { components } from '../geometry/component.ts'
import { FacilityId, Id } from '../ids.ts'
import { cancelStates, orderActions } from '../order-actions.ts'
import { itemStates, paymentStates, stages } from '../order-states.ts'
import { Charges, shippingMethods } from './charges.ts'
import { shownFinding } from './finding.ts'
import { Metadata } from './metadata.ts'
import { Recipient } from './recipient.ts'
import { ReprintLink, ReprintOf } from './reprint.ts'

const strict = { additionalProperties: false } as const
/** So that a row of the database stays below the Data API's 64 KiB. */
export const mostItems = 50
const mostImages = 300

const FileReference = Type.String({
  minLength: 1,
  maxLength: 2000,
  pattern: '^(fil_[0-9a-hjkmnp-tv-z]{26}|https?://.+)$',
  description: 'the id of an uploaded file (fil_…) or an https address to fetch it from',
})

export const ItemFiles = Type.Object(
  {
    interior: Type.Optional(FileReference),
    cover: Type.Optional(FileReference),
    image: Type.Optional(FileReference),
    images: Type.Optional(Type.Array(FileReference, { minItems: 1, maxItems: mostImages })),
  },
  strict,
)
export type ItemFiles = Static<typeof ItemFiles>

export const ItemRequest = Type.Object(
  {
    sku: Type.String({ minLength: 1, maxLength: 64, description: 'from GET /v1/catalogue' }),
    quantity: Type.Integer({ minimum: 1, maximum: 10_000 }),
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'printed on a cover that we make' })),
    pages: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 5000,
        description: 'pages of content; required where the price depends on it and no list of images says it',
      }),
    ),
    files: Type.Optional(ItemFiles),
    files_later: Type.Optional(Type.Literal(true, { description: 'order now and send the files later' })),
    options: Type.Optional(
      Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 40 }), { maxProperties: 20 }),
    ),
    design: Type.Optional(Design),
  },
  strict,
)
export type ItemRequest = Static<typeof ItemRequest>

/** Shown in the documentation; a test places it. */
export const exampleOrder = {
  reference: 'A-1001',
  recipient: {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
  },
  shipping_method: 'standard',
  items: [
    { sku: 'poster-a3', quantity: 1, files: { image: 'https://example.com/poster.jpg' }, options: { finish: 'satin' } },
  ],
}

/** A designed item, shown in the documentation: a paperback whose cover we draw; a test places it. */
export const exampleDesignedOrder = {
  ...exampleOrder,
  reference: 'A-1002',
  items: [
    {
      sku: 'softcover-a5',
      quantity: 25,
      title: 'The Lighthouse',
      pages: 184,
      files: { interior: 'https://example.com/lighthouse.pdf' },
      design: { cover: { colour: '#1d3557', title: 'The Lighthouse', subtitle: 'A novel', barcode: '9783161484100' } },
    },
    {
      sku: 'card-folded-a6',
      quantity: 10,
      files: {
        images: ['https://example.com/front.jpg', 'https://example.com/inside.jpg', 'https://example.com/back.jpg'],
      },
      design: {
        fit: 'fill',
        pages: [
          { template: 'full_bleed', images: [{ image: 1, focus: { x: 0.3, y: 0.4 } }] },
          { template: 'spread', images: [{ image: 2 }] },
          {
            template: 'border',
            images: [{ image: 3, crop: { x: 0, y: 0.1, width: 1, height: 0.8 } }],
            caption: 'Utrecht',
          },
        ],
      },
    },
  ],
}

/** Body of POST /v1/orders. */
export const OrderRequest = Type.Object(
  {
    reference: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'your own order number' })),
    recipient: Recipient,
    shipping_method: Type.Enum(shippingMethods),
    quote_id: Type.Optional(
      Type.String({
        maxLength: 60_000,
        pattern: '^quo_',
        description: 'the id of a quote (quo_…) from POST /v1/quotes: charged exactly as quoted',
      }),
    ),
    draft: Type.Optional(Type.Boolean({ description: 'true: nothing happens until POST /v1/orders/{id}/confirm' })),
    on_rejected_files: Type.Optional(
      Type.Enum(['reject', 'wait'], {
        description:
          'when a file cannot be printed: reject its item (as without this field), or wait up to 30 days for another file',
      }),
    ),
    items: Type.Array(ItemRequest, { minItems: 1, maxItems: mostItems }),
    metadata: Type.Optional(Metadata),
  },
  { ...strict, examples: [exampleOrder, exampleDesignedOrder] },
)
export type OrderRequest = Static<typeof OrderRequest>

/** Body of PATCH /v1/orders/{id}: what is not said stays as it is. */
export const OrderPatch = Type.Object(
  {
    recipient: Type.Optional(Recipient),
    shipping_method: Type.Optional(Type.Enum(shippingMethods)),
  },
  {
    ...strict,
    minProperties: 1,
    description:
      'a recipient in the same country (in the US: the same state) costs nothing; another shipping method is priced, and the difference booked',
    examples: [{ shipping_method: 'express' }],
  },
)
export type OrderPatch = Static<typeof OrderPatch>

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

export const OrderItem = Type.Object(
  {
    id: Id('item'),
    sku: Type.String(),
    quantity: Type.Integer(),
    title: Type.Optional(Type.String()),
    status: Type.Enum(itemStates),
    failure: Type.Optional(Type.String({ description: 'why the status is failed: a code' })),
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
    facility_id: FacilityId,
    job_id: Type.Optional(Id('job')),
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
    recipient: Recipient,
    shipping_method: Type.Enum(shippingMethods),
    charges: Type.Optional(Charges),
    items: Type.Array(OrderItem),
    shipments: Type.Array(Shipment, { description: 'the first 700; the event log has every parcel' }),
    issues: Type.Array(OrderIssue),
    routing: Type.Object({ policy: Type.Literal('nearest'), candidates: Type.Array(Candidate) }, strict),
    metadata: Type.Record(Type.String(), Type.String()),
    created_at: Type.String(),
    updated_at: Type.String(),
  },
  strict,
)
export type Order = Static<typeof Order>

export const OrderList = Type.Object(
  {
    data: Type.Array(Order),
    next: Type.Union([Type.String(), Type.Null()], { description: 'cursor of the next page' }),
  },
  strict,
)

/** GET /v1/orders/{id}/actions: what can be asked now, and until when. */
export const OrderActionList = Type.Object(
  {
    data: Type.Array(
      Type.Object(
        {
          action: Type.Enum(orderActions),
          allowed: Type.Enum(['yes', 'asks_facility', 'no']),
          until: Type.Union([Type.String(), Type.Null()], {
            description: 'at least until then; null: not known yet, without end, or not allowed',
          }),
        },
        strict,
      ),
    ),
  },
  strict,
)

export const OrderEventEntry = Type.Object(
  {
    id: Id('event'),
    order_id: Id('order'),
    sequence: Type.Integer({ minimum: 1, description: 'gapless within the order' }),
    type: Type.String(),
    at: Type.String(),
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  strict,
)
export type OrderEventEntry = Static<typeof OrderEventEntry>
export const OrderEventList = Type.Object({ data: Type.Array(OrderEventEntry) }, strict)
