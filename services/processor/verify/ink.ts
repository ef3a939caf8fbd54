import { lookOf } from '../inspect/look.ts'
import type { Drawing } from '../plan/job-plan.ts'
import { whole } from './share.ts'
import { comparedPx, type SourcePictures } from './source-pictures.ts'

/** Must a page with these drawings show something? Sources are only looked at for pages that came out blank. */
export async function isInked(drawings: readonly Drawing[], sources: SourcePictures): Promise<boolean> {
  for (const drawing of drawings) {
    switch (drawing.draw) {
      case 'fill':
        if (Math.min(drawing.colour.red, drawing.colour.green, drawing.colour.blue) < 250) return true
        break
      case 'words':
        if (drawing.text.trim() !== '') return true
        break
      case 'place':
      case 'keep': {
        const data = await sources.of(drawing, whole)
        if (data && isSurelyInked(data)) return true
        break
      }
      default: {
        const never: never = drawing
        return never
      }
    }
  }
  return false
}

/** Lighter than this on the mean, the only ink may be at an edge that is cut off. */
const surelyInkedUpTo = 250

function isSurelyInked(data: Buffer): boolean {
  const { isBlank, mean } = lookOf({ data, widthPx: comparedPx, heightPx: comparedPx })
  return !isBlank && Math.min(mean.red, mean.green, mean.blue) <= surelyInkedUpTo
}
