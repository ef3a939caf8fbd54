import { describe, expect, test } from 'vitest'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import { defaultRoutingPolicy, type RoutingPolicy } from '#contracts/order-api/routing.ts'
import { issuesOf } from '#contracts/parse.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'
import { tagOf } from '#contracts/published/cache-tags.ts'
import { PublicationDocument } from '#contracts/published/publication-document.ts'
import { priceOrder } from '#pricing/price-order.ts'
import { localFacilities } from '../../../../local/facilities.ts'
import { localPriceBooks } from '../../../../local/prices/local-price-books.ts'
import { accountId, aPublication, now, shown, world } from './world.ts'

const [utrecht] = localFacilities.filter(({ id }) => id === 'fac_utrecht')
const [euros] = localPriceBooks.filter(({ facilityId, currency }) => facilityId === 'fac_utrecht' && currency === 'EUR')
if (!utrecht || !euros) throw new Error('Utrecht has no prices in EUR')

const sells = (base: number, changes: Partial<PriceBook> = {}): PriceBook => ({
  ...euros,
  products: { 'magazine-a4': { base, perHundredPages: 200 }, 'poster-a3': { base: 1500 } },
  ...changes,
})
/** The first offer as visitors see it, in a world with these books. */
function firstOffer(fields: Parameters<typeof aPublication>[0], books: readonly PriceBook[] = [sells(500)]) {
  const { document } = shown(aPublication(fields), { facilities: [utrecht ?? localFacilities].flat(), books })
  expect(issuesOf(PublicationDocument, document)).toEqual([])
  return document.offers[0]
}
const pages = (count: number) => ({ kind: 'asynchronous' as const, pages: count })
const [least = 0, most = 0] = [8, 64]

describe('the price on a button', () => {
  test('is what a quote says for one copy, without shipping', () => {
    const { from } = firstOffer({ content: pages(48), country: 'NL' }, [euros])
    const charges = priceOrder(
      {
        items: [{ sku: 'magazine-a4', quantity: 1, pages: 48 }],
        destination: { country: 'NL' },
        currency: 'EUR',
      },
      'standard',
      { facilities: [utrecht], books: [euros], taxes: world.taxes, now },
    )
    const [line] = charges.lines
    expect(from).toEqual({
      amount: line?.net,
      currency: 'EUR',
      printed_pages: 48,
      gross: line?.gross,
      country: 'NL',
      tax_rate_percent: 21,
    })
  })

  test('counts blank pages up to what the binding needs, and the fewest pages where they are not known or too few', () => {
    expect(firstOffer({ content: pages(45) }).from).toMatchObject({ printed_pages: 48, amount: 596 })
    expect(firstOffer({ content: { kind: 'asynchronous' } }).from).toMatchObject({ printed_pages: least })
    expect(firstOffer({ content: pages(2) }).from).toMatchObject({ printed_pages: least })
  })

  test('is absent where the product cannot have so many pages, or nobody sells it', () => {
    expect(firstOffer({ content: pages(most + 1) })).not.toHaveProperty('from')
    expect(firstOffer({ currency: 'GBP' })).not.toHaveProperty('from')
    expect(firstOffer({}, [sells(500, { validFrom: '2027-01-01' })])).not.toHaveProperty('from')
    const paused = { facilities: [{ ...utrecht, status: 'paused' as const }], books: [sells(500)] }
    expect(shown(aPublication(), paused).document.offers[0]).not.toHaveProperty('from')
  })

  test('is the least of all open facilities that sell it now', () => {
    const other = { ...utrecht, id: 'fac_other' }
    const books = [sells(500), sells(400, { facilityId: 'fac_other' })]
    const content = { offers: [{ sku: 'poster-a3' }] }
    const cheap = books.map((book) => ({
      ...book,
      products: { 'poster-a3': { base: book.facilityId === 'fac_other' ? 900 : 1500 } },
    }))
    expect(
      shown(aPublication(content), { facilities: [utrecht, other], books: cheap }).document.offers[0].from.amount,
    ).toBe(900)
    const closed = [utrecht, { ...other, status: 'draining' as const }]
    expect(shown(aPublication(content), { facilities: closed, books: cheap }).document.offers[0].from.amount).toBe(1500)
  })

  test('is never of a facility that the routing policy of the account keeps its orders from', () => {
    const other = { ...utrecht, id: 'fac_other' }
    const books = [sells(500), sells(400, { facilityId: 'fac_other', products: { 'poster-a3': { base: 900 } } })]
    const offered = aPublication({ offers: [{ sku: 'poster-a3' }] })
    const from = (routing?: Partial<RoutingPolicy>) => {
      const policy = routing && { routing: { ...defaultRoutingPolicy, ...routing } }
      const { document, tags } = shown(offered, { facilities: [utrecht, other], books, ...policy })
      expect(tags).toContain(tagOf.seller(accountId))
      return document.offers[0].from?.amount
    }
    expect([from(), from({ exclude: ['fac_other'] }), from({ pin: 'fac_utrecht' })]).toEqual([900, 1500, 1500])
    expect(from({ pin: 'fac_other' })).toBe(900)
  })

  test('has the options of the offer in it', () => {
    const glossy = sells(500, { products: { 'poster-a3': { base: 1500, options: { finish: { satin: 300 } } } } })
    expect(productOf('poster-a3')?.options.finish?.values).toContain('satin')
    expect(firstOffer({ offers: [{ sku: 'poster-a3', options: { finish: 'satin' } }] }, [glossy]).from.amount).toBe(
      1800,
    )
  })

  test.each([
    [{ percent: 12.5 }, 1505, 188],
    [{ percent: 0.1 }, 1500, 2],
    [{ percent: 0 }, 1500, 0],
    [{ amount: 250 }, 1500, 250],
  ])('has the margin %o on %i minor units, rounded once, half away from zero', (margin, base, added) => {
    const books = [sells(0, { products: { 'poster-a3': { base } } })]
    const { from } = firstOffer({ offers: [{ sku: 'poster-a3', margin }], country: 'NL' }, books)
    expect(from.amount).toBe(base + added)
    expect(from.gross).toBe(from.amount + Math.round(from.amount * 0.21))
  })

  test('of a book with the tax in its prices is what the book says, and its net is taken out of it', () => {
    const books = [sells(0, { isTaxInclusive: true, products: { 'poster-a3': { base: 1210 } } })]
    const offers = [{ sku: 'poster-a3' }]
    expect(firstOffer({ offers, country: 'NL' }, books).from).toMatchObject({ amount: 1000, gross: 1210 })
    expect(firstOffer({ offers, country: 'DE' }, books).from).toMatchObject({ amount: 1017, gross: 1210 })
    expect(firstOffer({ offers }, books).from).toEqual({ amount: 1000, currency: 'EUR' })
  })

  test('is shown without tax where the tax depends on more than the country, and not guessed', () => {
    const offers = [{ sku: 'poster-a3' }]
    expect(firstOffer({ offers, country: 'US' }).from).toEqual({ amount: 1500, currency: 'EUR' })
    expect(firstOffer({ offers, country: 'US' }, [sells(0, { isTaxInclusive: true })])).not.toHaveProperty('from')
  })
})

describe('a publication', () => {
  test('tells when it changes by itself: its validity, or the first day of new prices', () => {
    const at = (fields: object, books = [sells(500)]) => shown(aPublication(fields), { books }).changesAt?.toISOString()
    expect(at({})).toBeUndefined()
    expect(at({ valid_from: '2026-12-01T08:00:00+01:00' })).toBe('2026-12-01T07:00:00.000Z')
    expect(at({ valid_from: '2026-01-01T00:00:00Z', valid_until: '2026-12-24T00:00:00Z' })).toBe(
      '2026-12-24T00:00:00.000Z',
    )
    const [first, second] = [sells(600, { validFrom: '2027-01-01' }), sells(600, { validFrom: '2027-02-01' })]
    expect(at({}, [sells(500), second, first])).toBe('2027-01-01T00:00:00.000Z')
    expect(at({ currency: 'GBP' }, [sells(500), first])).toBeUndefined()
    expect(at({ valid_until: '2026-01-01T00:00:00Z' })).toBeUndefined()
  })

  test('shows what visitors need and nothing of the rest', () => {
    const thumbnail = { width_px: 640, height_px: 480, colour: '#102030', sources: [] }
    const publication = aPublication({ content: pages(48), theme: { style: 'solid' } }, { thumbnail })
    const { document, tags } = shown(publication, { books: [sells(500)] })
    expect(document).toMatchObject({ version: 3, state: 'open', pages: 48, file_comes_later: true, thumbnail })
    expect(tags).toEqual([
      'account:acc_01k9zzzzzzzzzzzzzzzzzzzzzz',
      'document:publications/pub_01k9zzzzzzzzzzzzzzzzzzzzzz.json',
      'facilities',
      'prices:eur',
      'product:magazine-a4',
      'publication:pub_01k9zzzzzzzzzzzzzzzzzzzzzz',
      'release',
      'seller:acc_01k9zzzzzzzzzzzzzzzzzzzzzz',
    ])
  })

  test('does not show a product that is in no catalogue any more', () => {
    const publication = aPublication({ offers: [{ sku: 'gone-a4' }, { sku: 'poster-a3' }] })
    expect(shown(publication).document.offers.map(({ sku }: { sku: string }) => sku)).toEqual(['poster-a3'])
  })
})
