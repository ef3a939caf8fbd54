import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogue } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import type { CoverDesign } from '#contracts/design.ts'
import type { Box } from '#contracts/geometry/box.ts'
import { geometryOf, pageRangeOf } from '#contracts/geometry/geometry.ts'
import { pointsOf } from '#contracts/geometry/lengths.ts'
import type { ComponentPlan, Drawing } from '../../../../services/processor/plan/job-plan.ts'
import { planJob } from '../../../../services/processor/plan/plan-job.ts'
import {
  aProduct,
  codesOf,
  componentOf,
  image,
  images,
  isInside,
  pdf,
  placesIn,
  planned,
  sheetBox,
} from './planning.ts'

const a5 = aProduct('softcover-a5')
const coverOf = (cover: CoverDesign, pages = 200) => {
  const result = planned(a5, pdf(pages, 148, 210), { design: { cover } })
  return { result, plan: componentOf(result, 'cover'), drawings: componentOf(result, 'cover').pages[0] ?? [] }
}
const panelOf = (name: string, pages = 200): Box => {
  const panel = geometryOf(a5, pages).components[1]?.panels.find((each) => each.name === name)
  if (!panel) throw new Error(`no ${name}`)
  return panel.box
}
const wordsIn = (drawings: readonly Drawing[]) => drawings.flatMap((each) => (each.draw === 'words' ? [each] : []))
const fillsIn = (drawings: readonly Drawing[]) => drawings.flatMap((each) => (each.draw === 'fill' ? [each] : []))

describe('A cover drawn from a design', () => {
  test('of colour and words has the colour to every edge, title and subtitle on the front', () => {
    const { drawings, plan } = coverOf({ colour: '#1d3557', title: 'The Lighthouse', subtitle: 'A novel' })
    expect(fillsIn(drawings)).toMatchObject([{ box: sheetBox(plan), colour: { red: 29, green: 53, blue: 87 } }])
    expect(placesIn(drawings)).toEqual([])
    const front = wordsIn(drawings).filter(({ isTurned }) => !isTurned)
    expect(front.map(({ text }) => text)).toEqual(['The Lighthouse', 'A novel'])
    for (const { box } of front) expect(isInside(box, panelOf('front'))).toBe(true)
  })

  test('with a title shows the first page above it, out to the edges', () => {
    const { drawings, plan } = coverOf({ title: 'The Lighthouse' })
    const [place] = placesIn(drawings)
    const within = place?.within
    if (!within) throw new Error('no picture')
    expect(within.xMm + within.widthMm).toBeCloseTo(plan.sheetWidthMm, 9)
    expect(within.yMm + within.heightMm).toBeCloseTo(plan.sheetHeightMm, 9)
    const [title] = wordsIn(drawings)
    expect((title?.box.yMm ?? 0) + (title?.box.heightMm ?? 0)).toBeLessThan(within.yMm)
  })

  test('may show the last page on the back and the first on the front', () => {
    const { drawings, plan } = coverOf({ from: 'first_and_last_page' })
    const [back, front] = placesIn(drawings)
    expect([back?.page, front?.page]).toEqual([200, 1])
    expect(back?.within).toMatchObject({ xMm: 0, yMm: 0, heightMm: plan.sheetHeightMm })
    expect(front?.within.xMm).toBeCloseTo(panelOf('front').xMm, 9)
  })

  test('lays white paper under a page, so that its type can be read on any ground', () => {
    const { drawings } = coverOf({ colour: '#101010', picture: { image: 2 }, title: 'Night' })
    const page = drawings.findIndex(({ draw }) => draw === 'place')
    expect(drawings[page - 1]).toMatchObject({ draw: 'fill', colour: { red: 255, green: 255, blue: 255 } })
  })

  test('may show any page, and one that does not exist is refused', () => {
    const chosen = placesIn(coverOf({ picture: { image: 17 } }).drawings)
    expect(chosen.map(({ page }) => page)).toEqual([17])
    const result = planned(a5, pdf(200, 148, 210), { design: { cover: { picture: { image: 201 } } } })
    expect(codesOf(result)).toContain('SOURCE_MISMATCH')
  })

  test('draws around a supplied picture when it also says what else stands on it', () => {
    const sources = [
      { role: 'interior' as const, label: 'interior', facts: pdf(200, 148, 210) },
      { role: 'cover' as const, label: 'cover', facts: image(2000, 2000) },
    ]
    const result = planned(a5, pdf(200, 148, 210), { sources, design: { cover: { title: 'Sea', barcode: 'area' } } })
    expect(placesIn(componentOf(result, 'cover').pages[0] ?? []).map(({ source }) => source)).toEqual([1])
  })

  test('prints its own text on the spine where there is room, and says where there is none', () => {
    const { drawings } = coverOf({ spine: 'Woolf · The Lighthouse', title: 'The Lighthouse' })
    const [turned] = wordsIn(drawings).filter(({ isTurned }) => isTurned)
    const spine = panelOf('spine')
    expect(turned?.text).toBe('Woolf · The Lighthouse')
    expect((turned?.box.xMm ?? 0) + (turned?.box.widthMm ?? 0) / 2).toBeCloseTo(spine.xMm + spine.widthMm / 2, 9)
    const thin = coverOf({ spine: 'Woolf' }, 40)
    expect(wordsIn(thin.drawings).filter(({ isTurned }) => isTurned)).toEqual([])
    expect(thin.result.findings.find(({ code }) => code === 'COVER_MADE')?.action).toContain('spine is too narrow')
  })

  test('of a casewrap keeps the picture off hinge, wrap and edges', () => {
    for (const sku of ['photobook-210x280', 'layflat-297x210']) {
      const product = aProduct(sku)
      const result = planned(product, images(24, 4000, 3000), { design: { cover: { title: 'Summer' } } })
      const cover = componentOf(result, 'cover')
      const front = cover.panels?.find(({ name }) => name === 'front')?.box
      for (const { to } of placesIn(cover.pages[0] ?? [])) expect(front && isInside(to, front)).toBe(true)
    }
  })
})

describe('A cover sent as front and back', () => {
  const sent = (sku: string, cover: ReturnType<typeof pdf>) => {
    const product = aProduct(sku)
    const block = pdf(200, product.trimWidthMm, product.trimHeightMm)
    const sources = [
      { role: 'interior' as const, label: 'interior', facts: block },
      { role: 'cover' as const, label: 'cover', facts: cover },
    ]
    return planned(product, block, { sources })
  }

  test.each(['softcover-a5', 'hardcover-a5'])(
    'fills both sides of %s to the edges and has the title on its spine',
    (sku) => {
      const cover = componentOf(sent(sku, pdf(2, 148, 210)), 'cover')
      const drawings = cover.pages[0] ?? []
      const [back, front] = placesIn(drawings)
      expect([back?.page, front?.page]).toEqual([2, 1])
      expect(back?.within).toMatchObject({ xMm: 0, yMm: 0, heightMm: cover.sheetHeightMm })
      expect((front?.within.xMm ?? 0) + (front?.within.widthMm ?? 0)).toBeCloseTo(cover.sheetWidthMm, 6)
      expect(wordsIn(drawings)).toMatchObject([{ text: 'A title', isTurned: true }])
    },
  )

  test('is refused when it has three pages, or when its pages are of another shape', () => {
    expect(codesOf(sent('softcover-a5', pdf(3, 148, 210)))).toContain('PAGE_COUNT_OUT_OF_RANGE')
    expect(codesOf(sent('softcover-a5', pdf(2, 300, 216)))).toContain('PAGE_COUNT_OUT_OF_RANGE')
  })
})

function expectSafe(cover: ComponentPlan, { construction }: Product): void {
  const drawings = cover.pages[0] ?? []
  const spine = cover.panels?.find(({ name }) => name === 'spine')?.box
  const { safeBox } = cover
  if (!safeBox || !spine) throw new Error('no safe area')
  for (const { box, isTurned } of wordsIn(drawings)) expect(isInside(box, isTurned ? spine : safeBox)).toBe(true)
  const field = fillsIn(drawings).filter(({ ink, box }) => ink === 'black' || box.widthMm === 50.8)
  for (const { box } of field) expect(isInside(box, safeBox)).toBe(true)
  if (construction.kind !== 'book' || construction.cover.kind === 'wraparound') return
  for (const { within } of placesIn(drawings)) expect(isInside(within, safeBox)).toBe(true)
}

describe('A made cover of any bound product', () => {
  const bound = catalogue.filter(
    ({ construction }) => construction.kind === 'book' && construction.cover.kind !== 'self',
  )
  const anyWords = fc.constantFrom('Я', 'The Lighthouse', 'A very long title '.repeat(6))
  const anyCover = fc.record(
    { title: anyWords, subtitle: anyWords, colour: fc.constant('#ff0000') },
    { requiredKeys: [] },
  )
  const productAndPages = fc.constantFrom(...bound).chain((product) => {
    const { minimum, maximum } = pageRangeOf(product)
    return fc.tuple(fc.constant(product), fc.integer({ min: minimum, max: maximum }))
  })

  test('keeps words, framed pictures and barcode field inside the safe area, at every page count', () => {
    fc.assert(
      fc.property(productAndPages, anyCover, ([product, pages], words) => {
        const facts = pdf(pages, product.trimWidthMm, product.trimHeightMm)
        const cover = { ...words, barcode: '9783161484100', picture: { image: 1 } }
        expectSafe(componentOf(planned(product, facts, { design: { cover } }), 'cover'), product)
      }),
      { numRuns: 120 },
    )
  })
})

describe('The barcode of a back cover', () => {
  const back = panelOf('back')

  test('has a white field of 50.8 × 30.5 mm at the lower right, 12.7 mm from the trim', () => {
    const [, field] = fillsIn(coverOf({ colour: '#1d3557', barcode: 'area' }).drawings)
    expect(field?.box.xMm).toBeCloseTo(back.xMm + back.widthMm - 12.7 - 50.8, 9)
    expect(field).toMatchObject({ box: { yMm: back.yMm + 12.7, widthMm: 50.8, heightMm: 30.5 } })
    expect(field?.colour).toEqual({ red: 255, green: 255, blue: 255 })
  })

  test('stands inside the wider safe area of a casewrap', () => {
    const result = planned(aProduct('layflat-210x210'), images(24, 4000, 3000), {
      design: { cover: { barcode: 'area' } },
    })
    const { panels, pages } = componentOf(result, 'cover')
    const board = panels?.find(({ name }) => name === 'back')?.box
    if (!board) throw new Error('no board')
    const [, field] = fillsIn(pages[0] ?? [])
    expect(field?.box.yMm).toBeCloseTo(board.yMm + 19, 9)
    expect((field?.box.xMm ?? 0) + 50.8).toBeCloseTo(board.xMm + board.widthMm - 19, 9)
  })

  test('has bars and digits of black ink alone', () => {
    const { drawings } = coverOf({ colour: '#1d3557', barcode: '9783161484100' })
    const [, field, ...bars] = fillsIn(drawings)
    expect(field).not.toHaveProperty('ink')
    expect(bars.every(({ ink }) => ink === 'black')).toBe(true)
  })

  test('carries the bars of the ISBN at their nominal size, with quiet zones and digits', () => {
    const { drawings } = coverOf({ colour: '#1d3557', barcode: '9783161484100' })
    const [, field, ...bars] = fillsIn(drawings)
    if (!field) throw new Error('no field')
    const left = Math.min(...bars.map(({ box }) => box.xMm))
    const modules = Array.from({ length: 95 }, () => '0')
    for (const { box } of bars) {
      const from = (box.xMm - left) / 0.33
      expect(from).toBeCloseTo(Math.round(from), 6)
      for (let place = 0; place < Math.round(box.widthMm / 0.33); place += 1) modules[Math.round(from) + place] = '1'
    }
    expect(readEan13(modules.join(''))).toBe('9783161484100')
    expect(left - field.box.xMm).toBeGreaterThanOrEqual(11 * 0.33)
    expect(field.box.xMm + field.box.widthMm - (left + 95 * 0.33)).toBeGreaterThanOrEqual(7 * 0.33)
    for (const { box } of bars) expect(isInside(box, field.box)).toBe(true)
    expect(wordsIn(drawings).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['9', '783161', '484100', 'ISBN 9783161484100']),
    )
  })
})

/** Reads 95 modules by the tables of ISO/IEC 15420, written down here apart from the encoder. */
function readEan13(modules: string): string {
  const odd = [
    '0001101',
    '0011001',
    '0010011',
    '0111101',
    '0100011',
    '0110001',
    '0101111',
    '0111011',
    '0110111',
    '0001011',
  ]
  const right = odd.map((code) => code.replace(/[01]/g, (bit) => (bit === '0' ? '1' : '0')))
  const even = right.map((code) => [...code].reverse().join(''))
  const parities = ['OOOOOO', 'OOEOEE', 'OOEEOE', 'OOEEEO', 'OEOOEE', 'OEEOOE', 'OEEEOO', 'OEOEOE', 'OEOEEO', 'OEEOEO']
  const at = (from: number): string[] =>
    Array.from({ length: 6 }, (_, place) => modules.slice(from + 7 * place, from + 7 * place + 7))
  const first = at(3).map((code) => ({
    parity: odd.includes(code) ? 'O' : 'E',
    digit: Math.max(odd.indexOf(code), even.indexOf(code)),
  }))
  const lead = parities.indexOf(first.map(({ parity }) => parity).join(''))
  return [lead, ...first.map(({ digit }) => digit), ...at(50).map((code) => right.indexOf(code))].join('')
}

test('the plan of a cover names its three panels and its safe area for the proof', () => {
  const { plan } = coverOf({})
  expect(plan.panels?.map(({ name }) => name)).toEqual(['back', 'spine', 'front'])
  expect(plan.safeBox?.xMm).toBeCloseTo(3 + 12.7, 9)
})

describe('A cover that the customer drew', () => {
  const cover = geometryOf(a5, 120).components.find(({ component }) => component === 'cover')
  if (!cover) throw new Error('no cover')
  const toldOf = (fromMm: number, widthMm: number) => {
    const textBoxes = [{ x: pointsOf(fromMm), y: pointsOf(100), width: pointsOf(widthMm), height: 10 }]
    const far = { left: 50, bottom: 50, right: 50, top: 50 }
    const drawn = pdf(1, cover.sheetWidthMm, cover.sheetHeightMm, { textBoxes, textToSidesMm: far })
    const sources = [
      { role: 'interior' as const, label: 'interior', facts: pdf(120, 154, 216) },
      { role: 'cover' as const, label: 'cover', facts: drawn },
    ]
    return planJob({ product: a5, title: 'A title', options: {}, sources }).findings.filter(
      ({ code }) => code === 'TEXT_NEAR_TRIM',
    )
  }

  test('is told where its words come near an edge of the spine, and not where they keep away', () => {
    const [spine = 0] = cover.foldsMm
    expect(toldOf(spine - 60, 59)).toMatchObject([{ found: 'text on or near an edge of the spine', file: 'cover' }])
    expect(toldOf(spine + 1, 3)).toHaveLength(1)
    expect(toldOf(spine - 60, 56)).toEqual([])
  })
})
