import { issuesOf, matches } from '#contracts/parse.ts'
import { Seller } from './seller.ts'

/** The seller out of SELLER, read at start. Throws with every fault named: an invoice without a seller is none. */
export function readSeller(json: string): Seller {
  const value = jsonOf(json)
  if (matches(Seller, value)) return value
  const faults = issuesOf(Seller, value).map(({ pointer, detail }) => `  - ${pointer || '/'} ${detail}`)
  throw new Error(`SELLER is not usable:\n${faults.join('\n')}`)
}

function jsonOf(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new Error('SELLER is no JSON; it must be an object with name, lines, country, vat_id and email', { cause })
  }
}
