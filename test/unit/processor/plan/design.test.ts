import { describe, expect, test } from 'vitest'
import type { PageDesign } from '#contracts/design.ts'
import type { Place } from '../../../../services/processor/plan/job-plan.ts'
import { filledPart } from '../../../../services/processor/plan/shaping.ts'
import { aProduct, codesOf, componentOf, images, isInside, placesIn, planned } from './planning.ts'

const album = aProduct('layflat-210x210')
const filler: PageDesign = { template: 'full_bleed', images: [{ image: 1 }] }

/** An album of sixteen pages that begins with these. */
function albumOf(pages: readonly PageDesign[], widthPx = 3000, heightPx = 2000, product = album) {
  const taken = pages.reduce((sum, { template }) => sum + (template === 'spread' ? 2 : 1), 0)
  const rest = Array.from({ length: 16 - taken }, () => filler)
  return planned(product, images(3, widthPx, heightPx), { design: { pages: [...pages, ...rest] } })
}

const pageOf = (result: ReturnType<typeof planned>, number: number) =>
  componentOf(result, 'interior').pages[number - 1] ?? []
const onlyPlace = (result: ReturnType<typeof planned>, number: number): Place => {
  const [place, ...others] = placesIn(pageOf(result, number))
  if (!place || others.length > 0) throw new Error('not one picture')
  return place
}

describe('The cut of a picture', () => {
  test('keeps the chosen point in the middle, or as near as the edges allow', () => {
    const tall = { width: 100, height: 400 }
    const square = { width: 1, height: 1 }
    const head = filledPart(tall, square, { focus: { x: 0.5, y: 0.05 } })
    expect(head.y + head.height).toBeCloseTo(1, 9)
    const third = filledPart(tall, square, { focus: { x: 0.5, y: 0.3 } })
    expect(third.y + third.height / 2).toBeCloseTo(0.7, 9)
  })

  test('stays inside the customer’s own cut', () => {
    const crop = { x: 0.5, y: 0, width: 0.5, height: 0.5 }
    const part = filledPart({ width: 200, height: 100 }, { width: 1, height: 1 }, { crop, focus: { x: 0, y: 1 } })
    expect(part).toEqual({ x: 0.5, y: 0.5, width: 0.25, height: 0.5 })
  })

  test('is turned with a picture that lies on its side', () => {
    const poster = aProduct('poster-a3')
    const design = { crop: { x: 0, y: 0, width: 1, height: 0.5 } }
    const result = planned(poster, images(1, 6000, 8485), { design })
    expect(codesOf(result)).toContain('PAGE_ROTATED')
    const [place] = placesIn(componentOf(result, 'sheet').pages[0] ?? [])
    // The upper half as seen is the upper half as stored: pixels count from the foot.
    expect(place?.region.y).toBeGreaterThan(8485 / 2 - 1)
  })

  test('to show all of it leaves white around and cuts nothing', () => {
    const place = onlyPlace(albumOf([{ template: 'full_bleed', images: [{ image: 1, fit: 'fit' }] }]), 1)
    expect(place.region).toEqual({ x: 0, y: 0, width: 3000, height: 2000 })
    expect(place.to.widthMm).toBeCloseTo(210 - 2 * 10, 9)
  })
})

describe('A spread', () => {
  const result = albumOf([filler, { template: 'spread', images: [{ image: 2 }], caption: 'The fjord' }])

  test('meets at the fold without a loss: what the left page ends with, the right page begins with', () => {
    const [left, right] = [onlyPlace(result, 2), onlyPlace(result, 3)]
    const atFold = (place: Place, xMm: number) =>
      place.region.x + ((xMm - place.to.xMm) / place.to.widthMm) * place.region.width
    expect(atFold(left, 3 + 210)).toBeCloseTo(atFold(right, 3), 6)
    expect(left.to.widthMm / left.region.width).toBeCloseTo(right.to.widthMm / right.region.width, 9)
  })

  test('covers both sheets to their edges, a little of the other half in the bleed of the fold', () => {
    for (const number of [2, 3]) {
      expect(onlyPlace(result, number).within).toMatchObject({ xMm: 0, yMm: 0, widthMm: 216, heightMm: 216 })
    }
  })

  test('has its caption once, on a band, in the safe area', () => {
    const words = pageOf(result, 2).filter(({ draw }) => draw === 'words')
    expect(words).toMatchObject([{ text: 'The fjord' }])
    expect(pageOf(result, 3).some(({ draw }) => draw === 'words')).toBe(false)
  })

  test('joins the inside pages of a folded card', () => {
    const pages: PageDesign[] = [filler, { template: 'spread', images: [{ image: 2 }] }, filler]
    const card = componentOf(planned(aProduct('card-folded-a5'), images(2, 4000, 3000), { design: { pages } }), 'sheet')
    const [left, right] = placesIn(card.pages[1] ?? [])
    expect(left?.to).toMatchObject({ xMm: 0 })
    expect((left?.to.widthMm ?? 0) + (right?.to.widthMm ?? 0)).toBeCloseTo(2 * 148 + 6 + 0.25, 6)
    const perMm = (left?.region.width ?? 0) / (left?.to.widthMm ?? 1)
    expect((left?.region.x ?? 0) + (left?.region.width ?? 0)).toBeCloseTo((right?.region.x ?? 0) + 0.25 * perMm, 6)
  })
})

describe('Templates', () => {
  test('a border is white on all sides, and its caption stands below the picture in the safe area', () => {
    const result = albumOf([{ template: 'border', images: [{ image: 1 }], caption: 'Utrecht, 1912' }])
    const { safeBox } = componentOf(result, 'interior')
    const [words] = pageOf(result, 1).filter((each) => each.draw === 'words')
    const place = onlyPlace(result, 1)
    expect(safeBox && isInside(place.to, safeBox)).toBe(true)
    if (!safeBox || words?.draw !== 'words') throw new Error('no caption')
    expect(isInside(words.box, safeBox)).toBe(true)
    expect(words.box.yMm + words.box.heightMm).toBeLessThan(place.to.yMm)
  })

  test('the inner margin is wider by the gutter in a glued book', () => {
    const glued = {
      ...aProduct('softcover-a5'),
      fileSets: [['images' as const]],
    }
    const pages = Array.from({ length: 100 }, (): PageDesign => ({ template: 'border', images: [{ image: 1 }] }))
    const { pages: made } = componentOf(planned(glued, images(1, 3000, 4000), { design: { pages } }), 'interior')
    const [right] = placesIn(made[0] ?? [])
    const [left] = placesIn(made[1] ?? [])
    expect((right?.to.xMm ?? 0) - (left?.to.xMm ?? 0)).toBeCloseTo(3.2, 6)
  })

  test('two pictures stand side by side or above each other, whichever cuts less, and do not touch', () => {
    const two: PageDesign = { template: 'two_up', images: [{ image: 1 }, { image: 2 }] }
    const wide = placesIn(pageOf(albumOf([two], 3000, 1500), 1)).map(({ to }) => to)
    const tall = placesIn(pageOf(albumOf([two], 1500, 3000), 1)).map(({ to }) => to)
    expect(wide[0]?.xMm).toBe(wide[1]?.xMm)
    expect((wide[1]?.yMm ?? 0) + (wide[1]?.heightMm ?? 0)).toBeLessThan(wide[0]?.yMm ?? 0)
    expect(tall[0]?.yMm).toBe(tall[1]?.yMm)
    expect((tall[0]?.xMm ?? 0) + (tall[0]?.widthMm ?? 0)).toBeLessThan(tall[1]?.xMm ?? 0)
  })

  test('a calendar keeps the top free for its wire', () => {
    const pages = Array.from({ length: 13 }, (): PageDesign => ({ template: 'border', images: [{ image: 1 }] }))
    const result = planned(aProduct('calendar-a3'), images(1, 4000, 5600), { design: { pages } })
    const [place] = placesIn(componentOf(result, 'interior').pages[0] ?? [])
    expect((place?.to.yMm ?? 0) + (place?.to.heightMm ?? 0)).toBeLessThanOrEqual(3 + 420 - 15)
  })

  test('a picture drawn twice is reduced to its largest use, and that is told once', () => {
    const pages: PageDesign[] = [
      { template: 'full_bleed', images: [{ image: 1 }] },
      { template: 'two_up', images: [{ image: 1 }, { image: 1 }] },
    ]
    const result = albumOf(pages, 9000, 9000)
    const sizes = new Set(
      placesIn(pageOf(result, 1).concat(pageOf(result, 2))).map(({ reduceTo }) => reduceTo?.widthPx),
    )
    expect([...sizes]).toEqual([Math.ceil((216 / 25.4) * 300)])
  })
})

describe('What is told of pictures', () => {
  const small: PageDesign = { template: 'full_bleed', images: [{ image: 2 }] }
  const find = (result: ReturnType<typeof planned>, code: string) =>
    result.findings.filter((finding) => finding.code === code)

  test('names the printed pages where they are seen, which have other numbers than the pictures', () => {
    const sizes = [3000, 1000, 3000].flatMap((pixels) => images(1, pixels, pixels))
    const rest = Array.from({ length: 11 }, () => filler)
    const pages = [filler, filler, filler, small, { ...filler, images: [{ image: 3 }] }, ...rest]
    const [low] = find(planned(album, sizes, { design: { pages } }), 'RESOLUTION_LOW')
    expect(low).toMatchObject({
      file: 'images/2',
      printedOn: { component: 'interior', pages: [4] },
      found: expect.stringContaining('(on page 4)'),
    })
    expect(low).not.toHaveProperty('page')
  })

  test('of a whole picture names every page that shows it, and a layout in order only the pictures', () => {
    const [first, second, third] = images(3, 3000, 3000)
    if (!first || !second || !third) throw new Error('no pictures')
    const pages = [filler, small, filler, small, { ...filler, images: [{ image: 3 }] }]
    const design = { pages: [...pages, ...Array.from({ length: 11 }, () => filler)] }
    const result = planned(album, [first, { ...second, isDamaged: true }, third], { design })
    expect(find(result, 'IMAGE_DAMAGED')).toMatchObject([{ file: 'images/2', printedOn: { pages: [2, 4] } }])
    const plain = planned(album, images(16, 1000, 1000))
    expect(find(plain, 'RESOLUTION_LOW')).toMatchObject([
      { file: 'images', found: expect.stringContaining('(images 1–16)'), printedOn: { component: 'interior' } },
    ])
    expect(find(plain, 'RESOLUTION_LOW')[0]?.found).not.toContain('page')
  })

  test('that no page shows is a warning, and nothing else is said of that picture', () => {
    const result = albumOf([filler, small], 1000, 1000)
    expect(find(result, 'IMAGE_NOT_USED')).toMatchObject([{ file: 'images/3', severity: 'warn' }])
    expect(result.findings.filter(({ file }) => file === 'images/3')).toHaveLength(1)
    expect(result.outcome).toBe('plan')
  })
})

test('a design that cannot be made is refused with its place, also without an order', () => {
  const pages: PageDesign[] = [{ template: 'spread', images: [{ image: 9 }] }]
  const { outcome, findings } = planned(album, images(2, 3000, 3000), { design: { pages } })
  expect(outcome).toBe('reject')
  expect(findings.map(({ found }) => found)).toEqual([
    'a design that cannot be made at design/pages',
    'a design that cannot be made at design/pages/0/images/0/image',
    'a design that cannot be made at design/pages/0/template',
  ])
})
