import { isDeepStrictEqual } from 'node:util'
import { type PublicationChange, PublicationFields, type PublicationRequest } from '#contracts/order-api/publication.ts'
import { parse } from '#contracts/parse.ts'

/** What a publisher decides, of a request to make a publication. */
export const fieldsOf = ({ publish: _, ...fields }: PublicationRequest): PublicationFields => inUtc(fields)

/** The fields after a change: what it does not name stays, null takes away. A text, a list or an object is replaced as a whole. */
export function mergedFields(before: PublicationFields, change: PublicationChange): PublicationFields {
  const { version: _, publish: __, ...wanted } = change
  const left = Object.entries({ ...before, ...wanted }).filter(([, value]) => value !== null)
  return inUtc(parse('publication', PublicationFields, Object.fromEntries(left)))
}

/** Names of the fields that differ, in alphabetical order. */
export function changedFields(before: Partial<PublicationFields>, after: PublicationFields): readonly string[] {
  const old = new Map<string, unknown>(Object.entries(before))
  const now = new Map<string, unknown>(Object.entries(after))
  const names = [...new Set([...old.keys(), ...now.keys()])].sort()
  return names.filter((name) => !isDeepStrictEqual(old.get(name), now.get(name)))
}

/** Moments as everybody else tells them; what is none is for the checks to find. */
function inUtc(fields: PublicationFields): PublicationFields {
  const { valid_from: from, valid_until: until } = fields
  return {
    ...fields,
    ...(from === undefined ? {} : { valid_from: momentInUtc(from) }),
    ...(until === undefined ? {} : { valid_until: momentInUtc(until) }),
  }
}

function momentInUtc(text: string): string {
  const moment = new Date(text)
  return Number.isNaN(moment.getTime()) ? text : moment.toISOString()
}
