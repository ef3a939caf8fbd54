import { describe, expect, test } from 'vitest'
import { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import { issuesOf } from '#contracts/parse.ts'
import { taxTable } from '#contracts/taxes/tax-table.ts'
import { localFacilities } from '../../../local/facilities.ts'
import { localPriceBooks } from '../../../local/prices/local-price-books.ts'
import { makeIdAt } from '../../../services/order-api/orders/make-id.ts'
import { placeOrder } from '../../../services/order-api/orders/place-order.ts'
import { aFileId, aRequest, now, place, placedOrder, terms } from './world.ts'

const issuesFor = (changes: Parameters<typeof aRequest>[0]) => {
  const result = place(aRequest(changes))
  return 'issues' in result ? result.issues : []
}
const item = (changes: object) => [{ sku: 'poster-a3', quantity: 1, files: { image: aFileId }, ...changes }]

describe('an order that cannot be placed says every reason with its place', () => {
  test('an unknown product', () => {
    expect(issuesFor({ items: item({ sku: 'mug' }) })).toEqual([
      { pointer: '/items/0/sku', detail: '"mug" is not in the catalogue; GET /v1/catalogue lists what is' },
    ])
  })

  test('a country that does not exist', () => {
    const { recipient } = aRequest()
    const issues = issuesFor({ recipient: { ...recipient, address: { ...recipient.address, country: 'XX' } } })
    expect(issues).toEqual([
      {
        pointer: '/recipient/address/country',
        detail: 'must be an ISO 3166-1 alpha-2 country such as NL, DE or US; found "XX"',
      },
    ])
  })

  test('a file in the wrong role, and no file at all', () => {
    expect(issuesFor({ items: item({ files: { interior: aFileId } }) })).toEqual([
      { pointer: '/items/0/files', detail: 'poster-a3 takes image, or images; found interior' },
    ])
    expect(issuesFor({ items: item({ sku: 'softcover-a5', files: {} }) })).toEqual([
      { pointer: '/items/0/files', detail: 'softcover-a5 takes interior, or interior + cover; found no file' },
    ])
  })

  test('an option that the product does not have, and a value that the option does not have', () => {
    expect(issuesFor({ items: item({ options: { lamination: 'yes', finish: 'glitter' } }) })).toEqual([
      { pointer: '/items/0/options/lamination', detail: 'is not an option of poster-a3; its options: finish' },
      { pointer: '/items/0/options/finish', detail: 'must be one of matt, satin; found "glitter"' },
    ])
  })

  test('too few pictures for a photo book', () => {
    const images = Array.from({ length: 23 }, () => aFileId)
    expect(issuesFor({ items: item({ sku: 'photobook-210x280', files: { images } }) })).toEqual([
      { pointer: '/items/0/files/images', detail: 'photobook-210x280 has 24 to 300 pages, one image each; found 23' },
    ])
  })

  test('a product that no open facility makes', () => {
    const result = place(aRequest(), [])
    expect(result).toEqual({
      issues: [
        { pointer: '/items/0/sku', detail: 'no open facility makes poster-a3 at the moment; choose another product' },
      ],
    })
  })
})

describe('an order that is placed', () => {
  test('asks for print files by a ticket that a processor can read and that names no person', () => {
    const makeId = makeIdAt(() => now)
    const result = placeOrder({
      request: aRequest(),
      accountId: 'acc_1',
      isTest: true,
      terms,
      data: { facilities: localFacilities, books: localPriceBooks, taxes: taxTable, now },
      now,
      makeId,
    })
    if ('issues' in result) throw new Error('not placed')
    const [ticket] = result.placed.tickets
    expect(issuesOf(ProcessTicket, ticket?.body)).toEqual([])
    expect(JSON.stringify(ticket?.body)).not.toMatch(/Lovelace|Oudegracht|3511 AA/)
    expect(ticket?.body).toMatchObject({
      sources: [{ role: 'image', key: `acc_1/${aFileId}` }],
      facilityId: 'fac_utrecht',
    })
  })

  test('carries the spine of the paper of the facility that prints it', () => {
    const request = aRequest({ items: item({ sku: 'softcover-a5', files: { interior: aFileId } }) })
    const { recipient } = request
    const toPoland = { ...request, recipient: { ...recipient, address: { ...recipient.address, country: 'PL' } } }
    const [inUtrecht, inLeipzig] = [placedOrder(request), placedOrder(toPoland)].map(({ items }) => items[0])
    expect(inUtrecht).toMatchObject({ facilityId: 'fac_utrecht', product: { construction: { spine: { bulk: 1.25 } } } })
    expect(inLeipzig).toMatchObject({
      facilityId: 'fac_leipzig',
      product: { construction: { spine: { kind: 'caliper', leafMicrometres: 135 } } },
    })
  })

  test('takes the default of every option that was not chosen', () => {
    expect(placedOrder(aRequest()).items[0]?.options).toEqual({ finish: 'matt' })
  })

  test('needs no payment as a test order, and waits for it as a live one', () => {
    expect(placedOrder(aRequest(), true).payment).toBe('waived')
    expect(placedOrder(aRequest(), false).payment).toBe('unpaid')
  })
})
