import type { Metadata, Sharp } from 'sharp'
import { componentsOf } from './picture-space.ts'
import { pixelLimitOf } from './pixel-limits.ts'
import type { ProfileUse } from './profile-use.ts'
import type { Recipe } from './recipe.ts'
import { imageEngine } from './sharp-engine.ts'

/** 4:4:4 keeps red type on photographs sharp; optimised tables would cost a second pass for a twentieth of the bytes. */
export const jpegOptions = { quality: 92, chromaSubsampling: '4:4:4', optimiseCoding: false } as const

/**
 * Sharp enough for four fifths of its pixels and a tenth cheaper than lanczos3. Only what is left after the decoder's own
 * reduction is resampled, once.
 */
const kernel = 'lanczos2'

export type Original = {
  readonly path: string
  readonly format: string
  readonly metadata: Metadata
  readonly profile: ProfileUse
  /** Inks of a JPEG without Adobe's mark: libvips takes every JPEG's inks for inverted, the standard only marked ones. */
  readonly isUnmarkedInk: boolean
}

/**
 * The wanted part at the wanted size, 8 bits, on white, not turned, in its own colours or in sRGB where they must be converted.
 * With `warning` a damaged picture is refused, else what there is of it is taken.
 */
export function picturePixels(original: Original, recipe: Recipe, failOn: 'warning' | 'none'): Sharp {
  const { path, format, metadata, profile, isUnmarkedInk } = original
  const { cut, whole, cutAfter, widthPx, heightPx } = recipe
  const components = componentsOf(metadata)
  const limitInputPixels = pixelLimitOf(format, metadata.isProgressive)
  // Colour management costs as much as decoding: the profile goes into the print file instead.
  const ignoreIcc = profile.use !== 'convert'
  const opened = imageEngine()(path, { failOn, limitInputPixels, ignoreIcc })
  const read = components === 4 ? opened.pipelineColourspace('cmyk') : opened
  const target = whole ?? { widthPx, heightPx }
  const isSameSize = cut?.width === widthPx && cut.height === heightPx
  const part = cut && !isWhole(cut, metadata) ? read.extract(cut) : read
  const sized = isSameSize ? part : part.resize(target.widthPx, target.heightPx, { fit: 'fill', kernel })
  const shown = cutAfter ? sized.extract(cutAfter) : sized
  if (components === 4) return (isUnmarkedInk ? shown.negate() : shown).toColourspace('cmyk')
  const flat = metadata.hasAlpha ? shown.flatten({ background: '#ffffff' }) : shown
  return flat.toColourspace(components === 1 ? 'b-w' : 'srgb')
}

const isWhole = (cut: { readonly width: number; readonly height: number }, { width, height }: Metadata): boolean =>
  cut.width === width && cut.height === height
