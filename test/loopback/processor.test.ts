import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pointsOf } from '#contracts/geometry/lengths.ts'
import { lookOf } from '../../services/processor/inspect/look.ts'
import { documentOf } from '../fixtures/processor/documents.ts'
import { jpeg, picture } from '../fixtures/processor/pictures.ts'
import { codesOf, type Maker, makerOf } from './processor-maker.ts'
import { type ProcessorWorld, startProcessorWorld } from './processor-world.ts'

let world: ProcessorWorld
let made: Maker['made']
let pixels: Maker['pixels']

beforeAll(async () => {
  world = await startProcessorWorld()
  ;({ made, pixels } = makerOf(world))
})
afterAll(async () => {
  await world?.close()
})

const patient = { timeout: 120_000 }

describe('Every family leaves with the exact sheet, boxes and page count of the catalogue', () => {
  test('a paperback without bleed: edges mirrored, a page padded, a cover made with its spine', patient, async () => {
    const interior = await documentOf({ pages: 121, widthMm: 148, heightMm: 210 })
    const answer = await made('softcover-a5', [{ role: 'interior', bytes: interior }], { title: 'The Lighthouse' })
    expect(codesOf(answer)).toEqual(['BLEED_MIRRORED', 'COVER_MADE', 'PAGES_PADDED'])
    // Page 2's band runs off the left edge of the trim; mirrored, it fills the bleed to the sheet's corner.
    const page = await pixels(answer, 'interior', 616, 2)
    expect(page.at(1, 3)).toEqual(page.at(20, 100))
    const cover = answer.previews.filter(({ component }) => component === 'cover')
    expect(cover.map(({ panel = 'whole' }) => panel).toSorted()).toEqual(['back', 'front', 'spine', 'whole'])
  })

  test('a US paperback of 210 pages: the cover is Lulu’s golden 920.37 × 666.00 pt', patient, async () => {
    const interior = await documentOf({ pages: 210, widthMm: 152.4, heightMm: 228.6 })
    const answer = await made('softcover-6x9', [{ role: 'interior', bytes: interior }])
    const cover = answer.printFiles.find(({ component }) => component === 'cover')
    expect(pointsOf(cover?.sheetWidthMm ?? 0)).toBeCloseTo(920.37, 2)
    expect(pointsOf(cover?.sheetHeightMm ?? 0)).toBeCloseTo(666, 2)
  })

  test('a magazine with its own bleed is used as it is and filled up to a multiple of four', patient, async () => {
    const interior = await documentOf({ pages: 10, widthMm: 210, heightMm: 297, bleedMm: 3 })
    const answer = await made('magazine-a4', [{ role: 'interior', bytes: interior }])
    expect(answer.pages).toBe(10)
    expect(answer.printFiles[0]?.pages).toBe(12)
    expect(codesOf(answer)).toEqual(['PAGES_PADDED'])
  })

  test('a photo book of pictures: one a page to the edge, Gelato’s golden case of 468 × 325 mm', patient, async () => {
    const bytes = await jpeg({ widthPx: 1300, heightPx: 1720 })
    const images = Array.from({ length: 34 }, (_, position) => ({ role: 'images' as const, position, bytes }))
    const answer = await made('photobook-210x280', images, { title: 'Brittany' })
    expect(answer.printFiles[1]).toMatchObject({ component: 'cover', sheetWidthMm: 468, sheetHeightMm: 325 })
    expect(answer.pages).toBe(34)
  })

  test('a canvas: the face is the picture, the wrap its mirrored edges, without a light seam', patient, async () => {
    const dark = await jpeg({ widthPx: 1300, heightPx: 1700, hue: 240 })
    const answer = await made('canvas-30x40', [{ role: 'image', bytes: dark }])
    expect(codesOf(answer)).toEqual([])
    const sheet = await pixels(answer, 'sheet', 808)
    // 2 px a millimetre, wrap 52 mm: what lies 10 mm outside the fold equals what lies 10 mm inside.
    const [outside, inside] = [sheet.at(104 - 20, 500), sheet.at(104 + 20, 500)]
    for (const channel of [0, 1, 2]) expect(Math.abs((outside[channel] ?? 0) - (inside[channel] ?? 0))).toBeLessThan(24)
    let light = 0
    for (let y = 0; y < sheet.heightPx; y += 1) if (Math.min(...sheet.at(104, y)) > 245) light += 1
    expect(light).toBe(0)
  })

  test.each(['image', 'black', 'white'])('a canvas wrapped in %s has the same sheet', patient, async (wrap) => {
    const answer = await made(
      'canvas-30x40',
      [{ role: 'image', bytes: await picture({ widthPx: 1300, heightPx: 1700 }) }],
      {
        options: { wrap },
      },
    )
    const corner = (await pixels(answer, 'sheet', 404)).at(4, 4)
    if (wrap === 'black') expect(corner).toEqual([0, 0, 0])
    if (wrap === 'white') expect(corner).toEqual([255, 255, 255])
    if (wrap === 'image') expect(corner).not.toEqual([255, 255, 255])
  })

  test('a poster from a phone: turned upright, whole sheet covered', patient, async () => {
    const bytes = await jpeg({ widthPx: 2520, heightPx: 1800 }, { orientation: 6 })
    const answer = await made('poster-a3', [{ role: 'image', bytes }])
    expect(codesOf(answer)).toEqual(['ORIENTATION_APPLIED'])
    expect(lookOf(await pixels(answer, 'sheet', 300)).edge).not.toEqual({ red: 255, green: 255, blue: 255 })
  })

  test('a poster from a one-page PDF of its own size', patient, async () => {
    const bytes = await documentOf({ pages: 1, widthMm: 297, heightMm: 420, bleedMm: 3 })
    expect(codesOf(await made('poster-a3', [{ role: 'image', bytes }]))).toEqual([])
  })
})
