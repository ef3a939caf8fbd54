import { createHash } from 'node:crypto'
import { Tracked, type Use } from '../tracked.ts'
import { type Part, rendered } from './rendered.ts'

const hashLength = 22

/** A document that never changes: its name is made of the hash of its text. */
export function partOf(pathOf: (hash: string) => string, make: (use: Use) => object): Part {
  const built = Tracked.build((use) => rendered(make(use)))
  if (!built) throw new Error('A part of a document was made of nothing')
  return { path: pathOf(hashOfText(built.value.text)), built }
}

/** As it stands in the name of a document that never changes. */
export const hashOfText = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, hashLength)
