import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import { geometryOf } from '#contracts/geometry/geometry.ts'
import {
  cropFor,
  dpiOf,
  filledCrop,
  quarterTurned,
  quarterTurnedBack,
  sharpnessOf,
  turnedSize,
} from '../../../../services/button-checkout/pages/checkout/crop/crop-maths.ts'
import {
  designOf,
  dpiOfPlacing,
  type Ground,
  placedAnew,
  placingOf,
  printedBox,
  seenSheet,
  sizeOf,
  turnedOnce,
} from '../../../../services/button-checkout/pages/checkout/crop/placing.ts'
import { fillingPart } from '../../../../services/processor/plan/placement.ts'
import { filledPart, turnedShaping } from '../../../../services/processor/plan/shaping.ts'

const side = fc.integer({ min: 200, max: 9000 })
const picture = fc.record({ width: side, height: side })
const millimetres = fc.double({ min: 50, max: 1200, noNaN: true })
const frame = fc.record({ width: millimetres, height: millimetres })
const share = fc.double({ min: 0, max: 1, noNaN: true })

/** Production counts from the lower left, the page and its contract from the top left. */
const fromBelow = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }) => ({
  ...{ x, y: 1 - y - height, width, height },
})
const near = (one: object, other: object) => {
  const [here, there] = [Object.entries(one).sort(), Object.entries(other).sort()]
  expect(here.map(([name]) => name)).toEqual(there.map(([name]) => name))
  for (const [index, [, value]] of here.entries()) expect(value).toBeCloseTo(Number(there[index]?.[1]), 6)
}

const canvas: Ground = groundOf('canvas-30x40', 3000, 2000, 'mirror')

function groundOf(sku: string, width: number, height: number, wrap: Ground['wrap']): Ground {
  const product = productOf(sku)
  const sheet = product && geometryOf(product, 1).components[0]
  if (!sheet) throw new Error(sku)
  return { picture: { width, height }, sheet, wrap }
}

describe('what the page shows is what production cuts', () => {
  test('without a wish a picture is cut around its middle, to the same part', () => {
    fc.assert(
      fc.property(picture, frame, (source, target) => {
        near(fromBelow(cropFor(source, target)), fillingPart(source, target))
      }),
    )
  })

  test('a crop of the frame’s shape is printed as it is; any other is cut as production cuts it', () => {
    fc.assert(
      fc.property(
        picture,
        frame,
        fc.double({ min: 1, max: 4, noNaN: true }),
        share,
        share,
        (source, target, zoom, x, y) => {
          const crop = cropFor(source, target, zoom, { x, y })
          near(fromBelow(crop), filledPart(source, target, { crop }))
          near(fromBelow(filledCrop(source, target, crop)), filledPart(source, target, { crop }))
        },
      ),
    )
  })

  test('a crop is turned with its picture as production turns it, and back', () => {
    fc.assert(
      fc.property(picture, frame, share, share, (source, target, x, y) => {
        const crop = cropFor(source, target, 1.5, { x, y })
        const turned = turnedShaping({ crop }).crop
        if (turned) near(quarterTurned(crop), turned)
        near(quarterTurnedBack(quarterTurned(crop)), crop)
      }),
    )
  })
})

describe('placing a picture on its sheet', () => {
  test('a landscape picture on a portrait canvas lies on its side, as production would turn it', () => {
    const placing = placingOf(undefined, canvas, undefined)
    expect(placing.isSideways).toBe(true)
    expect(seenSheet(canvas, placing).trim).toMatchObject({ widthMm: 400, heightMm: 300 })
  })

  test('what is sent and read again is the same, whatever was done to it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const),
        fc.boolean(),
        fc.constantFrom('fill' as const, 'fit' as const),
        (turn, isSideways, fit) => {
          const placing = placedAnew(canvas, { turn, isSideways, fit }, 1.7, { x: 0.3, y: 0.6 })
          const read = placingOf(designOf(placing), canvas, isSideways)
          expect({ ...read, crop: undefined }).toEqual({ ...placing, crop: undefined })
          for (const key of ['x', 'y', 'width', 'height'] as const)
            expect(read.crop[key]).toBeCloseTo(placing.crop[key], 5)
        },
      ),
    )
  })

  test('what is sent has the shape of the upright sheet, so production cuts nothing more', () => {
    for (const isSideways of [true, false]) {
      const design = designOf(placedAnew(canvas, { turn: 0, isSideways, fit: 'fill' }))
      const turned = turnedSize(canvas.picture, design.rotate ?? 0)
      const crop = design.crop ?? { width: 0, height: 0 }
      expect((turned.width * crop.width) / (turned.height * crop.height)).toBeCloseTo(300 / 400, 4)
    }
  })

  test('a picture that runs around the edge covers the whole sheet, a mirrored one only the face', () => {
    const around = { ...canvas, wrap: 'image' as const }
    const placing = placingOf(undefined, around, undefined)
    expect(sizeOf(printedBox(around, placing))).toEqual({ width: 504, height: 404 })
    expect(sizeOf(printedBox(canvas, placing))).toEqual({ width: 400, height: 300 })
  })

  test('dots an inch are the pixels in sight over the inches they take', () => {
    expect(dpiOf({ width: 3000, height: 2000 }, { x: 0, y: 0, width: 1, height: 1 }, 254)).toBeCloseTo(300)
    expect(Math.floor(dpiOfPlacing(canvas, placingOf(undefined, canvas, undefined)))).toBe(169)
    const limits = { reject_below_dpi: 40, minimum_dpi: 100 }
    expect([39.9, 40, 99.9, 100].map((dpi) => sharpnessOf(dpi, limits))).toEqual(['low', 'soft', 'soft', 'good'])
  })

  test('four turns are none', () => {
    expect(
      [0, 90, 180, 270].map((turn) => turnedOnce(turn === 0 ? 0 : turn === 90 ? 90 : turn === 180 ? 180 : 270)),
    ).toEqual([90, 180, 270, 0])
  })
})
