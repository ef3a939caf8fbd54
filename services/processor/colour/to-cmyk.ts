import { inkTable, type SourceColours } from './ink-table.ts'
import type { OutputIntent } from './output-intents.ts'
import type { RenderingIntent } from './press-colours.ts'

/**
 * Turns RGB bytes into CMYK bytes (0 is no ink, 255 is full), into `into` where given; as many pixels as fit both.
 * Keeps nothing between calls, so bands of a picture may come in any order.
 */
export type CmykConverter = (rgb: Uint8Array, into?: Uint8Array) => Uint8Array

/**
 * A converter from these colours to the inks of this condition (relative colorimetric, black point compensation).
 * Its table is made here, in tens of milliseconds: make one a job and use it for all pages.
 */
export function cmykConverter(
  intent: Pick<OutputIntent, 'profile'>,
  source: SourceColours,
  rendering: RenderingIntent = 'relative',
): CmykConverter {
  const { nodes, bias } = inkTable(intent.profile, source, rendering)
  return (rgb, into = new Uint8Array((rgb.length / 3) * 4)) => {
    const pixels = Math.min(Math.floor(rgb.length / 3), into.length >> 2)
    const clamped = new Uint8ClampedArray(into.buffer, into.byteOffset, into.byteLength)
    separate(rgb, clamped, pixels, nodes, bias)
    return into
  }
}

/** Steps of red, green and blue in the table, of 8 units each. */
const greenStride = 33 * 2
const redStride = 33 * greenStride
const blueStride = 2

/**
 * Tetrahedra: of the eight corners around a colour only four count, the way from the near one to the far one that
 * climbs the largest part first. Which those are, and how much each counts (8 in all), depends on the three lowest bits
 * of each channel alone: 512 entries instead of branches that a processor cannot foresee.
 */
const [wayOffsets, wayWeights] = ways()

function ways(): readonly [Int32Array, Int32Array] {
  const offsets = new Int32Array(512)
  const weights = new Int32Array(512)
  for (let key = 0; key < 512; key += 1) {
    const parts = [
      { share: key >> 6, stride: redStride },
      { share: (key >> 3) & 7, stride: greenStride },
      { share: key & 7, stride: blueStride },
    ].sort((one, other) => other.share - one.share)
    const [largest, middle, least] = parts
    if (!largest || !middle || !least) continue
    offsets[key] = largest.stride | ((largest.stride + middle.stride) << 16)
    weights[key] =
      (8 - largest.share) |
      ((largest.share - middle.share) << 4) |
      ((middle.share - least.share) << 8) |
      (least.share << 12)
  }
  return [offsets, weights]
}

const farOffset = redStride + greenStride + blueStride
/** Half of the 128 parts of a unit, in both halves of a word. */
const half = 0x0040_0040

/** The hot loop: two inks are carried in one word, 16 bits each, so one multiplication serves both. */
function separate(rgb: Uint8Array, inks: Uint8ClampedArray, pixels: number, nodes: Int32Array, bias: number): void {
  const end = pixels * 3
  for (let at = 0, to = 0; at < end; at += 3, to += 4) {
    const red = rgb[at] ?? 0
    const green = rgb[at + 1] ?? 0
    const blue = rgb[at + 2] ?? 0
    const near = (red >> 3) * redStride + (green >> 3) * greenStride + (blue >> 3) * blueStride
    const key = ((red & 7) << 6) | ((green & 7) << 3) | (blue & 7)
    const offsets = wayOffsets[key] ?? 0
    const weights = wayWeights[key] ?? 0
    const first = near + (offsets & 0xffff)
    const second = near + (offsets >> 16)
    const far = near + farOffset
    const nearWeight = weights & 15
    const firstWeight = (weights >> 4) & 15
    const secondWeight = (weights >> 8) & 15
    const farWeight = weights >> 12
    const cyanMagenta =
      Math.imul(nodes[near] ?? 0, nearWeight) +
      Math.imul(nodes[first] ?? 0, firstWeight) +
      Math.imul(nodes[second] ?? 0, secondWeight) +
      Math.imul(nodes[far] ?? 0, farWeight) +
      half
    const yellowBlack =
      Math.imul(nodes[near + 1] ?? 0, nearWeight) +
      Math.imul(nodes[first + 1] ?? 0, firstWeight) +
      Math.imul(nodes[second + 1] ?? 0, secondWeight) +
      Math.imul(nodes[far + 1] ?? 0, farWeight) +
      half
    inks[to] = (cyanMagenta >>> 23) - bias
    inks[to + 1] = ((cyanMagenta & 0xffff) >> 7) - bias
    inks[to + 2] = (yellowBlack >>> 23) - bias
    inks[to + 3] = ((yellowBlack & 0xffff) >> 7) - bias
  }
}
