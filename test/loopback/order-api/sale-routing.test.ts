import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Buyer } from '#contracts/checkout/cart.ts'
import { taxTable } from '#contracts/taxes/tax-table.ts'
import { freeze } from '../../../services/button-checkout/offer/freeze.ts'
import { priceCart } from '../../../services/button-checkout/offer/price-cart.ts'
import type { Wares } from '../../../services/button-checkout/offer/wares.ts'
import { readPriceData } from '../../../services/order-api/quotes/read-price-data.ts'
import { makeTenant } from '../../promises/tenants.ts'
import { productShown } from '../../unit/button-checkout/product-shown.ts'
import { aPublication, documentIn, saleRef, world } from '../../unit/order-api/published/world.ts'
import { callerOf } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'
import { placerOf } from './sale-world.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await startApi()
  // Near and dear: what is nearest to the buyer is not the cheapest.
  const sql = `update price_books set doc = jsonb_set(doc, '{products,poster-a3,base}', '9000')
    where facility_id = 'fac_utrecht' and currency = 'EUR' returning to_jsonb(facility_id) as row`
  await api.database.rows(Type.String(), sql)
})
afterAll(() => api?.close())

const onlyCost = { distance: 0, cost: 100, date: 0, load: 0, quality: 0 }
const buyer: Buyer = {
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
}
const cart = { offer: 0, quantity: 1, options: {} }

/** What the checkout knows of a publication of the account: its sale document, with the policy that the API says. */
async function waresOf(accountId: string, key: string): Promise<Wares> {
  const { routing } = (await callerOf(api)('GET', '/v1/account', { key })).json
  const sold = aPublication({ offers: [{ sku: 'poster-a3' }] }, { isTest: true })
  const { facilities, books } = await readPriceData(api.context)
  const of = { ...world, publications: [sold], routing }
  const sale = JSON.parse(documentIn(saleRef(sold.id), of)?.value.text ?? '')
  return {
    start: { publication: sold.id },
    publication: { ...sale, object: 'publication', id: sold.id, state: 'open' },
    sale: { ...sale, account_id: accountId },
    proof: undefined,
    products: [productShown('poster-a3')],
    prices: { facilities, books, taxes: taxTable, asOf: new Date().toISOString(), isStale: false },
    isStale: false,
  }
}

test.each([
  ['near', undefined, 'fac_utrecht'],
  ['cheap', { weights: onlyCost }, 'fac_leipzig'],
  ['excluding', { exclude: ['fac_utrecht'] }, 'fac_leipzig'],
])(
  'a sale of an account that wants it %s is shown, paid, ordered and charged at one facility for one price',
  async (name, routing, facilityId) => {
    const { accountId, live } = await makeTenant(api, name)
    if (routing) await callerOf(api)('PATCH', '/v1/account', { key: live, body: { routing } })
    const wares = await waresOf(accountId, live)
    const now = new Date()
    const [shown] = priceCart(wares, cart, { country: 'NL', postal_code: '3511 AA' }, now).methods
    const wish = { cart, buyer, method: 'standard', language: 'en' } as const
    const { quoteId, charges } = freeze(wares, wish, api.context.keyring, now)
    expect(charges.shipping.map(({ facility_id }) => facility_id)).toEqual([facilityId])
    expect(shown?.charges.gross).toBe(charges.gross)
    const { status, json } = await placerOf(api)({ id: accountId }, { id: quoteId, charges })
    expect([status, json.items?.[0].facility_id]).toEqual([201, facilityId])
    expect(json.charges).toEqual(charges)
  },
)
