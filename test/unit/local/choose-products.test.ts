import { describe, expect, test } from 'vitest'
import { bestFor, chooseProducts } from '../../../local/demo/choose-products.ts'
import type { FileFacts, PdfFacts } from '../../../local/demo/file-facts.ts'

const pdf = (pages: number, widthMm: number, heightMm: number): PdfFacts => ({
  kind: 'pdf',
  path: 'words.pdf',
  pages,
  widthMm,
  heightMm,
})
const images = (count: number): FileFacts[] =>
  Array.from({ length: count }, (_, index) => ({ kind: 'image', path: `${index}.jpg` }))
const skusOf = (files: readonly FileFacts[], sku?: string) => chooseProducts(files, sku).items.map((item) => item.sku)

describe('a PDF becomes', () => {
  test.each([
    ['an A5 book', pdf(120, 148, 210), 'softcover-a5'],
    ['an A5 book when its pages have bleed', pdf(120, 154, 216), 'softcover-a5'],
    ['a US trade book', pdf(200, 152.4, 228.6), 'softcover-6x9'],
    ['an A4 magazine', pdf(16, 210, 297), 'magazine-a4'],
    ['an A4 magazine when its pages have bleed', pdf(16, 216, 303), 'magazine-a4'],
    ['an A5 magazine when it is too thin for a book', pdf(12, 148, 210), 'magazine-a5'],
    ['a photo book when it was drawn for one', pdf(40, 210, 280), 'photobook-210x280'],
    ['an A4 book when it is A4 and too thick for a magazine', pdf(120, 210, 297), 'softcover-a4'],
    ['a thick book', pdf(700, 148, 210), 'softcover-a5'],
    ['a postcard when it was drawn for one', pdf(2, 105, 148), 'card-a6'],
    ['a calendar when it was drawn for one', pdf(13, 297, 420), 'calendar-a3'],
    ['a magazine when it is too thin for anything: the platform says why not', pdf(2, 210, 297), 'magazine-a4'],
    ['a book when it is too thick for anything', pdf(2000, 148, 210), 'softcover-a5'],
    ['a magazine when nobody here can read it', pdf(0, 0, 0), 'magazine-a4'],
  ])('%s', (_, file, sku) => {
    expect(bestFor(file)).toBe(sku)
  })
})

describe('pictures become', () => {
  test('one poster', () => {
    expect(skusOf(images(1))).toEqual(['poster-a3'])
  })

  test('a poster each when they are few', () => {
    expect(skusOf(images(23))).toEqual(Array.from({ length: 23 }, () => 'poster-a3'))
  })

  test('one photo book in their order when they are 24 or more', () => {
    const { items } = chooseProducts(images(24))
    expect(items.map(({ sku }) => sku)).toEqual(['photobook-210x280'])
    expect(items[0]?.files.map(({ path }) => path)).toEqual(images(24).map(({ path }) => path))
  })
})

describe('--sku', () => {
  test('overrides the choice', () => {
    expect(skusOf([pdf(40, 210, 297)], 'softcover-6x9')).toEqual(['softcover-6x9'])
    expect(skusOf(images(2), 'canvas-30x40')).toEqual(['canvas-30x40', 'canvas-30x40'])
    expect(skusOf(images(3), 'photobook-210x210')).toEqual(['photobook-210x210'])
  })

  test('refuses files the product is not made of', () => {
    expect(() => chooseProducts(images(1), 'magazine-a4')).toThrow('is made of a PDF')
    expect(() => chooseProducts([...images(1), pdf(30, 210, 280)], 'photobook-210x280')).toThrow('not of both')
  })
})

test('a PDF and pictures together make one order', () => {
  expect(skusOf([...images(2), pdf(16, 210, 297)])).toEqual(['magazine-a4', 'poster-a3', 'poster-a3'])
})
