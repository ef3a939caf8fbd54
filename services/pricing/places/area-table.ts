import type { Place } from './place.ts'
import { signsOf } from './postal-signs.ts'

/** The postal areas of a country, ready to be looked up. */
export type AreaTable = {
  /** Digits: letters before and after them say nothing of the place ("D-10115", "1012 AB"). */
  readonly form: 'digits' | 'signs'
  /** How many signs a code has; a code with another number of them is none of this country. */
  readonly lengths: readonly number[]
  /** By `keyOf` of a prefix. */
  readonly areas: ReadonlyMap<number, Place>
}

/** Prefixes have at most so many signs: no single street can be told by them. */
export const longestPrefix = 3

const stepsADegree = 30
const columns = 360 * stepsADegree
const placeSigns = 5

/** Prefixes as numbers below 2^30, so that a look-up makes no string: one more sign, `sign` of 0 to 36, makes another key. */
export const noSigns = 1
export const keyWith = (key: number, sign: number): number => key * (signsOf.length + 1) + sign
/** Stands after a code that is shorter than a prefix: "M1" is not the beginning of "M11". */
export const endSign = signsOf.length

/** Reads a line of `postalAreas`. */
export function readAreas(line: string): AreaTable {
  const [head = '', ...parts] = line.split('|')
  const [form, ...lengths] = head.split(' ')
  const areas = new Map<number, Place>()
  for (const [index, part] of parts.entries()) {
    const prefixSigns = index + 1
    for (let at = 0; at < part.length; at += prefixSigns + placeSigns) {
      const placeAt = at + prefixSigns
      areas.set(
        keyOf(part.slice(at, placeAt)),
        placeAtStep(Number.parseInt(part.slice(placeAt, placeAt + placeSigns), 36)),
      )
    }
  }
  return { form: form === 'digits' ? 'digits' : 'signs', lengths: lengths.map(Number), areas }
}

const keyOf = (prefix: string): number =>
  [...prefix].reduce((key, sign) => keyWith(key, sign === '_' ? endSign : signsOf.indexOf(sign)), noSigns)

const placeAtStep = (step: number): Place => ({
  latitude: Math.floor(step / columns) / stepsADegree - 90,
  longitude: (step % columns) / stepsADegree - 180,
  exactness: 'postal_area',
})
