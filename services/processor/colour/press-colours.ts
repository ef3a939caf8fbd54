import { lut16 } from './lut16.ts'
import { openProfile } from './open-profile.ts'

/** Four inks, 0 to 1 each, of a Lab colour (D50, paper is white); both arrays are the caller's. */
export type LabToInks = (lab: Float64Array, inks: Float64Array) => void
/** The Lab colour that four inks make. */
export type InksToLab = (inks: Float64Array, lab: Float64Array) => void

export type RenderingIntent = 'perceptual' | 'relative'

/** The way from colours to inks by the press profile's own table. Throws where it has none. */
export function labToInks(profile: Buffer, intent: RenderingIntent): LabToInks {
  const table = lut16(openProfile(profile)?.tag(intent === 'perceptual' ? 'B2A0' : 'B2A1'), 3, 4)
  const coded = new Float64Array(3)
  return (lab, inks) => {
    coded[0] = ((lab[0] ?? 0) * lightnessUnit) / most
    coded[1] = (((lab[1] ?? 0) + 128) * 256) / most
    coded[2] = (((lab[2] ?? 0) + 128) * 256) / most
    table(coded, inks)
  }
}

/** The way back, from inks to colours. Throws where the profile has no table for it. */
export function inksToLab(profile: Buffer): InksToLab {
  const table = lut16(openProfile(profile)?.tag('A2B1'), 4, 3)
  return (inks, lab) => {
    table(inks, lab)
    lab[0] = ((lab[0] ?? 0) * most) / lightnessUnit
    lab[1] = ((lab[1] ?? 0) * most) / 256 - 128
    lab[2] = ((lab[2] ?? 0) * most) / 256 - 128
  }
}

/** Lab in 16 bits as ICC version 2 codes it: lightness 100 is FF00, a and b of 0 are 8000. */
const most = 65_535
const lightnessUnit = 652.8
