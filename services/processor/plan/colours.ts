import type { Rgb } from '../inspect/facts.ts'

export const white: Rgb = { red: 255, green: 255, blue: 255 }
export const black: Rgb = { red: 0, green: 0, blue: 0 }
/** Where no picture gives a colour: a grey-blue that prints evenly. */
export const slate: Rgb = { red: 52, green: 64, blue: 78 }
const paper: Rgb = { red: 250, green: 248, blue: 243 }
export const ink: Rgb = { red: 34, green: 34, blue: 34 }

/** Saturation and lightness of a calm cover: dark enough for light type, below the ink limit of a press. */
const calmSaturation = { factor: 0.55, most: 0.32 } as const
const calmLightness = { least: 0.2, most: 0.3 } as const

/** Perceived lightness from 0 to 1 (Rec. 709 weights). */
export const luminance = ({ red, green, blue }: Rgb): number => (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255

/** Type that can be read on `background`. */
export const typeOn = (background: Rgb): Rgb => (luminance(background) > 0.55 ? ink : paper)

/** A quiet, dark relative of a picture's mean colour. */
export function calmOf(mean: Rgb): Rgb {
  const { hue, saturation, lightness } = hslOf(mean)
  return rgbOf({
    hue,
    saturation: Math.min(saturation * calmSaturation.factor, calmSaturation.most),
    lightness: Math.min(calmLightness.most, Math.max(calmLightness.least, lightness * 0.6)),
  })
}

type Hsl = { readonly hue: number; readonly saturation: number; readonly lightness: number }

function hslOf({ red, green, blue }: Rgb): Hsl {
  const [r, g, b] = [red / 255, green / 255, blue / 255]
  const most = Math.max(r, g, b)
  const spread = most - Math.min(r, g, b)
  const lightness = most - spread / 2
  if (spread === 0) return { hue: 0, saturation: 0, lightness }
  const sector = most === r ? ((g - b) / spread + 6) % 6 : most === g ? (b - r) / spread + 2 : (r - g) / spread + 4
  return { hue: sector * 60, saturation: spread / (1 - Math.abs(2 * lightness - 1)), lightness }
}

function rgbOf({ hue, saturation, lightness }: Hsl): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness)
  const channel = (offset: number): number => {
    const place = (offset + hue / 30) % 12
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1))))
  }
  return { red: channel(0), green: channel(8), blue: channel(4) }
}
