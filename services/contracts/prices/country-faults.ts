import { countryCentres } from '../countries.ts'
import type { Issue } from '../parse.ts'

/** Countries that nobody can order from: no order would ever meet them. `*` stands for all; what is no text is left to the schema. */
export function countryFaults(countries: readonly unknown[], pointerOf: (place: number) => string): Issue[] {
  return countries.flatMap((country, place) =>
    typeof country !== 'string' || country === '*' || !isCode(country) || Object.hasOwn(countryCentres, country)
      ? []
      : [{ pointer: pointerOf(place), detail: `"${country}" is no country of ISO 3166-1 (two letters, such as NL)` }],
  )
}

/** What is not even of that form is told by the schema. */
const isCode = (country: string): boolean => /^[A-Z]{2}$/.test(country)
