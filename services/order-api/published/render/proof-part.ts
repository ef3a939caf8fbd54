import { tagOf } from '#contracts/published/cache-tags.ts'
import { immutablePaths } from '#contracts/published/document-paths.ts'
import { Tracked } from '../tracked.ts'
import { hashOfText } from './part-of.ts'
import type { Part } from './rendered.ts'

/** What a publication's file looks like in print, as a document of its own that never changes: its text as it was told. */
export function proofPartOf(publicationId: string, text: string): Part {
  const tag = tagOf.publication(publicationId)
  const built = Tracked.build(() => ({ text, type: 'application/json' as const, parts: [] }), [tag])
  if (!built) throw new Error('A proof without its text')
  return { path: immutablePaths.proof(publicationId, hashOfText(text)), built }
}
