import type { Rgb } from '../inspect/facts.ts'
import type { Drawing } from './job-plan.ts'
import type { PlanSource } from './plan-source.ts'

/** Lighter than this on the mean, the only ink may be at an edge that is cut off. */
const surelyInkedUpTo = 250

/** Must the page show something in the print file? Only what is known of a source's first page can be demanded. */
export function isFirstPageInked(drawings: readonly Drawing[], sources: readonly PlanSource[]): boolean {
  return drawings.some((drawing) => {
    switch (drawing.draw) {
      case 'fill':
        return isDark(drawing.colour)
      // A title in a script that the typeface lacks leaves nothing.
      case 'words':
        return false
      case 'place':
      case 'keep': {
        const facts = sources.find(({ index }) => index === drawing.source)?.facts
        return facts !== undefined && drawing.page === 1 && !facts.look.isBlank && isDark(facts.look.mean)
      }
      default: {
        const never: never = drawing
        return never
      }
    }
  })
}

const isDark = ({ red, green, blue }: Rgb): boolean => Math.min(red, green, blue) <= surelyInkedUpTo
