import type { ToneCurve } from './tone-curve.ts'

/** X, Y and Z under D50. */
export type Tristimulus = readonly [number, number, number]

/** Colours by three lights: red, green and blue at full, and a curve each. */
export type RgbSpace = { readonly colorants: readonly Tristimulus[]; readonly curves: readonly ToneCurve[] }

const srgbCurve: ToneCurve = (stored) => (stored < 0.04045 ? stored / 12.92 : ((stored + 0.055) / 1.055) ** 2.4)
const adobeCurve: ToneCurve = (stored) => stored ** (563 / 256)

/** Public numbers (IEC 61966-2-1, SMPTE EG 432-1, Adobe RGB (1998)), adapted to D50 by Bradford's way. */
export const knownSpaces = {
  srgb: {
    curves: [srgbCurve, srgbCurve, srgbCurve],
    colorants: [
      [0.43607, 0.22249, 0.01392],
      [0.38515, 0.71687, 0.09708],
      [0.14307, 0.06061, 0.7141],
    ],
  },
  display_p3: {
    curves: [srgbCurve, srgbCurve, srgbCurve],
    colorants: [
      [0.51512, 0.2412, -0.00105],
      [0.29198, 0.69225, 0.04189],
      [0.1571, 0.06657, 0.78407],
    ],
  },
  adobe_rgb: {
    curves: [adobeCurve, adobeCurve, adobeCurve],
    colorants: [
      [0.60974, 0.31111, 0.01947],
      [0.20528, 0.62567, 0.06087],
      [0.14919, 0.06322, 0.74457],
    ],
  },
} as const satisfies Record<string, RgbSpace>

export type KnownSpace = keyof typeof knownSpaces
