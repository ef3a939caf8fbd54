import { describe, expect, test } from 'vitest'
import { gutterMmOf } from '#contracts/geometry/gutter.ts'
import { pointsOf } from '#contracts/geometry/lengths.ts'
import type { PdfPageFacts } from '../../../../services/processor/inspect/facts.ts'
import { aProduct, codesOf, componentOf, image, images, pdf, placesIn, planned } from './planning.ts'

const a5 = aProduct('softcover-a5')
const sides = (mm: number) => ({ left: mm, bottom: mm, right: mm, top: mm })
const firstDrawing = (page: Partial<PdfPageFacts>, widthMm = 154, heightMm = 216) =>
  componentOf(planned(a5, pdf(40, widthMm, heightMm, page)), 'interior').pages[0]?.[0]

describe('A page of the right size', () => {
  test('is kept as it is, with boxes of the exact sheet around its middle', () => {
    const kept = firstDrawing({}, 154.4, 215.7)
    if (kept?.draw !== 'keep') throw new Error('not kept')
    expect(kept.media.width).toBe(pointsOf(154))
    expect(kept.media.x).toBeCloseTo(pointsOf(0.2), 9)
    expect(kept.media.y).toBeCloseTo(pointsOf(-0.15), 9)
    expect(kept.trim.x - kept.media.x).toBeCloseTo(pointsOf(3), 9)
  })

  test.each<[string, Partial<PdfPageFacts>]>([
    ['notes to be printed', { printedAnnotations: 1 }],
    ['a font that has to be put in', { fonts: 'standard' }],
    ['units of its own', { userUnit: 1.0001 }],
  ])('is drawn anew, not kept, when it has %s', (_, page) => {
    expect(firstDrawing(page)).toMatchObject({ draw: 'place' })
  })

  test('with a bleed that holds no print gets a mirrored one', () => {
    const result = planned(a5, pdf(40, 154, 216, { isBleedReal: false }))
    expect(codesOf(result)).toContain('BLEED_MIRRORED')
    const [place] = placesIn(componentOf(result, 'interior').pages[0] ?? [])
    expect(place?.region.x).toBeCloseTo(pointsOf(3), 9)
    expect(place?.to).toEqual({ xMm: 3, yMm: 3, widthMm: 148, heightMm: 210 })
    expect(place?.within).toEqual({ xMm: 0, yMm: 0, widthMm: 154, heightMm: 216 })
  })

  test('with a narrower bleed keeps its size and its bleed, and only what is missing is mirrored', () => {
    const trim = { x: 100, y: 100, width: pointsOf(148), height: pointsOf(210) }
    const margin = pointsOf(2)
    const bleed = { x: 100 - margin, y: 100 - margin, width: trim.width + 2 * margin, height: trim.height + 2 * margin }
    for (const facts of [pdf(40, 152, 214), pdf(40, 220, 290, { trim, bleed })]) {
      const result = planned(a5, facts)
      const [place] = placesIn(componentOf(result, 'interior').pages[0] ?? [])
      expect(place?.to.xMm).toBeCloseTo(1, 6)
      expect(place?.to.widthMm).toBeCloseTo(152, 6)
      expect(place?.region.width).toBeCloseTo(pointsOf(152), 6)
      expect(place?.within).toEqual({ xMm: 0, yMm: 0, widthMm: 154, heightMm: 216 })
      expect(codesOf(result)).not.toContain('PAGE_SCALED')
      const told = result.findings.find(({ code }) => code === 'BLEED_MIRRORED')
      expect(told?.found).toContain('2 mm of bleed')
      expect(told?.action).toContain('was kept')
    }
  })

  test('whose fonts nobody has is painted at 300 dpi, and both is told', () => {
    expect(firstDrawing({ fonts: 'missing' })).toMatchObject({ draw: 'place', rasterDpi: 300 })
    const codes = codesOf(planned(a5, pdf(40, 154, 216, { fonts: 'missing' })))
    expect(codes).toEqual(expect.arrayContaining(['FONT_SUBSTITUTED', 'PAGE_RASTERISED']))
  })
})

describe('The bytes of a sound document stay the beginning of the print file', () => {
  const baseOf = (pages: number, more: object = {}, sku = 'magazine-a4') =>
    componentOf(planned(aProduct(sku), { ...pdf(pages, 216, 303), isAppendable: true, ...more }), 'interior').base

  test('when its pages are used in order', () => expect(baseOf(16)).toBe(0))
  test('also with blank pages behind', () => expect(baseOf(15)).toBe(0))
  test('not when it may carry leftovers', () => expect(baseOf(16, { isAppendable: false })).toBeUndefined())
  test('not when a page is painted', () => {
    expect(baseOf(16, { pages: pdf(16, 216, 303, { needsRaster: true }).pages })).toBeUndefined()
  })
  test('not when only its first page is shown on a cover', () => {
    const result = planned(a5, { ...pdf(40, 154, 216), isAppendable: true })
    expect(componentOf(result, 'interior').base).toBe(0)
    expect(componentOf(result, 'cover').base).toBeUndefined()
  })
})

describe('What a page holds is told with its number', () => {
  const foundOf = (page: Partial<PdfPageFacts>, code: string) =>
    planned(a5, pdf(40, 148, 210, page)).findings.find((each) => each.code === code)

  test.each<[string, Partial<PdfPageFacts>, string]>([
    ['TEXT_NEAR_TRIM', { textToSidesMm: sides(2) }, 'text less than 3.2 mm from the cut'],
    ['TYPE_TOO_SMALL', { smallestTypePt: 3.9 }, 'type of 3.9 pt'],
    ['INK_COVERAGE_HIGH', { inkPercent: 340 }, '340 % of ink'],
    ['BLANK_PAGE', { isBlank: true }, 'a blank page'],
    ['TRANSPARENCY_PRESENT', { hasTransparency: true }, 'see-through'],
    ['FONT_EMBEDDED_STANDARD14', { fonts: 'standard' }, '14 fonts'],
    ['PROFILE_ASSUMED_SRGB', { hasUntaggedRgb: true }, 'without a profile'],
  ])('%s', (code, page, words) => {
    expect(foundOf(page, code)).toMatchObject({ page: 1, found: expect.stringContaining(words) })
    expect(foundOf({ textToSidesMm: sides(13), smallestTypePt: 5, inkPercent: 300 }, code)).toBeUndefined()
  })

  test('text is measured from the cut, not from the edge of the bleed', () => {
    const near = planned(a5, pdf(40, 154, 216, { textToSidesMm: sides(6) })).findings.find(
      ({ code }) => code === 'TEXT_NEAR_TRIM',
    )
    expect(near?.found).toContain('text less than 3.2 mm from the cut')
  })

  test('text is measured from the fold on the side of the binding, further in the thicker the book', () => {
    const near = { ...sides(20), left: 10, right: 14 }
    const told = (pages: number) =>
      planned(a5, pdf(pages, 148, 210, { textToSidesMm: near })).findings.filter(
        ({ code }) => code === 'TEXT_NEAR_TRIM',
      )
    const [bound, cut] = told(40).toSorted((one, other) => other.found.length - one.found.length)
    expect(bound).toMatchObject({ found: expect.stringContaining('12.7 mm from the fold'), wanted: expect.anything() })
    expect(bound?.printedOn?.pages.every((page) => page % 2 === 1)).toBe(true)
    expect(cut?.printedOn?.pages.every((page) => page % 2 === 0)).toBe(true)
    expect(told(300).find(({ found }) => found.includes('fold'))?.printedOn?.pages).toContain(2)
    const calendar = aProduct('calendar-a4')
    const head = pdf(13, 210, 297, { textToSidesMm: { ...sides(14), top: 12 } })
    const [atHead, more] = planned(calendar, head).findings.filter(({ code }) => code === 'TEXT_NEAR_TRIM')
    expect([atHead?.wanted, more]).toEqual(['at least 15 mm', undefined])
  })

  test('text keeps its distance where the page is turned, scaled or set apart by white', () => {
    const told = (facts: ReturnType<typeof pdf>) =>
      planned(a5, facts).findings.some(
        ({ code, printedOn }) => code === 'TEXT_NEAR_TRIM' && printedOn?.component === 'interior',
      )
    expect(told(pdf(40, 148, 210, { textToSidesMm: { ...sides(13), top: 12 } }))).toBe(true)
    expect(told(pdf(40, 148, 148, { textToSidesMm: { ...sides(13), top: 2, bottom: 2 } }))).toBe(false)
    expect(told(pdf(40, 296, 420, { textToSidesMm: sides(24) }))).toBe(true)
    const lying = { orientation: 6, textToSidesMm: { ...sides(13), bottom: 2 } }
    const [first] = planned(a5, pdf(40, 210, 148, lying)).findings.filter(({ code }) => code === 'TEXT_NEAR_TRIM')
    // Turned to the right, the foot of the stored page is its left side: on odd pages the binding.
    expect(first?.found).toMatch(/3.2 mm from the (cut|fold)/)
  })

  test('spot colours are named', () => {
    const result = planned(a5, { ...pdf(40, 148, 210), spotColours: ['PANTONE 185 C'] })
    expect(result.findings.find(({ code }) => code === 'SPOT_COLOURS')?.found).toBe('PANTONE 185 C')
  })
})

describe('A page of another shape', () => {
  test('is a warning where it leaves much of its paper white, and none where it leaves a margin', () => {
    const album = aProduct('photobook-297x210')
    expect(planned(album, pdf(24, 210, 280)).findings).toContainEqual(
      expect.objectContaining({ code: 'PAGE_SHAPE_DIFFERS', severity: 'warn', found: expect.stringContaining('47 %') }),
    )
    expect(codesOf(planned(a5, pdf(40, 216, 279)))).not.toContain('PAGE_SHAPE_DIFFERS')
  })

  test('keeps free of the fold of a thick book', () => {
    const { pages } = componentOf(planned(a5, pdf(300, 300, 200)), 'interior')
    const [right] = placesIn(pages[0] ?? [])
    const [left] = placesIn(pages[1] ?? [])
    const gutterMm = gutterMmOf(300)
    expect(right?.to.xMm).toBeCloseTo(3 + gutterMm, 9)
    expect(left?.to.xMm).toBeCloseTo(3, 9)
    expect((left?.to.xMm ?? 0) + (left?.to.widthMm ?? 0)).toBeCloseTo(3 + 148 - gutterMm, 9)
  })

  test('has no white edge where it meets the cut', () => {
    const [place] = placesIn(componentOf(planned(a5, pdf(40, 200, 200)), 'interior').pages[0] ?? [])
    expect(place?.within).toMatchObject({ xMm: 0, widthMm: 154 })
    expect(place?.within.heightMm).toBeCloseTo(148, 9)
  })
})

describe('Pictures', () => {
  const book = aProduct('photobook-210x210')

  test('are reduced only above 1.5 times the good resolution, or the factor that is asked for', () => {
    const fineness = (pixels: number, reduceAbove?: number) => {
      const result = planned(book, images(24, pixels, pixels), { reduceAbove })
      return placesIn(componentOf(result, 'interior').pages[0] ?? [])[0]?.reduceTo?.widthPx
    }
    const good = Math.ceil((216 / 25.4) * 300)
    expect(fineness(Math.floor(good * 1.49))).toBeUndefined()
    expect(fineness(good * 2)).toBe(good)
    expect(fineness(Math.floor(good * 1.49), 1)).toBe(good)
  })

  test('keep their colours, or are converted where the facility asks for inks; gray stays gray', () => {
    const inks = { ...book, colour: { pictures: 'cmyk', outputIntent: 'GRACoL2006' } } as const
    const [first, ...others] = images(24, 3000, 3000)
    const gray = image(3000, 3000, { profile: 'gray', channels: 1, space: 'b-w' })
    if (!first) throw new Error('no picture')
    const result = planned(inks, [first, gray, ...others.slice(1)])
    const interior = componentOf(result, 'interior')
    expect(interior.outputIntent).toBe('GRACoL2006')
    expect(interior.pages.slice(0, 2).map((page) => placesIn(page)[0]?.toCmyk)).toEqual([true, undefined])
    expect(codesOf(result)).toContain('CONVERTED_TO_CMYK')
    expect(codesOf(planned(book, images(24, 3000, 3000)))).not.toContain('CONVERTED_TO_CMYK')
  })

  test('that say the same are told once, with their places', () => {
    const list = images(24, 3000, 3000).map((each) => ({ ...each, profile: 'none' as const, hasMetadata: true }))
    const { findings } = planned(book, list)
    expect(findings.filter(({ code }) => code === 'PROFILE_ASSUMED_SRGB')).toMatchObject([
      { found: 'no colour profile (images 1–24)' },
    ])
    expect(findings.filter(({ code }) => code === 'METADATA_STRIPPED')).toHaveLength(1)
  })

  test('refused for their resolution say which file, and no page where there is but one', () => {
    const { findings } = planned(aProduct('poster-a3'), image(300, 424))
    expect(findings).toMatchObject([{ code: 'RESOLUTION_TOO_LOW', file: 'image' }])
    expect(findings[0]).not.toHaveProperty('page')
  })
})

describe('Facing pages drawn on one wide page', () => {
  const wide = (widthMm: number, heightMm: number, page: Partial<PdfPageFacts> = {}) =>
    pdf(1, widthMm, heightMm, page).pages
  const single = pdf(1, 148, 210).pages
  const many = (count: number, pages: readonly PdfPageFacts[]) => Array.from({ length: count }, () => pages).flat()
  const documentOf = (pages: readonly PdfPageFacts[]) => ({
    ...pdf(0, 148, 210),
    pages: [...pages],
    pageCount: pages.length,
  })

  test('are cut at the fold and counted as two, between a single first and last page', () => {
    const result = planned(a5, documentOf([...single, ...many(16, wide(296, 210)), ...single]))
    expect(result).toMatchObject({ outcome: 'plan', pages: 34 })
    const { pages } = componentOf(result, 'interior')
    const [left, right] = [placesIn(pages[1] ?? [])[0], placesIn(pages[2] ?? [])[0]]
    expect([left?.page, right?.page]).toEqual([2, 2])
    expect(left?.region).toMatchObject({ x: 0 })
    expect(right?.region.x).toBeCloseTo(pointsOf(148), 6)
    expect(right?.region.width).toBeCloseTo(pointsOf(148), 6)
    expect(right?.to).toEqual({ xMm: 3, yMm: 3, widthMm: 148, heightMm: 210 })
    const [split, ...others] = result.findings.filter(({ severity }) => severity === 'warn')
    expect(split).toMatchObject({ code: 'PAGE_SPLIT', file: 'interior', found: expect.stringContaining('pages 2–17') })
    expect(others).toEqual([])
  })

  test('keep their own bleed, and show a little of the neighbour beyond the fold', () => {
    const trim = { x: 0, y: 0, width: pointsOf(296), height: pointsOf(210) }
    const media = { x: -40, y: -40, width: trim.width + 80, height: trim.height + 80 }
    for (const page of [wide(302, 216), wide(302, 216, { media, crop: media, trim })]) {
      const result = planned(a5, documentOf(many(20, page)))
      const { pages, sheetWidthMm, sheetHeightMm } = componentOf(result, 'interior')
      expect(pages).toHaveLength(40)
      const [right] = placesIn(pages[1] ?? [])
      expect(right?.to).toEqual({ xMm: 0, yMm: 0, widthMm: sheetWidthMm, heightMm: sheetHeightMm })
      expect(right?.region.width).toBeCloseTo(pointsOf(154), 6)
      expect(codesOf(result)).not.toContain('BLEED_MIRRORED')
    }
  })

  test('turned on their side are cut upright', () => {
    const result = planned(a5, documentOf(many(20, wide(210, 296, { orientation: 6 }))))
    const [left] = placesIn(componentOf(result, 'interior').pages[0] ?? [])
    expect(left?.region.height).toBeCloseTo(pointsOf(148), 6)
    expect(left?.region.width).toBeCloseTo(pointsOf(210), 6)
  })

  test('are left alone where only some pages are wide', () => {
    const result = planned(a5, documentOf([...many(20, single), ...many(10, wide(296, 210)), ...many(10, single)]))
    expect(result).toMatchObject({ pages: 40 })
    expect(codesOf(result)).not.toContain('PAGE_SPLIT')
  })
})

describe('Two printed sides', () => {
  test('of a card come from a PDF of two pages', () => {
    const result = planned(aProduct('card-a6'), pdf(2, 111, 154))
    expect(componentOf(result, 'sheet').pages.map(([each]) => each)).toMatchObject([
      { draw: 'keep', page: 1 },
      { draw: 'keep', page: 2 },
    ])
  })

  test('of a poster come from two pictures, and a third page is refused', () => {
    const poster = aProduct('poster-a3')
    expect(componentOf(planned(poster, images(2, 3000, 4200)), 'sheet').pages).toHaveLength(2)
    expect(codesOf(planned(poster, pdf(3, 297, 420)))).toEqual(['PAGE_COUNT_OUT_OF_RANGE'])
  })

  test('of a folded card carry page 4 beside page 1, and page 2 beside page 3, up to the fold', () => {
    const sheet = componentOf(planned(aProduct('card-folded-a6'), pdf(4, 105, 148)), 'sheet')
    const numbers = sheet.pages.map((page) => placesIn(page).map((place) => place.page))
    expect(numbers).toEqual([
      [4, 1],
      [2, 3],
    ])
    const [left, right] = placesIn(sheet.pages[0] ?? [])
    // A hair under its neighbour, so that no seam shows.
    expect(left?.within).toMatchObject({ xMm: 0, widthMm: 108.25 })
    expect(right?.within).toMatchObject({ xMm: 108, widthMm: 108 })
    expect(right?.to).toMatchObject({ xMm: 108, widthMm: 105 })
  })

  test('of a folded card that come with exact bleed are laid beside each other too, never kept as a sheet each', () => {
    const sheet = componentOf(planned(aProduct('card-folded-148x148'), pdf(4, 154, 154)), 'sheet')
    expect(sheet.pages.map((page) => placesIn(page).map((place) => place.page))).toEqual([
      [4, 1],
      [2, 3],
    ])
    expect(sheet.pages.flat().filter(({ draw }) => draw === 'keep')).toEqual([])
  })

  test('of a folded card drawn as two whole sides are kept', () => {
    const result = planned(aProduct('card-folded-a6'), pdf(2, 216, 154))
    expect(componentOf(result, 'sheet').pages.map(([each]) => each?.draw)).toEqual(['keep', 'keep'])
    expect(result).toMatchObject({ pages: 4 })
  })
})
