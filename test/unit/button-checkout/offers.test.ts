import { expect, test } from 'vitest'
import { Refused } from '#chassis/errors.ts'
import { createKeyring } from '#chassis/keyring.ts'
import type { Cart } from '#contracts/checkout/cart.ts'
import type { ProofDocument } from '#contracts/published/proof-document.ts'
import { taxTable } from '#contracts/taxes/tax-table.ts'
import { quotedCharges } from '#pricing/quoted-charges.ts'
import { localFacilities } from '../../../local/facilities.ts'
import { localPriceBooks } from '../../../local/prices/local-price-books.ts'
import { shownCharges } from '../../../services/button-checkout/checkouts/shown-charges.ts'
import { contentPagesOf } from '../../../services/button-checkout/offer/content-pages.ts'
import { freeze } from '../../../services/button-checkout/offer/freeze.ts'
import { priceCart, windowOfAll } from '../../../services/button-checkout/offer/price-cart.ts'
import { shopOf } from '../../../services/button-checkout/offer/shop-of.ts'
import { titleIn } from '../../../services/button-checkout/offer/title-in.ts'
import type { Wares } from '../../../services/button-checkout/offer/wares.ts'
import { frozen, paidAtDate as now } from './bought-checkout.ts'
import { productShown } from './product-shown.ts'

const id = 'pub_01k9x0000000000000000000ab'
const skus = ['magazine-a4', 'poster-a3']
const offers = skus.map((sku) => ({ sku }))
const fitAs = (offer: number, changes: object = {}): ProofDocument['fits'][number] => ({
  offer,
  sku: skus[offer] ?? '',
  outcome: 'ready',
  findings: [],
  ...changes,
})
const proofWith = (...fits: ProofDocument['fits']): ProofDocument => ({
  object: 'proof',
  kind: 'document',
  shown: [],
  fits,
})

const wares = (changes: Partial<Wares> = {}): Wares => ({
  start: { publication: id },
  publication: {
    object: 'publication',
    id,
    is_test: true,
    version: 3,
    state: 'open',
    title: 'Harbour Lights',
    texts: { nl: { title: 'Havenlichten' }, en: { button: 'Print' } },
    offers: [],
  },
  sale: {
    object: 'sale',
    publication_id: id,
    account_id: 'acc_01k9x0000000000000000000ac',
    is_test: true,
    version: 3,
    seller: 'Harbour Press',
    title: 'Harbour Lights',
    content: { kind: 'url', url: 'https://example.com/a.pdf', pages: 48 },
    offers,
    currency: 'EUR',
  },
  proof: undefined,
  products: skus.map(productShown),
  prices: {
    facilities: localFacilities,
    books: localPriceBooks,
    taxes: taxTable,
    asOf: now.toISOString(),
    isStale: false,
  },
  isStale: false,
  ...changes,
})
const cart: Cart = { offer: 0, quantity: 2, options: {} }
const shop = (given: Wares, region?: string) =>
  shopOf(given, { now, cdnUrl: 'https://cdn.example', region, isPayable: true })

test('pages are those that were counted, else what the publisher says, else (of a file that a page names) what the button says', () => {
  const { sale } = wares()
  const pageKind = { ...sale, content: { kind: 'page' as const, origins: ['https://example.com'] } }
  const start = { publication: id, pages: 36 }
  expect(contentPagesOf(wares({ proof: proofWith(fitAs(0, { pages: 44 })) }), 0)).toBe(44)
  expect(contentPagesOf(wares(), 0)).toBe(48)
  expect(contentPagesOf(wares({ start }), 0)).toBe(48)
  expect(contentPagesOf(wares({ sale: pageKind, start }), 0)).toBe(36)
  expect(contentPagesOf(wares({ sale: pageKind }), 0)).toBeUndefined()
  // One sheet has no pages to be paid.
  expect(contentPagesOf(wares(), 1)).toBeUndefined()
  // A proof of other offers than these says nothing of them.
  expect(contentPagesOf(wares({ proof: proofWith(fitAs(0, { pages: 44, sku: 'softcover-a5' })) }), 0)).toBe(48)
})

test('what cannot be made of the file, or has no price, is closed; where everything is, so is the shop', () => {
  const rejected = shop(wares({ proof: proofWith(fitAs(0, { outcome: 'rejected' })) }))
  expect([rejected.state, rejected.offers.map(({ closed }) => closed)]).toEqual(['open', ['rejected', undefined]])
  const unpriced = shop(wares({ sale: { ...wares().sale, currency: 'PLN' } }))
  expect([unpriced.state, unpriced.offers.map(({ closed }) => closed)]).toEqual(['closed', ['no_price', 'no_price']])
  expect(unpriced.countries).toEqual([])
  const content = { kind: 'url' as const, url: 'https://example.com/a.pdf', pages: 2000 }
  expect(shop(wares({ sale: { ...wares().sale, content } })).offers[0]?.closed).toBe('rejected')
})

test('countries are those that something can be sent to and whose tax is known; the wished one comes first', () => {
  const { countries } = shop(wares(), 'DE')
  expect(countries[0]).toBe('DE')
  expect(countries).toContain('US')
  expect(countries).not.toContain('BR')
  expect(new Set(countries).size).toBe(countries.length)
  expect(shop(wares({ start: { publication: id, country: 'FR' } }), 'DE').countries[0]).toBe('FR')
})

test('what a visitor may not choose is a fault at its field, not another price', () => {
  const faultsOf = (changes: Partial<Cart>, given = wares()): readonly string[] => {
    try {
      priceCart(given, { ...cart, ...changes }, { country: 'NL' }, now)
      return []
    } catch (error) {
      return error instanceof Refused ? error.issues.map(({ pointer }) => pointer) : [String(error)]
    }
  }
  expect(faultsOf({})).toEqual([])
  expect(faultsOf({ offer: 2 })).toEqual(['/cart/offer'])
  expect(faultsOf({ options: { gold: 'yes', finish: 'gold' } }).length).toBe(2)
  expect(faultsOf({ design: { fit: 'fit' } })).toEqual(['/cart/design'])
  expect(faultsOf({ offer: 1, design: { fit: 'fit', focus: { x: 0.2, y: 0.9 } } })).toEqual([])
  expect(faultsOf({ offer: 1, design: { cover: { title: 'Mine' } } })).toEqual(['/cart/design/cover'])
  expect(faultsOf({ offer: 1, design: { crop: { x: 0.9, y: 0, width: 0.5, height: 1 } } }).length).toBeGreaterThan(0)
  const unknownPages = wares({ sale: { ...wares().sale, content: { kind: 'url', url: 'https://example.com/a.pdf' } } })
  expect(faultsOf({}, unknownPages)).toEqual(['/cart/offer'])
  expect(faultsOf({}, wares({ proof: proofWith(fitAs(0, { outcome: 'rejected' })) }))).toEqual(['/cart/offer'])
})

test('what is frozen is the price that was shown, and order-api charges exactly that until banks have had two weeks', () => {
  const keyring = createKeyring(Buffer.alloc(32, 7).toString('base64'))
  const { buyer } = frozen
  const given = wares({ sale: { ...wares().sale, offers: [{ sku: 'magazine-a4', margin: { percent: 15 } }] } })
  const made = freeze(given, { cart, buyer, method: 'standard', language: 'nl-BE' }, keyring, now)
  const [shown] = priceCart(given, cart, { country: 'NL' }, now).methods
  expect(shownCharges(made.charges)).toEqual(shown?.charges)
  // Of a hundred, fifteen are the publisher's: charged, and told to nobody.
  expect(made.charges.lines[0]?.margin).toBeGreaterThan(0)
  expect(JSON.stringify(shown)).not.toContain('margin')
  expect(made).toMatchObject({
    sku: 'magazine-a4',
    pages: 48,
    title: 'Havenlichten',
    publicationVersion: 3,
    filesLater: false,
  })
  const { sku, pages, cart: bought, quoteId } = made
  const item = { sku, quantity: bought.quantity, options: bought.options, ...(pages === undefined ? {} : { pages }) }
  const part = { items: [item], destination: { country: 'NL' }, currency: 'EUR' as const }
  const owner = { accountId: given.sale.account_id, isTest: true }
  const charged = (days: number, changes: object = {}) => {
    const later = new Date(now.getTime() + days * 86_400_000)
    return quotedCharges(
      { quoteId, owner, part, method: 'standard', ...changes },
      { ...given.prices, now: later },
      keyring,
    )
  }
  expect(charged(15)).toEqual(made.charges)
  expect(() => charged(17)).toThrow(/ended/)
  expect(() => charged(0, { owner: { ...owner, isTest: false } })).toThrow(/no quote of yours/)
  expect(() => charged(0, { part: { ...part, items: [{ ...item, quantity: 3 }] } })).toThrow(/not what was quoted/)
})

test('a title is the visitor’s where the publisher wrote one; the dates are of all parcels', () => {
  expect(titleIn(wares(), 'nl')).toBe('Havenlichten')
  expect(titleIn(wares(), 'en')).toBe('Harbour Lights')
  expect(titleIn(wares(), 'constructor')).toBe('Harbour Lights')
  const start = { publication: id, title: 'My zine' }
  const content = { kind: 'page' as const, origins: ['https://example.com'], pages: 48 }
  const own = wares({ start, sale: { ...wares().sale, content } })
  expect(titleIn(own, 'nl')).toBe('My zine')
  expect(shop(own).publication).toMatchObject({ title: 'My zine', texts: { nl: {}, en: { button: 'Print' } } })
  expect(shop(own).publication.texts?.nl?.title).toBeUndefined()
  expect(shop(wares({ start })).publication.title).toBe('Harbour Lights')
  const [parcel] = frozen.charges.shipping
  const shipping = parcel ? [parcel, { ...parcel, earliest: '2026-11-24', latest: '2026-12-01' }] : []
  expect(windowOfAll({ shipping })).toEqual({ earliest: '2026-11-24', latest: '2026-12-01' })
})
