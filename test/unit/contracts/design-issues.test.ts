import { describe, expect, test } from 'vitest'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { Design, type PageDesign } from '#contracts/design.ts'
import { designIssues } from '#contracts/design-issues.ts'
import { checkDigitOf, isIsbnSound } from '#contracts/isbn.ts'
import { issuesOf } from '#contracts/parse.ts'

function product(sku: string): Product {
  const found = productOf(sku)
  if (!found) throw new Error(`no ${sku}`)
  return found
}

const pictures = { roles: ['images'], images: 20 } as const
const album = product('layflat-210x210')
const single: PageDesign = { template: 'full_bleed', images: [{ image: 1 }] }
const spread: PageDesign = { template: 'spread', images: [{ image: 2 }] }
const pagesLike = (first: readonly PageDesign[], rest = 14): Design => ({
  pages: [...first, ...Array.from({ length: rest }, () => single)],
})
const detailsOf = (design: Design, made = album, files: Parameters<typeof designIssues>[2] = pictures) =>
  designIssues(design, made, files).map(({ pointer, detail }) => `${pointer}: ${detail}`)

describe('A design is refused before the order is taken', () => {
  test('when a picture does not exist', () => {
    expect(detailsOf(pagesLike([single, { ...single, images: [{ image: 21 }] }]))).toEqual([
      '/pages/1/images/0/image: must be a place in files.images, 1 to 20; found 21',
    ])
  })

  test('when a spread would go round the edge of a leaf', () => {
    expect(detailsOf(pagesLike([single, spread]))).toEqual([])
    expect(detailsOf(pagesLike([spread]))).toEqual([
      expect.stringContaining('would take pages 1 and 2, the two sides of one leaf'),
    ])
    expect(detailsOf(pagesLike([single, single, spread]))[0]).toContain(
      '/pages/2/template: spread must begin on a left page',
    )
  })

  test('when a product without facing pages is to have a spread', () => {
    const pages = { pages: [single, spread, ...Array.from({ length: 10 }, () => single)] }
    expect(detailsOf(pages, product('calendar-a4'))).toEqual([expect.stringContaining('calendar-a4 has none')])
  })

  test('when two_up has one picture, or another template two', () => {
    const one: PageDesign = { template: 'two_up', images: [{ image: 1 }] }
    const two: PageDesign = { template: 'border', images: [{ image: 1 }, { image: 2 }] }
    expect(detailsOf(pagesLike([one, two]))).toEqual([
      '/pages/0/images: two_up shows 2; found 1',
      '/pages/1/images: border shows 1; found 2',
    ])
  })

  test('when it lays out pages of a PDF, which has its own', () => {
    expect(detailsOf(pagesLike([single, single]), album, { roles: ['interior'], images: 0 })).toEqual([
      expect.stringContaining('/pages: lays out pictures and needs them as files.images; found interior'),
    ])
  })

  test('when it has too many or too few pages, a spread counted as two', () => {
    expect(detailsOf(pagesLike([single, spread], 13))).toEqual([])
    expect(detailsOf(pagesLike([single, spread], 12))).toEqual([expect.stringContaining('16 to 120 pages; found 15')])
    expect(detailsOf({ pages: [single, spread, single] }, product('card-folded-a6'))).toEqual([])
  })

  test('when a cut reaches beyond the picture', () => {
    expect(detailsOf({ crop: { x: 0.5, y: 0, width: 0.6, height: 1 } })).toEqual([
      '/crop: x and width together may be 1 at most: the right edge',
    ])
  })

  test('when the product has no cover of its own', () => {
    expect(detailsOf({ cover: { title: 'A' } }, product('magazine-a4'), { roles: ['interior'], images: 0 })).toEqual([
      expect.stringContaining('magazine-a4 has no cover of its own'),
    ])
  })

  test('when the ISBN has a typing error: the right last digit is named', () => {
    expect(detailsOf({ cover: { barcode: '9783161484101' } })).toEqual([
      expect.stringContaining('the last digit must be 0; found 1'),
    ])
    expect(detailsOf({ cover: { barcode: '9783161484100' } })).toEqual([])
  })

  test('when two things choose the picture of the front', () => {
    expect(detailsOf({ cover: { picture: { image: 1 }, from: 'first_and_last_page' } })).toEqual([
      expect.stringContaining('/cover/from'),
    ])
  })

  test('when a word of it is not known', () => {
    expect(issuesOf(Design, { pages: [{ template: 'mosaic', images: [{ image: 1 }] }] })).toMatchObject([
      { pointer: '/pages/0/template', detail: expect.stringContaining('full_bleed') },
    ])
  })
})

test('check digits of known ISBNs', () => {
  expect(['9780306406157', '9783161484100', '9791090636071'].every(isIsbnSound)).toBe(true)
  expect(checkDigitOf('978030640615')).toBe(7)
})
