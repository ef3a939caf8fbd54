import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { hasPostalCodes } from '../../services/contracts/postal-codes.ts'
import { medianPlace } from './areas-of.mjs'

/** Parcels to them are often addressed to the country that they belong to. */
const territories = {
  AU: ['CC', 'CX', 'NF'],
  CH: ['LI'],
  DK: ['GL'],
  FI: ['AX'],
  FR: ['BL', 'GF', 'GP', 'MC', 'MF', 'MQ', 'NC', 'PF', 'PM', 'RE', 'WF', 'YT'],
  GB: ['GG', 'IM', 'JE'],
  IT: ['SM', 'VA'],
  NO: ['SJ'],
  US: ['AS', 'FM', 'GU', 'MH', 'MP', 'PR', 'PW', 'VI'],
}

/** Military mail (APO, FPO, DPO): the source names the bases abroad, and the carrier is handed it at home. */
const military = /^(09|340|96[2-6])/

/** Country → bare code → its place, from all rows of the code. */
export async function readCodes(source) {
  const rows = await readRows(source)
  for (const [country, others] of Object.entries(territories)) {
    const codes = others.flatMap((other) => [...(rows.get(other) ?? [])])
    for (const [code, places] of codes) rows.get(country)?.set(code, places)
  }
  const sorted = [...rows].sort(([one], [other]) => (one < other ? -1 : 1))
  return new Map(sorted.map(([country, codes]) => [country, middlesOf(codes)]))
}

const middlesOf = (codes) => new Map([...codes].map(([code, places]) => [code, medianPlace(places)]))

async function readRows(source) {
  const rows = new Map()
  const file = createReadStream(source)
  const input = source.endsWith('.gz') ? file.pipe(createGunzip()) : file
  for await (const line of createInterface({ input })) {
    const { country, code, latitude, longitude } = rowOf(line)
    if (!isUsed(country, code) || !isPlace(latitude, longitude)) continue
    const codes = rows.get(country) ?? new Map()
    const places = codes.get(bareOf(code, country)) ?? []
    rows.set(country, codes.set(bareOf(code, country), [...places, { latitude, longitude }]))
  }
  return rows
}

const isUsed = (country, code) => hasPostalCodes(country) && !(country === 'US' && military.test(code))

/** Rows without a place have none, or the one off Africa where both are 0. */
const isPlace = (latitude, longitude) =>
  Number.isFinite(latitude) && Number.isFinite(longitude) && (latitude !== 0 || longitude !== 0)

function rowOf(line) {
  if (line.startsWith('{')) {
    const { country_code, postal_code, latitude, longitude } = JSON.parse(line)
    return { country: country_code, code: String(postal_code), latitude, longitude }
  }
  const [country, code, , , , , , , , latitude, longitude] = line.split('\t')
  return { country, code, latitude: Number(latitude), longitude: Number(longitude) }
}

/** As the look-up reads it: without spaces, hyphens, and the country before the digits. */
function bareOf(code, country) {
  const bare = code
    .toUpperCase()
    .replace(/CEDEX.*/, '')
    .replaceAll(/[^0-9A-Z]/g, '')
  const digits = bare.startsWith(country) || /^L\d{4}$/.test(bare) ? bare.replace(/^[A-Z]+/, '') : bare
  return country === 'GB' ? `${bare}_` : digits
}
