import { type Static, Type } from 'typebox'
import { Design } from '../design.ts'
import { Id } from '../ids.ts'
import { Currency } from '../money.ts'
import { shippingMethods } from './charges.ts'
import { Metadata } from './metadata.ts'
import { Recipient } from './recipient.ts'

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
    publication: Type.Optional(
      Id('publication', 'the id of a publication of yours (pub_…), whose content is printed in the place of files'),
    ),
    publication_version: Type.Optional(
      Type.Integer({ minimum: 1, description: 'of the publication; what visitors see without it' }),
    ),
    source: Type.Optional(
      Type.String({
        pattern: '^https?://',
        maxLength: 2000,
        description: 'of a publication whose pages name their files: the address of this one, at one of its origins',
      }),
    ),
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

/** That a visitor bought it and paid: said by the platform's own checkout, and by nobody else. */
export const Sale = Type.Object(
  {
    checkout_id: Id('checkout'),
    provider: Type.String({ minLength: 1, maxLength: 40, description: 'who took the money, such as stripe' }),
    payment_reference: Type.String({ minLength: 1, maxLength: 200, description: 'the provider’s own' }),
    amount: Type.Integer({ minimum: 1, description: 'what was paid, in minor units: the gross of the quote' }),
    currency: Currency,
    paid_at: Type.String({ format: 'date-time' }),
  },
  { ...strict, description: 'only of keys with the scope checkout:act; others get 403' },
)
export type Sale = Static<typeof Sale>

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
    sale: Type.Optional(Sale),
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
