import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { keptPart, seenSize, turnOf } from '../../../../services/processor/thumbnail/kept-part.ts'

/** Six by four pixels, each of another shade. */
const stored = { widthPx: 6, heightPx: 4 }
const shades = Buffer.from(Array.from({ length: 24 }, (_, index) => [index * 10, 255 - index * 10, index]).flat())
const raw = (data: Buffer, { widthPx: width, heightPx: height }: typeof stored) =>
  sharp(data, { raw: { width, height, channels: 3 } })

const orientations = [1, 2, 3, 4, 5, 6, 7, 8]
const turns = [0, 90, 180, 270] as const
const crop = { x: 1 / 6, y: 0.25, width: 0.5, height: 0.5 }

/** As sharp does it: upright, turned, then cut out of what is seen. */
async function bySharp(orientation: number, rotate: number): Promise<number[]> {
  const noted = await raw(shades, stored).withMetadata({ orientation }).png().toBuffer()
  const upright = await sharp(noted).autoOrient().png().toBuffer()
  const turned = await sharp(upright).rotate(rotate).raw().toBuffer({ resolveWithObject: true })
  const seen = { widthPx: turned.info.width, heightPx: turned.info.height }
  const at = (part: number, most: number): number => Math.round(part * most)
  const box = { left: at(crop.x, seen.widthPx), top: at(crop.y, seen.heightPx) }
  const right = at(crop.x + crop.width, seen.widthPx)
  const bottom = at(crop.y + crop.height, seen.heightPx)
  const part = { ...box, width: right - box.left, height: bottom - box.top }
  return [...(await raw(turned.data, seen).extract(part).raw().toBuffer())]
}

async function byUs(orientation: number, rotate: (typeof turns)[number]): Promise<number[]> {
  const turn = turnOf(orientation, rotate)
  const { x, y, width, height } = keptPart(stored, turn, crop)
  const box = { left: x, top: stored.heightPx - y - height, width, height }
  const cut = await raw(shades, stored).extract(box).raw().toBuffer()
  const size = { widthPx: width, heightPx: height }
  const mirrored = turn.isMirrored ? await raw(cut, size).flop().raw().toBuffer() : cut
  return [...(await raw(mirrored, size).rotate(turn.degrees).raw().toBuffer())]
}

test.each(orientations.flatMap((orientation) => turns.map((rotate) => [orientation, rotate] as const)))(
  'of a picture stored with orientation %i and turned by %i degrees, the part that is cut out of what is seen stays',
  async (orientation, rotate) => {
    expect(await byUs(orientation, rotate)).toEqual(await bySharp(orientation, rotate))
  },
)

describe('a cut', () => {
  test('of less than a pixel keeps one, at every edge', () => {
    for (const [x, y] of [
      [0, 0],
      [1, 1],
      [0.999_99, 0.5],
    ] as const) {
      const part = keptPart(stored, turnOf(6), { x, y, width: 0.000_01, height: 0.000_01 })
      expect([part.width, part.height]).toEqual([1, 1])
      expect(part.x).toBeGreaterThanOrEqual(0)
      expect(part.x).toBeLessThan(stored.widthPx)
      expect(part.y).toBeGreaterThanOrEqual(0)
      expect(part.y).toBeLessThan(stored.heightPx)
    }
  })

  test('that reaches beyond the picture ends with it', () => {
    const part = keptPart(stored, turnOf(1), { x: 0.5, y: 0.5, width: 1, height: 1 })
    expect(part).toEqual({ x: 3, y: 0, width: 3, height: 2 })
  })
})

test('a picture on its side is seen as wide as it is stored high', () => {
  expect(seenSize(stored, turnOf(6))).toEqual({ widthPx: 4, heightPx: 6 })
  expect(seenSize(stored, turnOf(6, 90))).toEqual(stored)
})
