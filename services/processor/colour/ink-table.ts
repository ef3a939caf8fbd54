import { type KnownSpace, knownSpaces, type RgbSpace } from './known-spaces.ts'
import { inksToLab, type LabToInks, labToInks, type RenderingIntent } from './press-colours.ts'
import { readProfile } from './read-profile.ts'
import { type RgbToLab, rgbToLab } from './rgb-to-lab.ts'

/** What the RGB numbers mean: a space known by name, or a matrix profile of the picture's own. */
export type SourceColours = KnownSpace | { readonly profile: Buffer }

/**
 * Inks at 33 × 33 × 33 colours, red outermost, two words each: cyan and magenta, yellow and black. A half word holds
 * (ink + bias) × 16, where ink is 0 to 255.
 */
export type InkTable = { readonly nodes: Int32Array; readonly bias: number }

const steps = 33
/** Total ink of 300 %, less the half unit that rounding may add to each ink. */
const mostInk = 3 * 255 - 2
/** The table's last step is at 256, where no colour is: what stands there may lie outside 0 to 255. */
const bias = 64
const parts = 16

/**
 * The table from these colours to the inks of a press profile. Throws where the picture's profile has no matrix.
 * Relative colorimetric shows what paper can show as it is, black point compensated; see docs/decisions/0009.
 */
export function inkTable(press: Buffer, source: SourceColours, rendering: RenderingIntent = 'relative'): InkTable {
  const separate = labToInks(press, rendering)
  const darkest = rendering === 'relative' ? blackLightnessOf(press, separate) : 0
  const inks = inksOfGrid(rgbToLab(spaceOf(source), darkest), separate)
  extendToLastStep(inks)
  return { nodes: packed(inks), bias }
}

function spaceOf(source: SourceColours): RgbSpace {
  if (typeof source === 'string') return knownSpaces[source]
  const profile = readProfile(source.profile)
  if (!profile) throw new Error('The picture’s colour profile cannot be read: treat the picture as sRGB')
  return profile
}

/** Lightness of the darkest gray that these inks can make. */
function blackLightnessOf(press: Buffer, separate: LabToInks): number {
  const lab = new Float64Array(3)
  const inks = new Float64Array(4)
  separate(lab, inks)
  inksToLab(press)(inks, lab)
  return lab[0] ?? 0
}

const greenStride = steps * 4
const redStride = steps * greenStride

/** Inks (0 to 255) at each step; the last step holds the colour of 255 as yet. */
function inksOfGrid(toLab: RgbToLab, separate: LabToInks): Float64Array {
  const values = Float64Array.from({ length: steps }, (_, step) => Math.min(step * 8, 255) / 255)
  const all = new Float64Array(steps * redStride)
  const lab = new Float64Array(3)
  const inks = new Float64Array(4)
  let at = 0
  for (const red of values) {
    for (const green of values) {
      for (const blue of values) {
        toLab(red, green, blue, lab)
        separate(lab, inks)
        limitInk(inks)
        for (const ink of inks) {
          all[at] = ink * 255
          at += 1
        }
      }
    }
  }
  return all
}

/** Less cyan, magenta and yellow, by the same share; black carries the shadows. */
function limitInk(inks: Float64Array): void {
  const [cyan = 0, magenta = 0, yellow = 0, black = 0] = inks
  const room = mostInk / 255 - black
  const coloured = cyan + magenta + yellow
  if (coloured <= room) return
  for (let ink = 0; ink < 3; ink += 1) inks[ink] = ((inks[ink] ?? 0) * room) / coloured
}

/** Carries the slope from 248 to 255 on to 256, so that 255, seven eighths of the way, comes out exactly. */
function extendToLastStep(inks: Float64Array): void {
  const white = inks.slice(-4)
  for (const stride of [redStride, greenStride, 4]) {
    for (let at = 0; at < inks.length; at += 1) {
      if (Math.floor(at / stride) % steps !== steps - 1) continue
      const inside = inks[at - stride] ?? 0
      inks[at] = inside + (((inks[at] ?? 0) - inside) * 8) / 7
    }
  }
  // White is on the diagonal of its cell: paper must stay paper.
  const last = inks.length - 4
  const inside = last - redStride - greenStride - 4
  for (const [ink, value] of white.entries()) inks[last + ink] = (8 * value - (inks[inside + ink] ?? 0)) / 7
}

function packed(inks: Float64Array): Int32Array {
  const half = (at: number): number => {
    const ink = Math.min(Math.max(inks[at] ?? 0, -bias), 255 + bias)
    return Math.round((ink + bias) * parts)
  }
  return Int32Array.from({ length: inks.length / 2 }, (_, word) => (half(word * 2) << 16) | half(word * 2 + 1))
}
