/** The country of the language that a browser prefers: "nl-BE,nl;q=0.9" → BE. A guess that a visitor can change. */
export function regionOf(acceptLanguage: string | undefined): string | undefined {
  const regions = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((range) => /^\s*[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})\s*(?:;|$)/i.exec(range)?.[1]?.toUpperCase())
  return regions.find((region) => region !== undefined)
}
