import { millimetresPerInch } from '#contracts/geometry/lengths.ts'
import type { Place } from './job-plan.ts'

/** Pixels an inch at which a picture is printed: its own pixels over the inches they take. */
export function dpiOf({ region, orientation, to }: Pick<Place, 'region' | 'orientation' | 'to'>): number {
  const across = orientation >= 5 ? region.height : region.width
  return across / (to.widthMm / millimetresPerInch)
}
