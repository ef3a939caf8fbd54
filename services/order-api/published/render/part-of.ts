import { createHash } from 'node:crypto'
import { Tracked, type Use } from '../tracked.ts'
import { type Part, rendered } from './rendered.ts'

const hashLength = 22

/** A document that never changes: its name is made of the hash of its text. */
export function partOf(pathOf: (hash: string) => string, make: (use: Use) => object): Part {
  const built = Tracked.build((use) => rendered(make(use)))
  if (!built) throw new Error('A part of a document was made of nothing')
  const hash = createHash('sha256').update(built.value.text).digest('base64url').slice(0, hashLength)
  return { path: pathOf(hash), built }
}
