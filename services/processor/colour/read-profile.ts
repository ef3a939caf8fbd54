import { type KnownSpace, knownSpaces, type RgbSpace, type Tristimulus } from './known-spaces.ts'
import { type OpenProfile, openProfile } from './open-profile.ts'
import { type ToneCurve, toneCurveOf } from './tone-curve.ts'

/** How the profile computes: three lights and a curve each, one curve, or a table of colours. */
export type ProfileModel = 'matrix' | 'gray' | 'table' | 'none'

/** Lights are those of a matrix profile; a gray one has one curve and none. */
export type Profile = RgbSpace & {
  /** mntr, scnr, prtr, spac and the like. */
  readonly class: string
  /** RGB, GRAY, CMYK, Lab and the like. */
  readonly space: string
  readonly version: number
  readonly model: ProfileModel
}

/** What an ICC profile says of itself, or undefined where the bytes are no profile or are cut short. */
export function readProfile(bytes: Buffer): Profile | undefined {
  const open = openProfile(bytes)
  if (!open) return undefined
  const { class: kind, space, version } = open
  const bare = { class: kind, space, version, colorants: [], curves: [] }
  if (tableTags.some((signature) => open.tag(signature))) return { ...bare, model: 'table' }
  const colorants = colorantTags.flatMap((signature) => tristimulusOf(open.tag(signature)))
  const curves = curvesOf(open, space === 'GRAY' ? ['kTRC'] : ['rTRC', 'gTRC', 'bTRC'])
  if (space === 'GRAY' && curves.length === 1) return { ...bare, model: 'gray', curves }
  const isMatrix = space === 'RGB' && open.connection === 'XYZ' && colorants.length === 3 && curves.length === 3
  return isMatrix ? { ...bare, model: 'matrix', colorants, curves } : { ...bare, model: 'none' }
}

export type ProfileKind = KnownSpace | 'gray' | 'cmyk' | 'other'

/** What the colours mean, told by colorants and curves: names in profiles are free text, and often wrong. */
export function kindOfProfile(bytes: Buffer): ProfileKind {
  const profile = readProfile(bytes)
  if (profile?.space === 'CMYK' && profile.model === 'table') return 'cmyk'
  if (profile?.model === 'gray') return 'gray'
  if (profile?.model !== 'matrix') return 'other'
  return matrixKinds.find((kind) => isAlike(profile, knownSpaces[kind])) ?? 'other'
}

/** May a picture of so many components go to press with this profile? Interpreters disagree on RGB by tables. */
export function isPressSafe(bytes: Buffer, components: number): boolean {
  const profile = readProfile(bytes)
  // PDF 1.7 knows ICC up to version 4.
  if (!profile || profile.version >= 5) return false
  if (components === 1) return profile.model === 'gray'
  if (components === 3) return profile.model === 'matrix' && ['mntr', 'scnr', 'spac', 'prtr'].includes(profile.class)
  return components === 4 && profile.space === 'CMYK' && profile.class === 'prtr' && profile.model === 'table'
}

const matrixKinds = ['srgb', 'display_p3', 'adobe_rgb'] as const
const tableTags = ['A2B0', 'A2B1', 'A2B2', 'D2B0', 'D2B1', 'D2B2', 'D2B3']
const colorantTags = ['rXYZ', 'gXYZ', 'bXYZ']

function curvesOf(open: OpenProfile, signatures: readonly string[]): readonly ToneCurve[] {
  return signatures.flatMap((signature) => toneCurveOf(open.tag(signature)) ?? [])
}

function tristimulusOf(tag: Buffer | undefined): readonly Tristimulus[] {
  if (!tag || tag.length < 20 || tag.toString('latin1', 0, 4) !== 'XYZ ') return []
  return [[tag.readInt32BE(8) / 65_536, tag.readInt32BE(12) / 65_536, tag.readInt32BE(16) / 65_536]]
}

/** Wide enough for every maker's rounding, tight enough to tell sRGB's curve from a plain gamma of 2.2 (0.0065 apart). */
const colorantTolerance = 0.003
const curveTolerance = 0.004
const steps = 64

function isAlike(profile: RgbSpace, known: RgbSpace): boolean {
  const isSameLight = known.colorants.every((light, index) =>
    light.every((value, axis) => Math.abs(value - (profile.colorants[index]?.[axis] ?? 9)) < colorantTolerance),
  )
  return isSameLight && known.curves.every((curve, index) => isSameCurve(curve, profile.curves[index]))
}

function isSameCurve(one: ToneCurve, other: ToneCurve | undefined): boolean {
  const places = Array.from({ length: steps + 1 }, (_, step) => step / steps)
  return other !== undefined && places.every((place) => Math.abs(one(place) - other(place)) < curveTolerance)
}
