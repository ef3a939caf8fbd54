import { createHash } from 'node:crypto'
import type { JobSpec } from '../job/look-into.ts'
import { engineVersion } from './engine-version.ts'

/** Names the result by everything that goes into it: sources, product, options, design, title, engine. 64 hex digits. */
export function contentHashOf({ product, options, title, design, sources }: JobSpec): string {
  const inputs = sources.map(({ role, position, sha256, etag, sizeBytes }) =>
    sha256 === undefined ? { role, position, etag, sizeBytes } : { role, position, sha256 },
  )
  return createHash('sha256')
    .update(canonical({ engineVersion, product, options, title, design, inputs }))
    .digest('hex')
}

/** JSON with sorted keys: the same value gives the same text, whoever built it. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : entry,
  )
}
