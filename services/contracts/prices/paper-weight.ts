/** Pounds are of a ream of 500 sheets of the paper's basic size: 25 × 38 in for text, 20 × 26 in for cover (ISO 536 annex, TAPPI T 410). */
const gsmPerPound = { text: 1.4802, cover: 2.7042 } as const

/**
 * Grams per square metre of a paper as the catalogue writes it: "90 gsm offset", "2 × 170 gsm silk" (two sheets glued), "60 lb uncoated".
 * Undefined when it says neither.
 */
export function paperGsm(paper: string | undefined, grade: keyof typeof gsmPerPound): number | undefined {
  const match = /(?:(\d+) × )?(\d+) (gsm|lb)\b/.exec(paper ?? '')
  if (!match) return undefined
  const [, sheets = '1', weight, unit] = match
  return Number(sheets) * Number(weight) * (unit === 'lb' ? gsmPerPound[grade] : 1)
}
