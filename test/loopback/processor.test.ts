import { readFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import type { Box } from '#contracts/geometry/box.ts'
import { geometryOf } from '#contracts/geometry/geometry.ts'
import { pointsOf } from '#contracts/geometry/lengths.ts'
import { PreflightReport } from '#contracts/messages/preflight-report.ts'
import { parse } from '#contracts/parse.ts'
import { lookOf } from '../../services/processor/inspect/look.ts'
import { openWithPdfium } from '../../services/processor/pdfium/document.ts'
import { archiveOf } from '../fixtures/processor/archives.ts'
import { documentOf } from '../fixtures/processor/documents.ts'
import { jpeg, picture } from '../fixtures/processor/pictures.ts'
import { independently } from './processor-inspection.ts'
import { type ProcessorWorld, type Ready, type SourceSpec, startProcessorWorld } from './processor-world.ts'

let world: ProcessorWorld

beforeAll(async () => {
  world = await startProcessorWorld()
})

afterAll(async () => {
  await world?.close()
})

const patient = { timeout: 120_000 }

async function made(sku: Product | string, sources: readonly SourceSpec[], more = {}): Promise<Ready> {
  const ticket = await world.ticket(sku, sources, more)
  await world.send(ticket)
  const answer = await world.answer(ticket.ticketId)
  expect(answer).toMatchObject({ outcome: 'ready' })
  if (answer.outcome !== 'ready') throw new Error('not ready')
  await expectExact(answer, ticket.product)
  return answer
}

/** Every print file has the sizes and boxes of the catalogue's geometry, to 0.01 pt, by PDFium and by the tools there are. */
async function expectExact(answer: Ready, product: Parameters<typeof geometryOf>[0]): Promise<void> {
  const geometry = geometryOf(product, answer.pages)
  expect(answer.printFiles.map(({ component }) => component)).toEqual(geometry.components.map((each) => each.component))
  for (const component of geometry.components) {
    const file = answer.printFiles.find((each) => each.component === component.component)
    const pdf = await world.stored(file?.key ?? '')
    expect(file).toMatchObject({ pages: component.pages, sizeBytes: pdf.length, trimBox: component.trimBox })
    const document = await openWithPdfium(pdf)
    expect(document.pageCount).toBe(component.pages)
    for (const page of [1, component.pages]) {
      expectBox(document.box(page, 'Media'), component.bleedBox)
      expectBox(document.box(page, 'Bleed'), component.bleedBox)
      expectBox(document.box(page, 'Trim'), component.trimBox)
    }
    expect((await independently('qpdf', pdf)) ?? 'No syntax or stream encoding errors').toContain(
      'No syntax or stream encoding errors',
    )
    const info = await independently('pdfinfo', pdf)
    if (info) expect(info).toContain(`Pages:           ${component.pages}`)
  }
}

function expectBox(found: ReturnType<Awaited<ReturnType<typeof openWithPdfium>>['box']>, wanted: Box): void {
  expect(found?.x).toBeCloseTo(pointsOf(wanted.xMm), 2)
  expect(found?.y).toBeCloseTo(pointsOf(wanted.yMm), 2)
  expect(found?.width).toBeCloseTo(pointsOf(wanted.widthMm), 2)
  expect(found?.height).toBeCloseTo(pointsOf(wanted.heightMm), 2)
}

type Told = { readonly findings: readonly { readonly code: string; readonly severity: string }[] }

/** True of every picture and document that these tests draw: no profile, fonts by name, words near an edge. */
const ofTheFixtures = ['PROFILE_ASSUMED_SRGB', 'FONT_EMBEDDED_STANDARD14', 'TEXT_NEAR_TRIM', 'METADATA_STRIPPED']
const codesOf = ({ findings }: Told) =>
  [...new Set(findings.map(({ code }) => code))].filter((code) => !ofTheFixtures.includes(code)).toSorted()

async function pixels(answer: Ready, component: string, widthPx: number, page = 1) {
  const file = answer.printFiles.find((each) => each.component === component)
  const document = await openWithPdfium(await world.stored(file?.key ?? ''))
  const { width, height } = document.size(page)
  const heightPx = Math.round((widthPx * height) / width)
  const { data } = document.render(page, widthPx, heightPx)
  const at = (x: number, y: number) => [...data.subarray((y * widthPx + x) * 4, (y * widthPx + x) * 4 + 3)]
  return { data, widthPx, heightPx, at }
}

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
    const original = sharp(await picture({ widthPx: 1200, heightPx: 1690 }))
    const answer = await made('poster-a3', [{ role: 'image', bytes: await encode(original).toBuffer() }])
    expect(codesOf(answer)).toEqual(codes)
    const look = lookOf(await pixels(answer, 'sheet', 200))
    expect(look.isBlank).toBe(false)
    if (codes.length === 0 && name !== 'jpeg in gray') expect(Math.abs(look.mean.blue - 112)).toBeLessThan(20)
  })
})

test('an image file of several pages prints the first one and says so', patient, async () => {
  const pages = await Promise.all([1, 2, 3].map(() => picture({ widthPx: 1200, heightPx: 1690 })))
  const bytes = await sharp(pages, { join: { animated: true } })
    .tiff()
    .toBuffer()
  const { findings } = await made('poster-a3', [{ role: 'image', bytes }])
  expect(findings.find(({ code }) => code === 'FIRST_PICTURE_ONLY')).toMatchObject({
    found: '3 pages or frames in one image file',
  })
})

test('a HEIC photo from a phone becomes a poster, its own colours kept', patient, async () => {
  const bytes = await readFile(new URL('../fixtures/processor/heic/turned-p3.heic', import.meta.url))
  const product = productOf('poster-a3')
  if (!product) throw new Error('no poster')
  // The sample has 128 × 192 pixels; upright, its quarters are blue and red, yellow and green.
  const stamp: Product = { ...product, trimWidthMm: 20, trimHeightMm: 30 }
  const { at } = await pixels(await made(stamp, [{ role: 'image', bytes }]), 'sheet', 100)
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

describe('Covers that customers send', () => {
  const interior = () => documentOf({ pages: 100, widthMm: 148, heightMm: 210, isPlain: true })
  // 100 pages: 50 leaves of 90 gsm × 1.25, and two cover sheets of 0.3 mm.
  const spineMm = 50 * 0.1125 + 0.6

  test('of the exact sheet size are used as they are', patient, async () => {
    const cover = await documentOf({ pages: 1, widthMm: 2 * 148 + spineMm, heightMm: 210, bleedMm: 3 })
    const sources = [
      { role: 'interior' as const, bytes: await interior() },
      { role: 'cover' as const, bytes: cover },
    ]
    expect(codesOf(await made('softcover-a5', sources))).toEqual(['BLEED_MIRRORED'])
  })

  test('drawn for another spine are centred, and the finding names sheet and spine', patient, async () => {
    const cover = await documentOf({ pages: 1, widthMm: 2 * 148 + spineMm + 4, heightMm: 210, bleedMm: 3 })
    const sources = [
      { role: 'interior' as const, bytes: await interior() },
      { role: 'cover' as const, bytes: cover },
    ]
    const { findings } = await made('softcover-a5', sources)
    expect(findings.find(({ code }) => code === 'SPINE_WIDTH_DIFFERS')).toMatchObject({
      found: expect.stringContaining('10.2 mm'),
      wanted: expect.stringContaining('spine of 6.2 mm at 100 pages'),
    })
  })

  test('that are a front alone get spine and back made for them', patient, async () => {
    const front = await jpeg({ widthPx: 1748, heightPx: 2480 })
    const sources = [
      { role: 'interior' as const, bytes: await interior() },
      { role: 'cover' as const, bytes: front },
    ]
    expect(codesOf(await made('softcover-a5', sources))).toContain('COVER_MADE')
  })
})

describe('The same inputs', () => {
  test('make the same bytes, under the same name, and are not made again', patient, async () => {
    const bytes = await documentOf({ pages: 34, widthMm: 148, heightMm: 210, rotate: 0 })
    const sources = [{ role: 'interior' as const, bytes }]
    const first = await made('softcover-a5', sources, { title: 'Twice', outputPrefix: 'facilities/fac_test/one/' })
    const second = await made('softcover-a5', sources, { title: 'Twice', outputPrefix: 'facilities/fac_test/two/' })
    expect(second.printFiles.map(({ sha256 }) => sha256)).toEqual(first.printFiles.map(({ sha256 }) => sha256))
    const again = await made('softcover-a5', sources, { title: 'Twice', outputPrefix: 'facilities/fac_test/one/' })
    expect(again.printFiles).toEqual(first.printFiles)
    expect(again.receiptKey).toBe(first.receiptKey)
    const receipt = JSON.parse((await world.stored(first.receiptKey)).toString())
    expect(receipt).toMatchObject({ type: 'receipt', report: { outcome: 'ready' } })
    expect(await world.listed('facilities/fac_test/one/')).toContain(first.reportKey)
  })
})
