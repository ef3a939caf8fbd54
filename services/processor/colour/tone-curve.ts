/** From a stored value to light, both 0 to 1. */
export type ToneCurve = (stored: number) => number

/** The curve of a `curv` or `para` tag, or undefined where it is none. */
export function toneCurveOf(tag: Buffer | undefined): ToneCurve | undefined {
  if (!tag || tag.length < 12) return undefined
  const type = tag.toString('latin1', 0, 4)
  if (type === 'curv') return sampledCurve(tag)
  return type === 'para' ? parametricCurve(tag) : undefined
}

function sampledCurve(tag: Buffer): ToneCurve | undefined {
  const count = tag.readUInt32BE(8)
  if (count > 65_536 || tag.length < 12 + count * 2) return undefined
  if (count === 0) return (stored) => stored
  if (count === 1) {
    const gamma = tag.readUInt16BE(12) / 256
    return (stored) => stored ** gamma
  }
  const samples = Float64Array.from({ length: count }, (_, index) => tag.readUInt16BE(12 + index * 2) / 65_535)
  return (stored) => between(samples, 0, count, stored)
}

/** A value between the samples of a table that begins at `from`; outside 0 to 1 its ends. */
export function between(samples: Float64Array, from: number, count: number, stored: number): number {
  const place = Math.min(Math.max(stored, 0), 1) * (count - 1)
  const below = Math.min(Math.floor(place), count - 2)
  const low = samples[from + below] ?? 0
  return low + ((samples[from + below + 1] ?? 0) - low) * (place - below)
}

/** ICC.1, parametricCurveType: the five functions differ in which of a to f they use. */
const parameters = ['g', 'gab', 'gabc', 'gabcd', 'gabcdef'] as const

function parametricCurve(tag: Buffer): ToneCurve | undefined {
  const kind = tag.readUInt16BE(8)
  const names = parameters[kind]
  if (names === undefined || tag.length < 12 + names.length * 4) return undefined
  const given = (name: string): number | undefined => {
    const index = names.indexOf(name)
    return index < 0 ? undefined : tag.readInt32BE(12 + index * 4) / 65_536
  }
  const gamma = given('g') ?? 1
  const scale = given('a') ?? 1
  const shift = given('b') ?? 0
  // Functions 1 and 2 bend where their base is zero and stay at c below it; 3 and 4 bend at d and are straight below it.
  const bend = given('d') ?? (kind === 0 ? 0 : -shift / scale)
  const slope = kind < 3 ? 0 : (given('c') ?? 0)
  const lift = kind === 2 ? (given('c') ?? 0) : (given('e') ?? 0)
  const toe = kind === 2 ? lift : (given('f') ?? 0)
  return (stored) => (stored >= bend ? Math.max(scale * stored + shift, 0) ** gamma + lift : slope * stored + toe)
}
