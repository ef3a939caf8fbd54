/** An area whose codes are mostly nearer than this to its middle is not divided further. */
const compactKm = 28
/** What is wider says nothing of a code that the source does not know. */
const wideKm = 110
/** A part that lies as near its whole as this is left to it. */
const sameKm = 12
/** Never a whole code. */
const longestPrefix = 3

/** What a full code has, where the source has only its beginning; and US codes of nine. */
const fullLengths = { AR: [4], CA: [3, 6], GB: [2, 3, 4, 5, 6, 7], IE: [3, 7], MT: [3, 7], PT: [4, 7], US: [5, 9] }

/** Prefixes of a country with the places they stand for, and how far each code of the source is from what is found for it. */
export function areasOf(country, every) {
  const form = shareOf(every, (code) => /^\d+$/.test(code)) > 0.9 ? 'digits' : 'signs'
  const known = [1, 2, 3, 4, 5, 6, 7, 8].filter((length) => shareOf(every, (code) => code.length === length) > 0.02)
  const lengths = fullLengths[country] ?? known
  const isSound = (code) => known.includes(code.length) && (form === 'signs' || /^\d+$/.test(code))
  const codes = new Map([...every].filter(([code]) => isSound(code)))
  const longest = Math.min(longestPrefix, form === 'digits' ? Math.min(...lengths) - 1 : longestPrefix)
  const areas = divided('', [...codes], longest, undefined)
  const byPrefix = new Map(areas.map(({ prefix, place }) => [prefix, place]))
  const errors = [...codes].map(([code, place]) => kmBetween(place, found(code, byPrefix, longest) ?? place))
  return { form, lengths, areas, errors }
}

const shareOf = (codes, isMeant) => [...codes.keys()].filter(isMeant).length / codes.size

function found(code, byPrefix, longest) {
  for (let length = longest; length > 0; length -= 1) {
    const place = byPrefix.get(code.slice(0, length))
    if (place) return place
  }
  return undefined
}

/** The area itself where it is small enough to be one, else its parts, and itself for codes that nobody knows yet. */
function divided(prefix, codes, longest, whole) {
  const place = medianPlace(codes.map(([, each]) => each))
  const reachKm = quantile(
    codes.map(([, each]) => kmBetween(each, place)),
    0.8,
  )
  const isLeaf = prefix.length === longest
  const isCompact = prefix !== '' && (reachKm <= compactKm || isLeaf)
  if (isCompact) return whole && kmBetween(whole, place) < sameKm ? [] : [{ prefix, place }]
  const isKnown = prefix !== '' && reachKm <= wideKm
  const parts = Map.groupBy(codes, ([code]) => code.slice(0, prefix.length + 1))
  const inner = [...parts].sort(([one], [other]) => (one < other ? -1 : 1))
  return [
    ...(isKnown ? [{ prefix, place }] : []),
    ...inner.flatMap(([part, some]) => divided(part, some, longest, isKnown ? place : whole)),
  ]
}

/** Middle by latitude and by longitude: one wrong row moves it nowhere. Places on both sides of the date line are near each other. */
export function medianPlace(places) {
  const first = places[0].longitude
  const east = places.map(({ longitude }) => ((((longitude - first + 540) % 360) + 360) % 360) - 180)
  const longitude = first + quantile(east, 0.5)
  return {
    latitude: quantile(
      places.map(({ latitude }) => latitude),
      0.5,
    ),
    longitude: ((((longitude + 180) % 360) + 360) % 360) - 180,
  }
}

export function quantile(values, share) {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

const radians = (degrees) => (degrees * Math.PI) / 180

export function kmBetween(from, to) {
  const chord =
    Math.sin(radians(to.latitude - from.latitude) / 2) ** 2 +
    Math.cos(radians(from.latitude)) *
      Math.cos(radians(to.latitude)) *
      Math.sin(radians(to.longitude - from.longitude) / 2) ** 2
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(chord)))
}
