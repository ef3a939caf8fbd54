import type { RgbSpace, Tristimulus } from './known-spaces.ts'

/** Lab (D50) of an RGB colour of 0 to 1 each, written to `lab`. */
export type RgbToLab = (red: number, green: number, blue: number, lab: Float64Array) => void

const whiteD50: Tristimulus = [0.9642, 1, 0.8249]

/**
 * Lab of a matrix profile's colours, its black brought to `blackLightness`, the darkest that the press can print:
 * black point compensation, so that shadows keep their steps instead of drowning in one black.
 */
export function rgbToLab(space: RgbSpace, blackLightness: number): RgbToLab {
  const [redLight, greenLight, blueLight] = space.colorants
  const [redCurve, greenCurve, blueCurve] = space.curves
  if (!redLight || !greenLight || !blueLight || !redCurve || !greenCurve || !blueCurve) {
    throw new Error('The picture’s colour profile has no matrix and curves: convert the picture to sRGB first')
  }
  // A gray black: the same share of white in X, Y and Z.
  const black = luminanceOf(blackLightness)
  return (red, green, blue, lab) => {
    const r = redCurve(red)
    const g = greenCurve(green)
    const b = blueCurve(blue)
    const share = (axis: 0 | 1 | 2): number => {
      const light = (r * redLight[axis] + g * greenLight[axis] + b * blueLight[axis]) / whiteD50[axis]
      return compressed(black + (1 - black) * light)
    }
    const y = share(1)
    lab[0] = 116 * y - 16
    lab[1] = 500 * (share(0) - y)
    lab[2] = 200 * (y - share(2))
  }
}

const epsilon = 216 / 24_389
const kappa = 24_389 / 27

function luminanceOf(lightness: number): number {
  return lightness > 8 ? ((lightness + 16) / 116) ** 3 : lightness / kappa
}

function compressed(share: number): number {
  return share > epsilon ? Math.cbrt(share) : (kappa * share + 16) / 116
}
