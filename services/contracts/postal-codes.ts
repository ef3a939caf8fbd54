/** Countries whose post knows no codes, by the Universal Postal Union. */
const without = new Set(
  (
    'AE AG AO AW BF BI BJ BO BS BW BZ CD CF CG CK CM CW DJ DM ER FJ GA GD GM GQ GY HK JM KI KM KN KP ' +
    'ML MO MR MW NR NU QA RW SB SC SL SR ST SX SY TD TG TK TL TO TV UG VU YE ZW'
  ).split(' '),
)
/** Where there are codes that hardly anybody writes. */
const optional = new Set(['GH', 'IE', 'LC', 'MZ', 'PA', 'SO', 'WS'])

export const hasPostalCodes = (country: string): boolean => !without.has(country)
export const needsPostalCode = (country: string): boolean => hasPostalCodes(country) && !optional.has(country)

/** Stands in an address for "there is none": its code may not be empty, and nobody takes this for a real one. */
export const noPostalCode = '-'

/** As it is shown to people: nothing where there is none. */
export const shownPostalCode = (code: string): string => (code === noPostalCode ? '' : code)
