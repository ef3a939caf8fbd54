import { countryCentres } from '#contracts/countries.ts'
import { areaOf } from './area-of.ts'
import { type AreaTable, readAreas } from './area-table.ts'
import type { Place } from './place.ts'
import { postalAreas } from './postal-areas.ts'

const tables = new Map<string, AreaTable>()
const middles = new Map<string, Place>()
const nowhere: Place = { latitude: 0, longitude: 0, exactness: 'country' }

/**
 * Where a destination is: the middle of its postal area by the first signs of the postal code, else of its country. Each country's table is
 * read when somebody first asks for it; from then on nothing is made.
 */
export function placeOf({ country, postalCode }: { readonly country: string; readonly postalCode?: string }): Place {
  const table = postalCode === undefined ? undefined : tableOf(country)
  const area = table === undefined || postalCode === undefined ? undefined : areaOf(country, table, postalCode)
  return area ?? middleOf(country)
}

function tableOf(country: string): AreaTable | undefined {
  const known = tables.get(country)
  if (known) return known
  const line = Object.hasOwn(postalAreas, country) ? postalAreas[country] : undefined
  if (line === undefined) return undefined
  const table = readAreas(line)
  tables.set(country, table)
  return table
}

function middleOf(country: string): Place {
  const known = middles.get(country)
  if (known) return known
  const centre = Object.hasOwn(countryCentres, country) ? countryCentres[country] : undefined
  if (!centre) return nowhere
  const [latitude, longitude] = centre
  const middle: Place = { latitude, longitude, exactness: 'country' }
  middles.set(country, middle)
  return middle
}
