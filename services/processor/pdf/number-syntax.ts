import { isDigit } from './characters.ts'

/** A number read from syntax; `isCount`: digits only, so that it can begin a reference. */
export type ReadNumber = { value: number; end: number; isCount: boolean }

/** Beyond these, arithmetic on doubles would no longer give the nearest number. */
const mostExact = Number.MAX_SAFE_INTEGER / 10 - 1
const mostPlaces = 22
const powers = Array.from({ length: mostPlaces + 1 }, (_, exponent) => 10 ** exponent)

/** Whether a number can begin with this byte: digit, sign or point. */
export const startsNumber = (code: number): boolean => isDigit(code) || code === 43 || code === 45 || code === 46

/**
 * The number at `from`, written into `into` to make no objects. Odd ones as Acrobat reads them: `--5` is -5,
 * `5.-3` is 5, a lone sign or point is 0.
 */
export function readNumber(buffer: Buffer, from: number, into: ReadNumber): void {
  let at = from
  let isNegative = false
  let code = buffer[at] ?? 0
  for (; code === 45 || code === 43; code = buffer[++at] ?? 0) isNegative ||= code === 45
  const digitsFrom = at
  let value = 0
  for (; code >= 48 && code <= 57; code = buffer[++at] ?? 0) value = value * 10 + (code - 48)
  let places = 0
  let isReal = false
  if (code === 46) {
    isReal = true
    code = buffer[++at] ?? 0
    for (; code >= 48 && code <= 57; code = buffer[++at] ?? 0) {
      value = value * 10 + (code - 48)
      places++
    }
    if (value > mostExact || places > mostPlaces) value = Number(buffer.toString('latin1', digitsFrom, at))
    else if (places > 0) value /= powers[places] ?? 1
  }
  into.isCount = !isReal && digitsFrom === from
  while (code === 45 || code === 46 || (isReal && isDigit(code))) code = buffer[++at] ?? 0
  into.value = isNegative && value !== 0 ? -value : value
  into.end = at
}
