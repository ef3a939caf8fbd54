import type { TSchema } from 'typebox'
import { unusableText } from '#chassis/http/unusable-text.ts'
import { CheckoutStart } from '#contracts/checkout/start.ts'
import { matches } from '#contracts/parse.ts'

const numbers: readonly string[] = ['pages', 'width', 'height', 'quantity']

/**
 * What the address of a button says. A part that is no such thing is left out: a visitor is not turned away for a comma in somebody's page.
 * What is missing then is told by whoever needs it.
 */
export function readStart(query: unknown): CheckoutStart {
  const given = typeof query === 'object' && query !== null ? query : {}
  const read = Object.entries(CheckoutStart.properties).flatMap(([name, schema]) => {
    const value = givenAs(name, Reflect.get(given, name))
    return isUsable(schema, value) ? [[name, value] as const] : []
  })
  const start: unknown = Object.fromEntries(read)
  return matches(CheckoutStart, start) ? start : {}
}

const isUsable = (schema: TSchema, value: unknown): boolean =>
  value !== undefined && matches(schema, value) && unusableText(value).length === 0

/** Said twice, the first one counts. */
function givenAs(name: string, given: unknown): unknown {
  const value: unknown = Array.isArray(given) ? given[0] : given
  if (typeof value !== 'string' || value === '') return undefined
  if (numbers.includes(name)) return /^\d{1,6}(\.\d{1,6})?$/.test(value) ? Number(value) : undefined
  return name === 'country' || name === 'currency' ? value.toUpperCase() : value
}
