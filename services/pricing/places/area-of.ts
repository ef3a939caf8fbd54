import { type AreaTable, endSign, keyWith, longestPrefix, noSigns } from './area-table.ts'
import type { Place } from './place.ts'
import { isDigit, noSign, separator, signAt } from './postal-signs.ts'

/** What is longer is no postal code, with whatever stands around it. */
const longestText = 20
/** The second half of a British code, which says the street. */
const inwardSigns = 3

/** The area that the longest known prefix of a postal code stands for; undefined where the code is none of this country, or not known. */
export function areaOf(country: string, table: AreaTable, postalCode: string): Place | undefined {
  if (postalCode.length > longestText) return undefined
  return table.form === 'digits' ? areaByDigits(table, postalCode) : areaBySigns(country, table, postalCode)
}

/** Whatever letters stand before the digits, and everything from the first letter after them, is not read: "D-10115", "75001 CEDEX 08". Noughts alone are what people type who have no code. */
function areaByDigits({ areas, lengths }: AreaTable, postalCode: string): Place | undefined {
  let key = noSigns
  let digits = 0
  let highest = 0
  let found: Place | undefined
  for (let index = 0; index < postalCode.length; index += 1) {
    const sign = signAt(postalCode, index)
    if (sign === noSign) return undefined
    if (sign === separator) continue
    if (!isDigit(sign)) {
      if (digits === 0) continue
      break
    }
    digits += 1
    highest = Math.max(highest, sign)
    if (digits > longestPrefix) continue
    key = keyWith(key, sign)
    found = areas.get(key) ?? found
  }
  return highest > 0 && lengths.includes(digits) ? found : undefined
}

function areaBySigns(country: string, { areas, lengths }: AreaTable, postalCode: string): Place | undefined {
  const start = beginsWithCountry(country, postalCode) ? country.length : 0
  const signs = countSigns(postalCode, start)
  if (!lengths.includes(signs)) return undefined
  const prefixSigns = country === 'GB' ? outwardSigns(signs) : signs
  let key = noSigns
  let read = 0
  let found: Place | undefined
  for (let index = start; read < Math.min(prefixSigns, longestPrefix); index += 1) {
    const sign = signAt(postalCode, index)
    if (sign < 0) continue
    read += 1
    key = keyWith(key, sign)
    found = areas.get(key) ?? found
  }
  return (read < longestPrefix ? areas.get(keyWith(key, endSign)) : undefined) ?? found
}

/** "GB-SW1A 1AA". */
const beginsWithCountry = (country: string, postalCode: string): boolean =>
  signAt(postalCode, country.length) === separator &&
  signAt(postalCode, 0) === signAt(country, 0) &&
  signAt(postalCode, 1) === signAt(country, 1)

/** -1 where something else stands among them. */
function countSigns(postalCode: string, start: number): number {
  let signs = 0
  for (let index = start; index < postalCode.length; index += 1) {
    const sign = signAt(postalCode, index)
    if (sign === noSign) return -1
    if (sign !== separator) signs += 1
  }
  return signs
}

/** The first half alone ("SW1A") is shorter than any whole code. */
const outwardSigns = (signs: number): number => (signs < 5 ? signs : signs - inwardSigns)
