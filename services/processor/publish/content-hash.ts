import { createHash } from 'node:crypto'
import type { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import type { FetchedSource } from '../fetch/fetch-sources.ts'
import { engineVersion } from './engine-version.ts'

/** Names the result by everything that goes into it: sources, product, options, title, engine. 64 hex digits. */
export function contentHashOf(ticket: ProcessTicket, sources: readonly FetchedSource[]): string {
  const inputs = sources.map(({ source, sha256 }) => ({ role: source.role, position: source.position, sha256 }))
  const { product, options, title } = ticket
  return createHash('sha256').update(canonical({ engineVersion, product, options, title, inputs })).digest('hex')
}

/** JSON with sorted keys: the same value gives the same text, whoever built it. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : entry,
  )
}
