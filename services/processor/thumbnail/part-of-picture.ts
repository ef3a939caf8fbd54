import type { Sharp } from 'sharp'
import { openOriginal } from '../pictures/prepare-picture.ts'
import { type Recipe, recipeOf } from '../pictures/recipe.ts'
import { shownPicture } from '../pictures/shown-picture.ts'
import { keptPart, seenSize, turnOf } from './kept-part.ts'
import { oversamplingOf, type PartRequest, type ShownPart, shownPixels } from './shown-part.ts'
import { tallestPx } from './thumbnail-sizes.ts'

/** What the edit leaves of a picture's first frame, in the colours that its profile means. Memory does not grow with what is cut off. */
export async function partOfPicture({ folder, source, edit, widestPx }: PartRequest): Promise<ShownPart> {
  const original = await openOriginal({ folder, ...source })
  const { width, height, orientation = 1 } = original.metadata
  const stored = { widthPx: width, heightPx: height }
  const turn = turnOf(orientation, edit.rotate)
  const region = keptPart(stored, turn, edit.crop)
  const part = seenSize({ widthPx: region.width, heightPx: region.height }, turn)
  const scale = oversamplingOf(widestPx) * Math.min(widestPx / part.widthPx, tallestPx / part.heightPx)
  const reduceTo = { widthPx: width * scale, heightPx: height * scale }
  const recipe = recipeOf(stored, original.format, { region, reduceTo })
  // A picture that breaks off is refused: half of it gray would be shown to everyone. Other damage is shown as it is.
  const cut = await shownPicture(original, 'truncated', (picture) => reduced(picture, recipe))
  return { ...(await shownPixels(cut)), turn }
}

function reduced(picture: Sharp, { cut, whole, cutAfter, widthPx, heightPx }: Recipe): Sharp {
  const target = whole ?? { widthPx, heightPx }
  const sized = (cut ? picture.extract(cut) : picture).resize(target.widthPx, target.heightPx, { fit: 'fill' })
  return cutAfter ? sized.extract(cutAfter) : sized
}
