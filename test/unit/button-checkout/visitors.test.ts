import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CheckoutStart } from '#contracts/checkout/start.ts'
import { issuesOf } from '#contracts/parse.ts'
import { buyerIssues } from '../../../services/button-checkout/checkouts/buyer-issues.ts'
import { regionOf } from '../../../services/button-checkout/offer/region-of.ts'
import { readStart } from '../../../services/button-checkout/routes/read-start.ts'
import { wantedLanguage } from '../../../services/button-checkout/routes/wanted-language.ts'
import { callerAddress } from '../../../services/chassis/http/caller-address.ts'

const address = { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' }
const buyer = { name: 'Ada Lovelace', email: 'ada@example.com', address }
const faultsAt = (changes: object) => buyerIssues({ ...buyer, address: { ...address, ...changes } })

describe('who gets it', () => {
  test.each([
    ['NL', '3511AA'],
    ['NL', 'nl-3511 aa'],
    ['DE', '10115'],
    ['DE', 'D-10115'.slice(2)],
    ['GB', 'sw1a 1aa'],
    ['CA', 'K1A 0B1'],
    ['PL', '00-001'],
    ['SE', '111 20'],
    ['AT', '１０１０'],
    ['IE', 'D02 X285'],
  ])('%s %s is a postal code as people write it', (country, postal_code) => {
    expect(faultsAt({ country, postal_code })).toEqual([])
  })

  test.each([
    ['NL', '3511'],
    ['DE', '1011'],
    ['US', 'ABCDE'],
    ['GB', '12345'],
    ['IE', '  '],
  ])('%s %s is none, and the fault stands at its field', (country, postal_code) => {
    const state = country === 'US' ? { state: 'CA' } : {}
    expect(faultsAt({ country, postal_code, ...state })).toMatchObject([{ pointer: '/buyer/address/postal_code' }])
  })

  test('blanks are nothing, a country is one of the world, the tax of a state needs the state, a phone has digits', () => {
    const issues = buyerIssues({
      ...buyer,
      name: ' ',
      phone: 'call me',
      address: { ...address, line1: '\t', city: ' ' },
    })
    expect(issues.map(({ pointer }) => pointer)).toEqual([
      '/buyer/name',
      '/buyer/phone',
      '/buyer/address/line1',
      '/buyer/address/city',
    ])
    expect(faultsAt({ country: 'ZZ' })).toMatchObject([{ pointer: '/buyer/address/country' }])
    const american = { country: 'US', postal_code: '10001' }
    expect(faultsAt(american)).toMatchObject([{ pointer: '/buyer/address/state' }])
    expect(faultsAt({ ...american, state: 'NY' })).toEqual([])
  })
})

describe('what a button says', () => {
  test('whatever stands in an address, what is read of it is as the contract says', () => {
    const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined), fc.integer().map(String))
    const names = [...Object.keys(CheckoutStart.properties), '__proto__', 'constructor']
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (query) => {
        expect(issuesOf(CheckoutStart, readStart(query))).toEqual([])
      }),
    )
  })

  test('numbers are numbers, codes are upper case, what is said twice counts once, what is wrong is left out', () => {
    const read = readStart({
      pages: '48',
      width: '210.5',
      country: 'nl',
      currency: 'eur',
      quantity: '0',
      title: ['A', 'B'],
    })
    expect(read).toEqual({ pages: 48, width: 210.5, country: 'NL', currency: 'EUR', title: 'A' })
    expect(readStart({ title: 'a\u0000b', pages: '1e3', lang: 'x'.repeat(50), src: 'javascript:1' })).toEqual({})
  })
})

describe('who asks', () => {
  const ask = (forwarded: string | undefined, proxies: number) =>
    callerAddress({ headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, ip: '10.0.0.1' }, proxies)

  test('only what our own proxies added is believed', () => {
    expect(ask('1.1.1.1, 203.0.113.9', 1)).toBe('203.0.113.9')
    expect(ask('1.1.1.1, 203.0.113.9, 10.0.0.2', 2)).toBe('203.0.113.9')
    expect(ask('203.0.113.9', 0)).toBe('10.0.0.1')
    expect(ask(undefined, 1)).toBe('10.0.0.1')
    expect(ask(' , ,', 3)).toBe('10.0.0.1')
  })

  test('of IPv6 the network of a household counts, however its address is written', () => {
    const network = ask('2001:db8:1:2::1', 1)
    expect(ask('2001:db8:1:2:ffff:1:2:3', 1)).toBe(network)
    expect(ask('2001:db8:1:3::1', 1)).not.toBe(network)
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void ask(text, 1)))
  })
})

test('country and language are guessed from the browser, and never from nonsense', () => {
  expect(regionOf('nl-BE,nl;q=0.9')).toBe('BE')
  expect(regionOf('en, zh-Hant-TW;q=0.5')).toBe('TW')
  expect(regionOf('*')).toBeUndefined()
  const headers = { 'accept-language': 'de-AT,en;q=0.5' }
  expect(wantedLanguage(undefined, { headers })).toBe('de-AT')
  expect(wantedLanguage('fr', { headers })).toBe('fr')
  expect(wantedLanguage('"><script>', { headers: {} })).toBe('en')
})
