import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { PublicationFields } from '#contracts/order-api/publication.ts'
import { defaultRoutingPolicy } from '#contracts/order-api/routing.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'
import { type CacheTag, tagOf } from '#contracts/published/cache-tags.ts'
import { localFacilities } from '../../../../local/facilities.ts'
import { localPriceBooks } from '../../../../local/prices/local-price-books.ts'
import { documentKinds } from '../../../../services/order-api/published/document-kinds.ts'
import {
  catalogueDocument,
  documentOfPage,
  documentsOfCurrency,
  facilitiesDocument,
} from '../../../../services/order-api/published/documents-of.ts'
import type { ShownPublication } from '../../../../services/order-api/published/read/shown-publication.ts'
import type { Rendered } from '../../../../services/order-api/published/render/rendered.ts'
import type { DocumentRef } from '../../../../services/order-api/published/touch-sql.ts'
import { type Built, Tracked } from '../../../../services/order-api/published/tracked.ts'
import { accountId, aPublication, buttonRef, documentIn, publicationRef, saleRef, type World, world } from './world.ts'

const skus = ['softcover-a5', 'magazine-a4', 'poster-a3', 'card-folded-a6', 'poster-a2', 'canvas-30x40']
const currencies = ['EUR', 'GBP', 'USD'] as const

const facility = fc
  .record({
    place: fc.constantFrom(...localFacilities),
    status: fc.constantFrom('open' as const, 'open' as const, 'paused' as const),
    lacks: fc.constantFrom(...skus),
  })
  .map(({ place, status, lacks }) => ({
    ...place,
    status,
    products: place.products.filter(({ sku }) => sku !== lacks),
  }))

const book = fc
  .record({
    model: fc.constantFrom(...localPriceBooks),
    facilityId: fc.constantFrom(...localFacilities.map(({ id }) => id)),
    currency: fc.constantFrom(...currencies),
    validFrom: fc.constantFrom('2026-01-01', '2026-06-01', '2027-01-01'),
    isTaxInclusive: fc.boolean(),
    extra: fc.integer({ min: 0, max: 500 }),
  })
  .map(({ model, extra, ...said }): PriceBook => ({ ...model, ...said, products: raised(model.products, extra) }))

const raised = (products: PriceBook['products'], extra: number): PriceBook['products'] =>
  Object.fromEntries(Object.entries(products).map(([sku, price]) => [sku, { ...price, base: price.base + extra }]))

const product = fc
  .record({ sku: fc.constantFrom(...skus), title: fc.constantFrom('A', 'B'), bleedMm: fc.integer({ min: 2, max: 4 }) })
  .map(({ sku, ...said }) => {
    const known = productOf(sku)
    if (!known) throw new Error(`${sku} is not in the catalogue`)
    return { ...known, ...said }
  })

const fields = fc.record(
  {
    title: fc.string({ minLength: 1, maxLength: 10 }),
    offers: fc.array(
      fc.record(
        { sku: fc.constantFrom(...skus), margin: fc.constantFrom({ percent: 12.5 }, { amount: 200 }) },
        { requiredKeys: ['sku'] },
      ),
      { minLength: 1, maxLength: 20 },
    ),
    currency: fc.constantFrom(...currencies),
    content: fc.constantFrom<PublicationFields['content']>(
      { kind: 'asynchronous' },
      { kind: 'page', origins: ['https://example.com'] },
    ),
    country: fc.constantFrom('NL', 'DE', 'US'),
    valid_until: fc.constantFrom('2026-01-01T00:00:00Z', '2028-01-01T00:00:00Z'),
  },
  { requiredKeys: ['title', 'offers', 'content', 'currency'] },
)

const publications = fc
  .array(fields, { minLength: 1, maxLength: 3 })
  .map((all) => all.map((each, index) => aPublication(each, { id: `pub_${index}` })))

const button = fc.record({
  isTest: fc.constant(false),
  publicationId: fc.constantFrom('pub_0', 'pub_1', 'pub_2'),
  isOfPages: fc.constant(true),
  expiresAt: fc.constantFrom(null, '2027-01-01T00:00:00.000Z'),
})
const keyIds = ['key_0', 'key_1']

const anyWorld: fc.Arbitrary<World> = fc
  .record({
    facilities: fc.uniqueArray(facility, { minLength: 1, maxLength: 4, selector: ({ id }) => id }),
    books: fc.uniqueArray(book, {
      maxLength: 8,
      selector: (each) => `${each.facilityId} ${each.currency} ${each.validFrom}`,
    }),
    products: fc.uniqueArray(product, { minLength: 1, selector: ({ sku }) => sku }),
    publications,
    seller: fc.constantFrom('Harbour Press', 'Havenpers'),
    buttons: fc.array(button, { maxLength: 2 }).map((all) => new Map(all.map((each, index) => [`key_${index}`, each]))),
  })
  .map((drawn) => ({ ...world, ...drawn }))

/** A change of one row, and what whoever makes it drops. */
type Change = { readonly what: string; readonly raises: readonly CacheTag[]; readonly after: World }

const without = <T>(all: readonly T[], one: T): readonly T[] => all.filter((each) => each !== one)
const instead = <T>(all: readonly T[], one: T, other: T): readonly T[] =>
  all.map((each) => (each === one ? other : each))

/** Every row of the world, each taken away and each replaced by another one; and one more of each kind. */
function changesOf(before: World, other: World): readonly Change[] {
  const ofFacilities = before.facilities.flatMap((one) => [
    { what: `${one.id} gone`, after: { ...before, facilities: without(before.facilities, one) } },
    ...other.facilities.map((another) => ({
      what: `${one.id} changed`,
      after: { ...before, facilities: instead(before.facilities, one, { ...another, id: one.id }) },
    })),
  ])
  const ofBooks = before.books.flatMap((one) => [
    { one, after: { ...before, books: without(before.books, one) } },
    { one, after: { ...before, books: instead(before.books, one, { ...one, products: raised(one.products, 7) }) } },
  ])
  const ofProducts = before.products.flatMap((one) => [
    { one, after: { ...before, products: without(before.products, one) } },
    { one, after: { ...before, products: instead(before.products, one, { ...one, title: 'C' }) } },
  ])
  const ofPublications = before.publications.flatMap((one) => [
    { one, after: { ...before, publications: without(before.publications, one) } },
    ...other.publications.map((another: ShownPublication) => ({
      one,
      after: { ...before, publications: instead(before.publications, one, { ...another, id: one.id }) },
    })),
  ])
  const { NL = { standard: 21 }, ...vat } = before.taxes.vat
  return [
    ...ofFacilities.map((each) => ({ ...each, raises: ['facilities' as const] })),
    ...ofBooks.map(({ one, after }) => ({
      what: `book of ${one.facilityId}`,
      raises: [tagOf.prices(one.currency)],
      after,
    })),
    ...other.books.map((one) => ({
      what: `new book of ${one.facilityId}`,
      raises: [tagOf.prices(one.currency)],
      after: { ...before, books: [...before.books, one] },
    })),
    ...ofProducts.map(({ one, after }) => ({
      what: one.sku,
      raises: [tagOf.product(one.sku), 'catalogue' as const],
      after,
    })),
    ...ofPublications.map(({ one, after }) => ({ what: one.id, raises: [tagOf.publication(one.id)], after })),
    { what: 'the seller', raises: [tagOf.seller(accountId)], after: { ...before, seller: 'Another name' } },
    {
      what: 'how its orders are routed',
      raises: [tagOf.seller(accountId)],
      after: { ...before, routing: { ...defaultRoutingPolicy, split: 'never' as const } },
    },
    ...[other.buttons, new Map()].map((buttons) => ({
      what: 'the buttons',
      raises: [tagOf.buttons(accountId, false)],
      after: { ...before, buttons },
    })),
    {
      what: 'the tax of the Netherlands',
      raises: ['release' as const],
      after: { ...before, taxes: { ...before.taxes, vat: { ...vat, NL: { ...NL, standard: 23 } } } },
    },
    {
      what: 'a page',
      raises: [tagOf.page('status.html')],
      after: { ...before, pages: new Map([['status.html', '<p>other</p>']]) },
    },
  ]
}

const documentsOf = (of: World) => [
  catalogueDocument,
  facilitiesDocument,
  documentOfPage('status.html'),
  ...currencies.flatMap(documentsOfCurrency),
  ...of.publications.flatMap(({ id }) => [publicationRef(id), saleRef(id)]),
  ...keyIds.map(buttonRef),
]

/** Whether the change changes the document. Throws where it does and no tag of the document tells. */
function isFound(ref: DocumentRef, was: Built<Rendered>, { what, raises, after }: Change): boolean {
  if (was.value.text === documentIn(ref, after)?.value.text) return false
  if (raises.some((tag) => was.tags.includes(tag))) return true
  throw new Error(`${ref.path} shows ${what} and has ${was.tagText}, not ${raises.join(' or ')}`)
}

describe('P07: an answer that depends on a thing carries its tag', () => {
  test('whatever is changed, every document that changes with it is found by a tag that the change drops', () => {
    let changed = 0
    fc.assert(
      fc.property(anyWorld, anyWorld, (before, other) => {
        const changes = changesOf(before, other)
        for (const ref of documentsOf(before)) {
          const was = documentIn(ref, before)
          if (was) changed += changes.filter((change) => isFound(ref, was, change)).length
        }
      }),
      { numRuns: 80 },
    )
    // A test that never saw a change would have shown nothing.
    expect(changed).toBeGreaterThan(1000)
  })

  test('every kind of document is among them, and each is seen to change', () => {
    const kinds = new Set<string>()
    fc.assert(
      fc.property(anyWorld, anyWorld, (before, other) => {
        for (const ref of documentsOf(before)) {
          const was = documentIn(ref, before)
          if (was && changesOf(before, other).some((change) => isFound(ref, was, change))) kinds.add(ref.kind)
        }
      }),
      { numRuns: 20 },
    )
    // A preview is rendered as the publication is.
    expect([...kinds, 'preview'].sort()).toEqual([...documentKinds].sort())
  })

  test('what a tracked thing holds is not to be had without its tag', () => {
    const thing = new Tracked(tagOf.page('a'), 'secret')
    expect(JSON.stringify(thing)).not.toContain('secret')
    const built = Tracked.build((use) => ({ text: use(thing) }))
    expect([built?.value, built?.tags]).toEqual([{ text: 'secret' }, ['page:a']])
  })

  test('a document cannot be made by hand: the compiler refuses one without what only the builder adds', () => {
    const value: Rendered = { text: '{}', type: 'application/json', parts: [] }
    // @ts-expect-error: it lacks the mark that nobody but Tracked.build can give.
    const forged: Built<Rendered> = { value, tags: [], tagText: '' }
    // @ts-expect-error: what it holds is private.
    const held = () => new Tracked(tagOf.page('a'), 'secret').held
    expect([Object.getOwnPropertySymbols(forged), held()]).toEqual([[], undefined])
  })

  test('a document of more things than caches keep tags of is refused, rather than kept where it cannot be dropped', () => {
    const things = Array.from({ length: 51 }, (_, index) => new Tracked(tagOf.page(`page-${index}`), index))
    expect(() => Tracked.build((use) => ({ numbers: things.map(use) }))).toThrow('51 cache tags, and caches keep 50')
  })
})
