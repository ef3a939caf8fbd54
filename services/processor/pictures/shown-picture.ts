import type { Sharp } from 'sharp'
import type { Original } from './encode-picture.ts'
import { pixelLimitOf } from './pixel-limits.ts'
import { imageEngine } from './sharp-engine.ts'

/** `truncated`: rejects for a picture that breaks off; `none`: shows what there is. */
type FailOn = 'truncated' | 'none'

/**
 * A picture's first frame as `reduced` makes it, in the colours that its profile means, to be brought to a screen's. libvips takes every
 * JPEG's inks for inverted, the standard only marked ones: unmarked inks are turned over before anything is made of them.
 */
export async function shownPicture(
  original: Original,
  failOn: FailOn,
  reduced: (picture: Sharp) => Sharp,
): Promise<Sharp> {
  const { path, format, metadata, isUnmarkedInk } = original
  const limitInputPixels = pixelLimitOf(format, metadata.isProgressive)
  const picture = imageEngine()(path, { failOn, limitInputPixels, ignoreIcc: isUnmarkedInk })
  if (!isUnmarkedInk) return reduced(picture)
  const inks = reduced(picture.pipelineColourspace('cmyk').negate())
  return imageEngine()(await inks.toColourspace('cmyk').keepIccProfile().tiff().toBuffer())
}
