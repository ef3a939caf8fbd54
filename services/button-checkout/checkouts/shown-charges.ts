import type { Charges } from '#contracts/order-api/charges.ts'

/** Charges as visitors see them: what the publisher earns is part of the price of a copy, and no line of its own. Every sum stays. */
export const shownCharges = (charges: Charges): Charges => ({ ...charges, lines: charges.lines.map(shownLine) })

type Line = Charges['lines'][number]

function shownLine({ margin: _, unit, ...line }: Line): Line {
  const { margin = 0, ...parts } = unit
  return { ...line, unit: { ...parts, base: parts.base + margin } }
}
