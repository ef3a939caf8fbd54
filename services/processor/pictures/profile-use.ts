import { isPressSafe, kindOfProfile, type ProfileKind, readProfile } from '../colour/read-profile.ts'

const spaces = { 1: 'GRAY', 3: 'RGB', 4: 'CMYK' } as const

/**
 * What becomes of a picture's profile: it goes into the print file, or the colours are converted to sRGB because
 * interpreters disagree on it (RGB by tables, as XYB), or it says nothing of these colours and is left out.
 */
export type ProfileUse =
  | { readonly use: 'keep'; readonly profile: Buffer }
  | { readonly use: 'convert' }
  | { readonly use: 'none' }

export function profileUseOf(bytes: Buffer | undefined, components: 1 | 3 | 4): ProfileUse {
  const profile = bytes && readProfile(bytes)
  if (!profile || profile.space.trim() !== spaces[components]) return { use: 'none' }
  if (isPressSafe(bytes, components)) return { use: 'keep', profile: bytes }
  // Inks and grays without a usable profile keep their values: those are what the author chose.
  return components === 3 ? { use: 'convert' } : { use: 'none' }
}

/** For the facts: a profile that cannot be read, or is of other colours, counts as none. */
export function profileKindOf(bytes: Buffer | undefined, components: 1 | 3 | 4): ProfileKind | 'none' {
  return bytes && profileUseOf(bytes, components).use !== 'none' ? kindOfProfile(bytes) : 'none'
}
