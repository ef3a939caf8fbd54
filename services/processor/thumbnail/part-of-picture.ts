import type { Sharp } from 'sharp'
import type { Original } from '../pictures/encode-picture.ts'
import { pixelLimitOf } from '../pictures/pixel-limits.ts'
import { openOriginal } from '../pictures/prepare-picture.ts'
import { type Recipe, recipeOf } from '../pictures/recipe.ts'
import { imageEngine } from '../pictures/sharp-engine.ts'
import { keptPart, seenSize, turnOf } from './kept-part.ts'
import { oversampling, type PartRequest, type ShownPart, shownPixels } from './shown-part.ts'
import { tallestPx } from './thumbnail-sizes.ts'

/** What the edit leaves of a picture's first frame, in the colours that its profile means. Memory does not grow with what is cut off. */
export async function partOfPicture({ folder, source, edit, widestPx }: PartRequest): Promise<ShownPart> {
  const original = await openOriginal({ folder, ...source })
  const { width, height, orientation = 1 } = original.metadata
  const stored = { widthPx: width, heightPx: height }
  const turn = turnOf(orientation, edit.rotate)
  const region = keptPart(stored, turn, edit.crop)
  const part = seenSize({ widthPx: region.width, heightPx: region.height }, turn)
  const scale = oversampling * Math.min(widestPx / part.widthPx, tallestPx / part.heightPx)
  const reduceTo = { widthPx: width * scale, heightPx: height * scale }
  const recipe = recipeOf(stored, original.format, { region, reduceTo })
  const cut = original.isUnmarkedInk ? await inksTurnedOver(original, recipe) : reduced(opened(original), recipe)
  return { ...(await shownPixels(cut)), turn }
}

/** A picture that breaks off is refused: half of it gray would be shown to everyone. Other damage is shown as it is. */
const opened = ({ path, format, metadata }: Original, ignoreIcc = false): Sharp =>
  imageEngine()(path, {
    failOn: 'truncated',
    ignoreIcc,
    limitInputPixels: pixelLimitOf(format, metadata.isProgressive),
  })

function reduced(picture: Sharp, { cut, whole, cutAfter, widthPx, heightPx }: Recipe): Sharp {
  const target = whole ?? { widthPx, heightPx }
  const sized = (cut ? picture.extract(cut) : picture).resize(target.widthPx, target.heightPx, { fit: 'fill' })
  return cutAfter ? sized.extract(cutAfter) : sized
}

/** libvips takes every JPEG's inks for inverted, the standard only marked ones: these are turned over before anything is made of them. */
async function inksTurnedOver(original: Original, recipe: Recipe): Promise<Sharp> {
  const inks = reduced(opened(original, true).pipelineColourspace('cmyk').negate(), recipe)
  return imageEngine()(await inks.toColourspace('cmyk').keepIccProfile().tiff().toBuffer())
}
