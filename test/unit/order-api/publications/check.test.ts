import { describe, expect, test } from 'vitest'
import type { PublicationFields } from '#contracts/order-api/publication.ts'
import { checkPublication } from '../../../../services/order-api/publications/check-publication.ts'
import { pictureOf, thumbnailKeyOf } from '../../../../services/order-api/publications/picture.ts'

const own = `fil_${'0'.repeat(26)}`
const archive = `fil_${'1'.repeat(26)}`
const foreign = `fil_${'2'.repeat(26)}`
const files = new Map([
  [own, { contentType: 'application/pdf' }],
  [archive, { contentType: 'application/zip' }],
])
const sound: PublicationFields = {
  title: 'A',
  content: { kind: 'file', file: own },
  offers: [{ sku: 'magazine-a4' }],
  currency: 'EUR',
}
const pointers = (changes: Partial<PublicationFields>): string[] =>
  checkPublication({ ...sound, ...changes }, { files, allowedOrigins: ['http://127.0.0.1:4400'] }).map(
    ({ pointer }) => pointer,
  )
const url = (address: string): Partial<PublicationFields> => ({ content: { kind: 'url', url: address } })

describe('what can be published', () => {
  test('is what can be printed of these files, with options that there are', () => {
    expect(pointers({})).toEqual([])
    expect(pointers({ content: { kind: 'file', file: foreign } })).toEqual(['/content/file'])
    expect(pointers({ content: { kind: 'file', file: archive } })).toEqual(['/offers/0/sku'])
    expect(pointers({ content: { kind: 'file', file: archive }, offers: [{ sku: 'photobook-210x280' }] })).toEqual([])
    expect(pointers({ offers: [{ sku: 'no-such' }] })).toEqual(['/offers/0/sku'])
    expect(pointers({ offers: [{ sku: 'constructor' }] })).toEqual(['/offers/0/sku'])
    expect(pointers({ offers: [{ sku: 'poster-a3', options: { colour: 'red' } }] })).toEqual([
      '/offers/0/options/colour',
    ])
    expect(pointers({ content: { kind: 'file', file: own, pages: 3 } })).toEqual(['/content/pages'])
  })

  test('has each product with the same options once, said or not', () => {
    const inMatt = { sku: 'poster-a3', options: { finish: 'matt' } }
    const inSatin = { sku: 'poster-a3', options: { finish: 'satin' } }
    expect(pointers({ offers: [{ sku: 'poster-a3' }, inMatt] })).toEqual(['/offers/1'])
    expect(pointers({ offers: [inMatt, inSatin, { sku: 'poster-a4' }] })).toEqual([])
  })

  test.each([
    'http://example.com/a.pdf',
    'https://localhost/a.pdf',
    'https://printer/a.pdf',
    'https://files.internal/a.pdf',
    'https://nas.local./a.pdf',
    'https://127.0.0.1/a.pdf',
    'https://0x7f.1/a.pdf',
    'https://2130706433/a.pdf',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/a.pdf',
    'https://[::ffff:10.0.0.1]/a.pdf',
    'https://example.com:8443/a.pdf',
    'https://ada:secret@example.com/a.pdf',
    'https://',
  ])('is never behind %s', (address) => {
    expect(pointers(url(address))).toEqual(['/content/url'])
    expect(pointers({ thumbnail: { url: address } })).toEqual(['/thumbnail/url'])
  })

  test('may be behind any public address, with any name', () => {
    for (const address of [
      'https://example.com/a.pdf',
      'https://93.184.215.14/a',
      'https://xn--bcher-kva.example/ä?b#c',
    ])
      expect(pointers(url(address))).toEqual([])
  })

  test('begins before it ends', () => {
    const from = '2026-12-01T00:00:00.000Z'
    expect(pointers({ valid_from: from, valid_until: '2026-12-02T00:00:00.000Z' })).toEqual([])
    expect(pointers({ valid_from: from, valid_until: from })).toEqual(['/valid_until'])
    expect(pointers({ valid_from: '2026-02-30T99:00:00Z', valid_until: from })).toEqual(['/valid_from'])
  })

  test('has a country that there is, and a picture that something is left of', () => {
    expect(pointers({ country: 'XX' })).toEqual(['/country'])
    const crop = { x: 0.5, y: 0, width: 0.6, height: 1 }
    expect(pointers({ thumbnail: { edit: { crop } } })).toEqual(['/thumbnail/edit/crop/width'])
    expect(pointers({ thumbnail: { edit: { crop: { ...crop, x: 1 / 3, width: 2 / 3 } } } })).toEqual([])
    expect(pointers({ thumbnail: { file: archive } })).toEqual(['/thumbnail/file'])
    expect(pointers({ thumbnail: { file: own, url: 'https://example.com/a.jpg' } })).toEqual(['/thumbnail/url'])
    expect(pointers({ content: { kind: 'asynchronous' }, thumbnail: { edit: { rotate: 90 } } })).toEqual([
      '/thumbnail/edit',
    ])
  })

  test('fits a row of the database: 48 KiB of JSON, and what is too long is named', () => {
    const text = { description: '‱'.repeat(2000) }
    const languages = ['de', 'en', 'fr', 'nl', 'it', 'es', 'pt', 'pl', 'cs']
    expect(pointers({ texts: Object.fromEntries(languages.map((each) => [each, text])) })).toEqual(['/texts'])
    expect(pointers({ texts: Object.fromEntries(languages.slice(0, 8).map((each) => [each, text])) })).toEqual([])
  })
})

describe('a picture', () => {
  const keyOf = (changes: Partial<PublicationFields>): string | undefined => {
    const picture = pictureOf({ ...sound, ...changes })
    return picture && thumbnailKeyOf(picture)
  }

  test('is shared by whatever asks for the same, and none where the content comes later', () => {
    const whole = { x: 0, y: 0, width: 1, height: 1 }
    expect(keyOf({})).toMatch(/^[0-9a-f]{64}$/)
    expect(keyOf({ thumbnail: { edit: { rotate: 0, crop: whole } } })).toBe(keyOf({}))
    expect(keyOf({ thumbnail: { file: own } })).toBe(keyOf({}))
    expect(keyOf({ thumbnail: { edit: { rotate: 90 } } })).not.toBe(keyOf({}))
    expect(keyOf({ content: { kind: 'asynchronous' } })).toBeUndefined()
    expect(keyOf({ content: { kind: 'asynchronous' }, thumbnail: { file: own } })).toBe(keyOf({}))
  })
})
