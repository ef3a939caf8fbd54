import type { SaleStanding } from '#contracts/order-api/sales.ts'
import type { Attempt, Checkout } from '../../../services/button-checkout/checkouts/checkout.ts'
import type { Seller } from '../../../services/button-checkout/invoice/seller.ts'

export const paidAt = '2026-11-21T12:00:00.000Z'
export const paidAtDate = new Date(paidAt)
export const checkoutId = 'chk_01k9x0000000000000000000aa'

export const seller: Seller = {
  name: 'Printcloud B.V.',
  lines: ['Oudegracht 1', '3511 AA Utrecht'],
  country: 'NL',
  vat_id: 'NL001234567B01',
  email: 'orders@example.com',
}

const tax = { kind: 'vat', jurisdiction: 'NL', rate_percent: 9, is_inclusive: false } as const
const place = { earliest: '2026-11-26', latest: '2026-11-28' }

/** Two magazines to Utrecht, paid. */
export const frozen: Attempt['frozen'] = {
  quoteId: 'quo_secret-quote',
  charges: {
    currency: 'EUR',
    net: 2755,
    tax_amount: 248,
    gross: 3003,
    lines: [
      {
        item: 0,
        sku: 'magazine-a4',
        quantity: 2,
        printed_pages: 48,
        unit: { base: 400, pages: 780, options: {} },
        discount: 0,
        tax,
        ...{ net: 2360, tax_amount: 212, gross: 2572 },
      },
    ],
    shipping: [
      {
        facility_id: 'fac_utrecht',
        method: 'standard',
        items: [0],
        parcels: 1,
        weight_grams: 420,
        ...place,
        tax,
        ...{ net: 395, tax_amount: 36, gross: 431 },
      },
    ],
    duty: { terms: 'none', detail: 'no border' },
  },
  cart: { offer: 0, quantity: 2, options: { paper: 'gloss_150' } },
  sku: 'magazine-a4',
  pages: 48,
  publicationVersion: 3,
  filesLater: false,
  buyer: {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    phone: '+31 30 1234567',
    address: { line1: 'Oudegracht 12', city: 'Utrecht', postal_code: '3511 AB', country: 'NL' },
  },
  method: 'standard',
  title: 'Harbour Lights, issue 12',
  productTitle: 'Magazine A4, saddle stitched',
  seller: 'Harbour Press',
  thumbnailPath: '/public/v1/thumbnails/AbCdEfGhIjKlMnOpQrStUv/480',
  ...place,
}

export const paidAttempt: Attempt = {
  number: 1,
  standing: 'paid',
  frozen,
  createdAt: '2026-11-21T11:55:00.000Z',
  expiresAt: '2026-11-21T12:55:00.000Z',
  session: { id: 'cs_secret_session', url: 'https://pay.example/cs_secret_session' },
  payment: { reference: 'pi_secret_payment', amountMinor: 3003, currency: 'EUR', at: paidAt },
}

/** A checkout that was just paid; `change` says what is otherwise. */
export const paidCheckout = (change: Partial<Checkout> = {}): Checkout => ({
  id: checkoutId,
  version: 5,
  isTest: false,
  accountId: 'acc_01k9x0000000000000000000ac',
  publicationId: 'pub_01k9x0000000000000000000ab',
  state: 'paid',
  language: 'en',
  start: { publication: 'pub_01k9x0000000000000000000ab', origin: 'https://shop.example' },
  cart: frozen.cart,
  buyer: frozen.buyer,
  method: 'standard',
  attempts: [paidAttempt],
  refunds: [],
  mails: { shipments: [] },
  tries: 0,
  paidAt,
  createdAt: '2026-11-21T11:50:00.000Z',
  updatedAt: paidAt,
  forgetAt: '2036-11-21T12:00:00.000Z',
  ...change,
})

export const sale = (change: Partial<SaleStanding> = {}): SaleStanding => ({
  checkout_id: checkoutId,
  order_id: 'ord_01k9x0000000000000000000ad',
  account_id: 'acc_01k9x0000000000000000000ac',
  is_test: false,
  stage: 'grace',
  payment: 'paid',
  is_held: false,
  refunded: 0,
  items: [{ id: 'itm_01k9x0000000000000000000ae', status: 'ready' }],
  shipments: [],
  updated_at: '2026-11-21T12:01:00.000Z',
  ...change,
})

export const orderedCheckout = (change: Partial<SaleStanding> = {}): Checkout =>
  paidCheckout({ state: 'ordered', sale: sale(change) })

export const parcel = (last: string, quantity = 1): SaleStanding['shipments'][number] => ({
  id: `shp_01k9x0000000000000000000${last}`,
  item_id: 'itm_01k9x0000000000000000000ae',
  facility_id: 'fac_utrecht',
  carrier: 'PostNL',
  tracking_number: `3STEST${last}`,
  tracking_url: `https://track.example/3STEST${last}`,
  quantity,
  shipped_at: '2026-11-24T15:00:00.000Z',
})
