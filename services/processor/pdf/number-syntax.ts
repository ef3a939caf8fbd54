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
  const digitsFrom = pastSigns(buffer, from)
  readDigits(buffer, digitsFrom, 0, into)
  into.isCount = digitsFrom === from
  if (buffer[into.end] === 46) readFraction(buffer, digitsFrom, into)
  else if (into.value > mostExact) into.value = Number(buffer.toString('latin1', digitsFrom, into.end))
  const isNegative = digitsFrom > from && buffer.subarray(from, digitsFrom).includes(45)
  if (isNegative && into.value !== 0) into.value = -into.value
  // What makes no sense behind a number belongs to it: `5.-3`, `1.2.3`, `7-4`.
  for (let code = buffer[into.end]; code === 45 || code === 46; code = buffer[into.end])
    into.end = pastJunk(buffer, into.end)
}

function readFraction(buffer: Buffer, digitsFrom: number, into: ReadNumber): void {
  const from = into.end + 1
  readDigits(buffer, from, into.value, into)
  into.isCount = false
  const places = into.end - from
  const isExact = into.value <= mostExact && places <= mostPlaces
  if (!isExact) into.value = Number(buffer.toString('latin1', digitsFrom, into.end))
  else if (places > 0) into.value /= powers[places] ?? 1
}

/** Goes on with `value` digit by digit. */
function readDigits(buffer: Buffer, from: number, value: number, into: ReadNumber): void {
  let at = from
  let sum = value
  for (let code = buffer[at] ?? 0; code >= 48 && code <= 57; code = buffer[++at] ?? 0) sum = sum * 10 + (code - 48)
  into.value = sum
  into.end = at
}

function pastSigns(buffer: Buffer, from: number): number {
  let at = from
  while (buffer[at] === 45 || buffer[at] === 43) at++
  return at
}

function pastJunk(buffer: Buffer, from: number): number {
  let at = from + 1
  while (isDigit(buffer[at] ?? 0)) at++
  return at
}
