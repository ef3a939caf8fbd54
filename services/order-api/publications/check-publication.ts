import type { PublicationFields } from '#contracts/order-api/publication.ts'
import type { Issue } from '#contracts/parse.ts'
import { countryIssues } from '../orders/check-request.ts'
import { contentIssues, type KnownSources, thumbnailIssues } from './check-files.ts'
import { offerIssues } from './check-offers.ts'

/** A version and all that is shown with it must fit the 64 KiB of a row of an answer. */
const mostFieldsBytes = 48 * 1024

/** The last year that PostgreSQL, JavaScript and everyone in between write with four digits. */
const lastYear = 9999

/** Every fault that the schema cannot see. Empty when it can be saved. */
export function checkPublication(fields: PublicationFields, sources: KnownSources): Issue[] {
  const { country } = fields
  return [
    ...sizeIssues(fields),
    ...contentIssues(fields, sources),
    ...thumbnailIssues(fields, sources),
    ...offerIssues(fields),
    ...(country === undefined ? [] : countryIssues(country, '/country')),
    ...validityIssues(fields),
  ]
}

function sizeIssues(fields: PublicationFields): Issue[] {
  const found = Buffer.byteLength(JSON.stringify(fields))
  if (found <= mostFieldsBytes) return []
  const texts = Buffer.byteLength(JSON.stringify(fields.texts ?? {}))
  const pointer = texts > found / 2 ? '/texts' : ''
  const detail = `everything together may have ${mostFieldsBytes} bytes of JSON; found ${found}, of which ${texts} are texts; shorten it`
  return [{ pointer, detail }]
}

function validityIssues({ valid_from: from, valid_until: until }: PublicationFields): Issue[] {
  const issues = [...momentIssues(from, '/valid_from'), ...momentIssues(until, '/valid_until')]
  if (issues.length > 0 || from === undefined || until === undefined) return issues
  if (Date.parse(from) < Date.parse(until)) return []
  return [{ pointer: '/valid_until', detail: `must be after valid_from, ${from}; found ${until}` }]
}

function momentIssues(moment: string | undefined, pointer: string): Issue[] {
  if (moment === undefined) return []
  const year = new Date(moment).getUTCFullYear()
  if (year >= 1970 && year <= lastYear) return []
  return [
    { pointer, detail: `must be a moment from 1970 to ${lastYear}, such as 2026-12-01T00:00:00Z; found "${moment}"` },
  ]
}
