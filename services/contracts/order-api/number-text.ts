import { Type } from 'typebox'

/** Where the documentation of a schema says which number its text is. */
export const shownNumber = 'x-number'

export type NumberRange = { readonly minimum: number; readonly maximum?: number; readonly default?: number }

/** A whole number in the query of an address: digits there, a number to whoever reads the documentation. */
export const NumberText = (pattern: string, range: NumberRange, description: string) =>
  Type.String({ pattern, description, [shownNumber]: { type: 'integer', ...range } })

/** `limit` of a list. */
export const PageSize = NumberText(
  '^([1-9][0-9]?|100)$',
  { minimum: 1, maximum: 100, default: 20 },
  '1 to 100; 20 without',
)
