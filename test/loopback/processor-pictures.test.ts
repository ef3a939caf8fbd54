import { readFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { PreflightReport } from '#contracts/messages/preflight-report.ts'
import { parse } from '#contracts/parse.ts'
import { lookOf } from '../../services/processor/inspect/look.ts'
import { archiveOf } from '../fixtures/processor/archives.ts'
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

/** A poster of another size: less work than a large one, and the same way. */
function small(trimWidthMm: number, trimHeightMm: number): Product {
  const product = productOf('poster-a3')
  if (!product) throw new Error('no poster')
  return { ...product, trimWidthMm, trimHeightMm }
}

describe('Every picture format that is sold', () => {
  test.each([
    ['png with see-through parts', ['ALPHA_FLATTENED_WHITE'], (image: Sharp) => image.ensureAlpha(0.5).png()],
    ['png of 16 bits', ['DEPTH_16_TO_8'], (image: Sharp) => image.toColourspace('rgb16').png()],
    ['jpeg in CMYK', [], (image: Sharp) => image.toColourspace('cmyk').jpeg()],
    ['jpeg in gray', [], (image: Sharp) => image.grayscale().jpeg({ progressive: true })],
    ['tiff', [], (image: Sharp) => image.tiff()],
    ['webp', [], (image: Sharp) => image.webp()],
    ['avif', [], (image: Sharp) => image.avif({ effort: 0 })],
    ['gif', [], (image: Sharp) => image.gif()],
  ])('becomes a poster in its own colours: %s', patient, async (name, codes, encode) => {
    const original = sharp(await picture({ widthPx: 420, heightPx: 590 }))
    const answer = await made(small(99, 140), [{ role: 'image', bytes: await encode(original).toBuffer() }])
    expect(codesOf(answer)).toEqual(codes)
    const look = lookOf(await pixels(answer, 'sheet', 200))
    expect(look.isBlank).toBe(false)
    if (codes.length === 0 && name !== 'jpeg in gray') expect(Math.abs(look.mean.blue - 112)).toBeLessThan(20)
  })
})

test('an image file of several pages prints the first one and says so', patient, async () => {
  const pages = await Promise.all([1, 2, 3].map(() => picture({ widthPx: 420, heightPx: 590 })))
  const bytes = await sharp(pages, { join: { animated: true } })
    .tiff()
    .toBuffer()
  const { findings } = await made(small(99, 140), [{ role: 'image', bytes }])
  expect(findings.find(({ code }) => code === 'FIRST_PICTURE_ONLY')).toMatchObject({
    found: '3 pages or frames in one image file',
  })
})

test('a HEIC photo from a phone becomes a poster, its own colours kept', patient, async () => {
  const bytes = await readFile(new URL('../fixtures/processor/heic/turned-p3.heic', import.meta.url))
  // The sample has 128 × 192 pixels; upright, its quarters are blue and red, yellow and green.
  const { at } = await pixels(await made(small(20, 30), [{ role: 'image', bytes }]), 'sheet', 100)
  const [leftTop, rightTop] = [at(25, 30), at(75, 30)]
  expect(leftTop[2]).toBeGreaterThan((leftTop[0] ?? 0) + 80)
  expect(rightTop[0]).toBeGreaterThan((rightTop[2] ?? 0) + 80)
})

describe('An archive of pictures', () => {
  const shades = Array.from({ length: 24 }, (_, page) => ({ r: page * 10, g: 100, b: 250 - page * 10 }))
  const flat = async (background: (typeof shades)[number]) =>
    await sharp({ create: { width: 1300, height: 1300, channels: 3, background } })
      .jpeg({ quality: 90 })
      .toBuffer()

  test('of 24 becomes a photo book in the order that people count in', patient, async () => {
    const entries = await Promise.all(
      shades.map(async (shade, index) => ({ name: `holiday/Bild ${index + 1}.jpg`, data: await flat(shade) })),
    )
    // As programs list them: 1, 10, 11 … 2, 20.
    const zip = archiveOf(entries.toSorted((one, other) => (one.name < other.name ? -1 : 1)))
    const answer = await made('photobook-210x210', [{ role: 'images', bytes: zip }])
    expect(answer.pages).toBe(24)
    for (const page of [1, 2, 10, 24]) {
      const { at } = await pixels(answer, 'interior', 60, page)
      const { r, g, b } = shades[page - 1] ?? { r: 0, g: 0, b: 0 }
      for (const [index, wanted] of [r, g, b].entries())
        expect(Math.abs((at(30, 30)[index] ?? 0) - wanted)).toBeLessThan(4)
    }
    const report = parse(
      'PreflightReport',
      PreflightReport,
      JSON.parse((await world.stored(answer.reportKey)).toString()),
    )
    if (report.outcome !== 'ready') throw new Error('no report')
    expect(report.files.map(({ file }) => file).slice(0, 3)).toEqual(['images/1', 'images/2', 'images/3'])
    expect(report.looked).toMatchObject([{ component: 'interior', lookedAt: [{ from: 1, to: 24 }] }, {}])
  })

  test('of one picture stands for that picture', patient, async () => {
    const data = await jpeg({ widthPx: 1800, heightPx: 2520 })
    const answer = await made('poster-a3', [{ role: 'image', bytes: archiveOf([{ name: 'a.jpg', data }]) }])
    expect(answer.pages).toBe(1)
  })

  test.each([
    ['several pictures for one sheet', 'SOURCE_MISMATCH', ['a.jpg', 'b.jpg']],
    ['a text among them', 'UNSUPPORTED_FORMAT', ['a.jpg', 'read me.txt']],
  ])('with %s is refused by name', patient, async (_, code, names) => {
    const data = await jpeg({ widthPx: 600, heightPx: 800 })
    const entries = names.map((name) => ({ name, data: name.endsWith('.jpg') ? data : Buffer.from('Hello, read me') }))
    const ticket = await world.ticket('poster-a3', [{ role: 'image', bytes: archiveOf(entries) }])
    await world.send(ticket)
    expect(await world.answer(ticket.ticketId)).toMatchObject({
      outcome: 'rejected',
      findings: [{ code, file: 'image' }],
    })
  })
})
