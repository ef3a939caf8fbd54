import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentOf } from '../fixtures/processor/documents.ts'
import { quartered, quarters } from '../fixtures/processor/pictures.ts'
import { codesOf, type Maker, makerOf } from './processor-maker.ts'
import { type ProcessorWorld, type Ready, startProcessorWorld } from './processor-world.ts'

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
const { red, green, blue, yellow } = quarters
type Colour = readonly number[]
type Shown = Awaited<ReturnType<Maker['pixels']>>

/** Red and green above, blue and yellow below; `orientation` as a camera notes how it was held. */
const photo = async (widthPx: number, heightPx: number, orientation = 1): Promise<Buffer> =>
  await sharp(await quartered(widthPx, heightPx))
    .withMetadata({ orientation })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer()

/** Tests may keep what they looked at, for people to look at as well. */
const keptIn = process.env.TEST_PICTURES

async function seen(answer: Ready, component: string, name: string, page = 1): Promise<Shown> {
  const shown = await pixels(answer, component, 400, page)
  if (keptIn !== undefined) {
    await mkdir(keptIn, { recursive: true })
    const raw = { width: shown.widthPx, height: shown.heightPx, channels: 4 } as const
    await writeFile(join(keptIn, `${name}.png`), await sharp(shown.data, { raw }).png().toBuffer())
  }
  return shown
}

function expectAt({ at, widthPx, heightPx }: Shown, [across, down]: readonly [number, number], wanted: Colour): void {
  const found = at(Math.floor(widthPx * across), Math.floor(heightPx * down))
  for (const [index, value] of wanted.entries()) expect(Math.abs((found[index] ?? -999) - value)).toBeLessThan(24)
}

/** From the top left. */
function expectQuarters(shown: Shown, [one, two, three, four]: readonly [Colour, Colour, Colour, Colour]): void {
  expectAt(shown, [0.3, 0.3], one)
  expectAt(shown, [0.7, 0.3], two)
  expectAt(shown, [0.3, 0.7], three)
  expectAt(shown, [0.7, 0.7], four)
}

const turned = [
  [0, [red, green, blue, yellow]],
  [90, [blue, red, yellow, green]],
  [180, [yellow, blue, green, red]],
  [270, [green, yellow, red, blue]],
] as const

describe('a picture that its customer turns', () => {
  test.each(turned)('by %i° clockwise hangs on a canvas like that', patient, async (rotate, wanted) => {
    const bytes = await photo(1200, 1200)
    const answer = await made('canvas-20x20', [{ role: 'image', bytes }], { design: { rotate } })
    expectQuarters(await seen(answer, 'sheet', `canvas-${rotate}`), wanted)
    expect(codesOf(answer)).toEqual([])
  })

  test(
    'was first stood upright as its camera noted, then turned, then cut: what the visitor saw',
    patient,
    async () => {
      // Stored lying; upright blue and red above, yellow and green below; turned: yellow and blue, green and red.
      const bytes = await photo(1200, 1600, 6)
      const whole = await made('canvas-20x30', [{ role: 'image', bytes }], { design: { rotate: 90 } })
      expectQuarters(await seen(whole, 'sheet', 'canvas-camera-90'), [yellow, blue, green, red])
      const crop = { x: 0.5, y: 0, width: 0.5, height: 1 }
      const cut = await made('canvas-20x30', [{ role: 'image', bytes }], { design: { rotate: 90, crop } })
      expectQuarters(await seen(cut, 'sheet', 'canvas-camera-90-cut'), [blue, blue, red, red])
    },
  )

  test('or leaves as it is on purpose is not turned by us to suit the sheet', patient, async () => {
    const bytes = await photo(1600, 1200)
    const design = { rotate: 0, crop: { x: 0.25, y: 0, width: 0.5, height: 1 } } as const
    const kept = await made('poster-a3', [{ role: 'image', bytes }], { design })
    expectQuarters(await seen(kept, 'sheet', 'poster-kept'), [red, green, blue, yellow])
    const suited = await made('poster-a3', [{ role: 'image', bytes }])
    expect(codesOf(suited)).toContain('PAGE_ROTATED')
    expectQuarters(await seen(suited, 'sheet', 'poster-suited'), [blue, red, yellow, green])
  })

  test('may be a page of a PDF', patient, async () => {
    const bytes = await documentOf({ pages: 1, widthMm: 297, heightMm: 420 })
    const upright = await made('poster-a3', [{ role: 'image', bytes }], { design: { rotate: 0 } })
    const over = await made('poster-a3', [{ role: 'image', bytes }], { design: { rotate: 180 } })
    const [one, other] = [await seen(upright, 'sheet', 'pdf-0'), await seen(over, 'sheet', 'pdf-180')]
    for (const [across, down] of [
      [0.5, 0.4],
      [0.2, 0.15],
      [0.8, 0.9],
    ] as const) {
      expectAt(other, [1 - across, 1 - down], one.at(Math.floor(400 * across), Math.floor(one.heightPx * down)))
    }
  })
})

test('a photo book turns each picture as its page says, and its cover by itself', patient, async () => {
  const images = await Promise.all(
    Array.from({ length: 3 }, async (_, position) => ({
      ...{ role: 'images' as const, position },
      bytes: await photo(1200, 1200),
    })),
  )
  const page = (rotate: 0 | 90 | 180 | 270) => ({ template: 'full_bleed', images: [{ image: 2, rotate }] }) as const
  const pages = [page(0), page(90), page(180), page(270), ...Array.from({ length: 20 }, () => page(0))]
  const answer = await made('photobook-210x210', images, {
    design: { rotate: 180, pages, cover: { picture: { image: 1, rotate: 90 } } },
  })
  for (const [index, [, wanted]] of turned.entries()) {
    expectQuarters(await seen(answer, 'interior', `book-${index}`, index + 1), wanted)
  }
  const cover = await seen(answer, 'cover', 'book-cover')
  // The front is the right half; its picture stands in the middle of it.
  const colours = new Set<string>()
  for (let x = 210; x < 390; x += 4)
    for (let y = 20; y < cover.heightPx - 20; y += 4) colours.add(nearest(cover.at(x, y)))
  expect([...colours]).toEqual(expect.arrayContaining(['red', 'green', 'blue', 'yellow']))
  expect(firstOf(cover, 'blue')).toBeLessThan(firstOf(cover, 'red'))
})

const nearest = (found: readonly number[]): string =>
  Object.entries(quarters).find(([, colour]) =>
    colour.every((value, index) => Math.abs(value - (found[index] ?? -999)) < 30),
  )?.[0] ?? 'other'

/** How far from the left a colour begins on the front. */
function firstOf(shown: Shown, colour: string): number {
  for (let x = shown.widthPx / 2; x < shown.widthPx; x += 1)
    for (let y = 0; y < shown.heightPx; y += 4) if (nearest(shown.at(x, y)) === colour) return x
  return shown.widthPx
}

describe('the wrap of a canvas goes round the edge as it was chosen, of the picture as it was turned', () => {
  /** 200 mm of face between 52 mm of wrap. */
  const sheetMm = 304
  const on = (mm: number): number => mm / sheetMm

  test.each(['mirror', 'image', 'white', 'black'] as const)('%s', patient, async (wrap) => {
    const bytes = await photo(1800, 1800)
    const more = { options: { wrap }, design: { rotate: 90, crop: { x: 0, y: 0, width: 1, height: 0.5 } } } as const
    const answer = await made('canvas-20x20', [{ role: 'image', bytes }], more)
    const shown = await seen(answer, 'sheet', `wrap-${wrap}`)
    // What is left of the turned picture: blue beside red.
    expectAt(shown, [on(62), 0.5], blue)
    expectAt(shown, [on(242), 0.5], red)
    const edges: Record<typeof wrap, readonly [Colour, Colour]> = {
      mirror: [blue, red],
      image: [blue, red],
      white: [
        [255, 255, 255],
        [255, 255, 255],
      ],
      black: [
        [0, 0, 0],
        [0, 0, 0],
      ],
    }
    expectAt(shown, [on(20), 0.5], edges[wrap][0])
    expectAt(shown, [on(284), 0.5], edges[wrap][1])
  })
})
