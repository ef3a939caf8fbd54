import { outputIntentOf } from '../colour/output-intents.ts'
import type { PreparedPicture } from '../pictures/prepare-picture.ts'
import type { ComponentPlan, Place } from '../plan/job-plan.ts'
import type { Job } from './job.ts'
import { type LookAhead, lookAhead } from './look-ahead.ts'
import type { PageRaster } from './page-raster.ts'

export const isForm = ({ sources }: Job, { source, rasterDpi }: Place): boolean =>
  sources[source]?.format === 'pdf' && rasterDpi === undefined

/** What a picture is asked for by: the same placing gives the same picture. */
export const keyOf = (place: Place): string => JSON.stringify(place)

/** Pictures and rendered pages of a print file, made ready in the plan's order a little before they are wanted. */
export function picturesOf(job: Job, plan: ComponentPlan): LookAhead<PreparedPicture> {
  const places = new Map<string, Place>()
  for (const drawing of plan.pages.flat()) {
    if (drawing.draw === 'place' && !isForm(job, drawing)) places.set(keyOf(drawing), drawing)
  }
  const make = maker(job, plan)
  const wanted = async (key: string): Promise<PreparedPicture> => {
    const place = places.get(key)
    if (!place) throw new Error('A picture is wanted that the plan does not place')
    return await make(place)
  }
  // Photos are decoded outside this thread: one more waits in line, so that none of those who decode waits for this thread
  // while it copies. Rendered pages are in memory from the beginning and get no place in line.
  const inLine = [...places.values()].some(({ source }) => job.sources[source]?.format === 'pdf') ? 0 : 1
  return lookAhead([...places.keys()], wanted, job.picturesAhead + inLine)
}

/** The engines are loaded with the first picture: a book of pages alone needs neither. */
function maker({ folder, sources }: Job, plan: ComponentPlan): (place: Place) => Promise<PreparedPicture> {
  const rasters = new Map<number, PageRaster>()
  const outputIntent = outputIntentOf(plan.outputIntent ?? 'FOGRA39')
  return async (place) => {
    const found = sources[place.source]
    if (!found) throw new Error(`The plan names source ${place.source}, which does not exist`)
    const { file, format, isUnproven } = found
    if (format !== 'pdf') {
      const { preparePicture } = await import('../pictures/prepare-picture.ts')
      return await preparePicture({ folder, file, format, source: place.source, place, outputIntent, isUnproven })
    }
    const { createPageRaster } = await import('./page-raster.ts')
    const raster = rasters.get(place.source) ?? createPageRaster(folder, file)
    rasters.set(place.source, raster)
    return await raster(place)
  }
}
